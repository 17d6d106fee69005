//! Filters in words (RP-08).

use super::Catalogue;
use crate::report::{Clause, Fault, Field, FieldKind, Filter, Ignored, Join, Part, Verb};

/// Filters, and the dialog in which they are made.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Filters {
    pub add: &'static str,
    pub change: &'static str,
    pub remove_all: &'static str,
    pub title: &'static str,
    /// Before the sentence of a filter that is applied.
    pub filtered: &'static str,
    pub conditions: fn(usize) -> String,
    pub nothing_passes: &'static str,
    /// Of panels that are of all messages.
    pub of_all: &'static str,
    pub join: &'static str,
    pub group_join: &'static str,
    pub all: &'static str,
    pub any: &'static str,
    pub of_messages: &'static str,
    pub of_rows: &'static str,
    pub field: &'static str,
    pub test: &'static str,
    pub value: &'static str,
    pub to: &'static str,
    pub condition: fn(usize) -> String,
    pub group: fn(usize) -> String,
    pub add_condition: &'static str,
    pub add_group: &'static str,
    pub add_to_group: fn(group: &str) -> String,
    pub remove: fn(what: &str) -> String,
    pub none_yet: &'static str,
    pub too_many: fn(usize) -> String,
    pub fault: fn(FieldKind, Fault) -> &'static str,
    pub saved: &'static str,
    pub choose_saved: &'static str,
    pub name: &'static str,
    pub save: &'static str,
    pub save_note: &'static str,
    pub saved_now: fn(name: &str) -> String,
    pub not_saved: &'static str,
    pub no_name: &'static str,
    pub delete: fn(name: &str) -> String,
    pub deleted: fn(name: &str) -> String,
    pub apply: &'static str,
    /// What an empty value stands for.
    pub silent: fn(Field) -> &'static str,
    /// Texts, days and choices that have no text elsewhere.
    pub fields: fn(Field) -> &'static str,
    pub count_of: fn(state: &str) -> String,
    pub share_of: fn(state: &str) -> String,
    pub verb: fn(FieldKind, Verb) -> &'static str,
    pub clause: fn(field: &str, FieldKind, Verb, value: &str, to: &str) -> String,
    /// That a source is silent of a field; or that it is not.
    pub silence: fn(field: &str, Field, silent: bool) -> String,
    /// Between the parts of a whole.
    pub joint: fn(Join) -> &'static str,
    pub or: &'static str,
    pub direction_unknown: &'static str,
    pub internal: &'static str,
    pub submission: &'static str,
    pub ignored: fn(field: &str, Ignored) -> String,
}

impl Catalogue {
    /// What a field is called.
    pub fn filter_field(&self, field: Field) -> String {
        match field {
            Field::Count(state) => (self.filters.count_of)(self.tls_state(state)),
            Field::Share(state) => (self.filters.share_of)(self.tls_state(state)),
            field => (self.filters.fields)(field).to_owned(),
        }
    }

    /// What a choice of a field is called.
    pub fn filter_choice(&self, field: Field, code: &str) -> &'static str {
        use crate::mail::{AuthMethod, ConnectorType, TlsState};
        let place = field.codes().iter().position(|known| *known == code);
        let types = [
            ConnectorType::OnPremises,
            ConnectorType::Partner,
            ConnectorType::NoConnector,
            ConnectorType::Unknown,
        ];
        let (r, f) = (&self.report, &self.filters);
        let word = place.and_then(|place| match field {
            Field::Tls => TlsState::ALL.get(place).map(|state| self.tls_state(*state)),
            Field::Method => AuthMethod::ALL.get(place).map(|method| (r.method_word)(*method)),
            Field::ConnectorType => types.get(place).map(|kind| (r.connector_type_word)(*kind)),
            Field::ForcedTls => [r.yes, r.no, self.tls.not_recorded].get(place).copied(),
            _ => {
                let own = [
                    r.inbound_word,
                    r.outbound_word,
                    f.internal,
                    f.submission,
                    f.direction_unknown,
                ];
                own.get(place).copied()
            }
        });
        word.unwrap_or((f.silent)(field))
    }

    /// A filter as a sentence: `TLS version is TLS 1.0 or No TLS, and sender
    /// domain ends with .example`. Empty for one that lets all pass.
    pub fn filter_sentence(&self, filter: &Filter) -> String {
        let mut parts: Vec<String> = Vec::new();
        let mut alone: Vec<&Clause> = Vec::new();
        for part in &filter.parts {
            match part {
                Part::Clause(clause) => alone.push(clause),
                Part::Group(join, clauses) => {
                    parts.extend(self.sentences(filter.join, &std::mem::take(&mut alone)));
                    let own = self.sentences(*join, &clauses.iter().collect::<Vec<_>>());
                    let whole = own.join((self.filters.joint)(*join));
                    let several = own.len() > 1 && filter.parts.len() > 1;
                    parts.push(if several { format!("({whole})") } else { whole });
                }
            }
        }
        parts.extend(self.sentences(filter.join, &alone));
        let text = parts.join((self.filters.joint)(filter.join));
        let mut signs = text.chars();
        signs.next().map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
    }

    /// Clauses as sentences; of those that any of may hold, one for all values
    /// that a field may have.
    fn sentences(&self, join: Join, clauses: &[&Clause]) -> Vec<String> {
        let mut sentences = Vec::new();
        let mut rest = clauses;
        while let Some((first, _)) = rest.split_first() {
            let same = |clause: &&&Clause| {
                join == Join::Any
                    && first.verb() == Verb::Is
                    && clause.verb() == Verb::Is
                    && clause.field() == first.field()
            };
            let alike = rest.iter().take_while(same).count().max(1);
            let (these, others) = rest.split_at(alike);
            if alike == 1 && first.value().is_empty() {
                let (field, silent) = (first.field(), first.verb() == Verb::Is);
                let name = self.filter_field(field);
                sentences.push((self.filters.silence)(&name, field, silent));
                rest = others;
                continue;
            }
            let values: Vec<String> = these.iter().map(|clause| self.value_word(clause)).collect();
            sentences.push(self.clause_sentence(first, &self.list(&values)));
            rest = others;
        }
        sentences
    }

    /// `A`, `A or B`, `A, B or C`.
    fn list(&self, values: &[String]) -> String {
        match values.split_last() {
            Some((last, rest)) if !rest.is_empty() => {
                [&rest.join(", "), self.filters.or, last].concat()
            }
            _ => values.concat(),
        }
    }

    fn clause_sentence(&self, clause: &Clause, value: &str) -> String {
        let field = clause.field();
        let name = self.filter_field(field);
        let to = self.filter_number(field, clause.to());
        (self.filters.clause)(&name, field.kind(), clause.verb(), value, &to)
    }

    fn value_word(&self, clause: &Clause) -> String {
        let (field, value) = (clause.field(), clause.value());
        match field.kind() {
            _ if value.is_empty() => (self.filters.silent)(field).to_owned(),
            FieldKind::Choice => self.filter_choice(field, value).to_owned(),
            FieldKind::Text => value.to_owned(),
            _ => self.filter_number(field, value),
        }
    }

    /// A number of a clause as it is read; a day stays as it is.
    fn filter_number(&self, field: Field, value: &str) -> String {
        match (field.kind(), value.parse::<i64>()) {
            (FieldKind::Percent, _) if !value.is_empty() => {
                format!("{}%", value.replace('.', &self.point.to_string()))
            }
            (FieldKind::Count, Ok(number)) => self.count(number.unsigned_abs()),
            (FieldKind::Difference, Ok(number)) => crate::report::signed(number, self.group),
            _ => value.to_owned(),
        }
    }

    /// Why clauses on fields are not applied, a sentence each.
    pub fn ignored_sentences(&self, ignored: &[(Field, Ignored)]) -> Vec<String> {
        let sentence = |(field, why): &(Field, Ignored)| {
            (self.filters.ignored)(&self.filter_field(*field), *why)
        };
        ignored.iter().map(sentence).collect()
    }
}
