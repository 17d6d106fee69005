//! Answers to what the reports ask.

use super::{Worker, post, table_reply};
use crate::engine::Analysis;
use crate::export::{DraftWords, detailed_csv, detailed_draft, sent_csv, sent_markdown, sent_tsv};
use crate::mail::SentQuery;
use crate::messages::{DetailedForm, Reply, TableForm};
use crate::report::{
    Answer, DetailedQuery, DetailedWords, Query, SentWords, Span, Unusual, Words, answer, detailed,
    unusual,
};
use crate::tally::{Sent, Tally};

/// Rows of a table that come with its report.
const FIRST_ROWS: usize = 100;
/// Recipients of a message that are handed over.
pub(super) const RECIPIENTS: usize = 3;

impl Worker {
    pub(super) fn report(&self, id: u32, query: &Query, words: Words) {
        let counted = self.counted();
        let answer = answer(&counted.0, self.now(), query, words);
        let rows = answer.rows(&counted.0, 0, FIRST_ROWS);
        post(&Reply::Report { id, report: Box::new(answer.report.clone()), rows });
        *self.answer.borrow_mut() = Some((id, answer));
    }

    /// Does something with the last answer, if it is still the one meant.
    pub(super) fn with_answer(&self, id: u32, act: impl FnOnce(&Tally, &Answer)) {
        let counted = self.counted();
        if let Some((known, answer)) = &*self.answer.borrow()
            && *known == id
        {
            act(&counted.0, answer);
        }
    }

    /// What is unusual in those days, looked for once: most questions change
    /// other things than the days.
    pub(super) fn unusual(&self, span: Span) -> Unusual {
        let mut known = self.unusual.borrow_mut();
        match &*known {
            Some((of, unusual)) if *of == span => unusual.clone(),
            _ => {
                let found = unusual(&self.counted().0, self.now(), span);
                *known = Some((span, found.clone()));
                found
            }
        }
    }

    pub(super) fn detailed(
        &self,
        query: &DetailedQuery,
        words: &(Words, DetailedWords),
        form: DetailedForm,
    ) {
        let (now, counted) = (self.now(), self.counted());
        let (words, more) = words;
        let detailed = detailed(&counted.0, now, query, words, more);
        let (draft, text) = match form {
            DetailedForm::Csv => (false, detailed_csv(detailed)),
            DetailedForm::Draft { title, note, file, to, now } => {
                let (title, note, file) = (&*title, &*note, &*file);
                let draft = DraftWords { title, note, file, to: &to, now };
                (true, detailed_draft(detailed, words, &draft))
            }
        };
        post(&Reply::Detailed { draft, text });
    }

    /// All messages of an account as text.
    pub(super) fn sent_table(&self, query: SentQuery, form: TableForm, words: &SentWords) {
        self.with_sent(query, |analysis, sent| {
            let all = |place| analysis.sent_message(sent, place, usize::MAX);
            let complete = analysis.sent_counts(sent).left_out == 0;
            let write = match form {
                TableForm::Csv => sent_csv,
                TableForm::Clipboard => sent_tsv,
                TableForm::Markdown => sent_markdown,
            };
            let text = write(words, &mut (0..sent.len()).filter_map(all), complete);
            post(&match form {
                TableForm::Csv => Reply::SentCsv(text),
                _ => table_reply(form, text, sent.len() as u64),
            });
        });
    }

    /// Does something with the messages of an account, which are looked for
    /// once as long as only the search changes.
    pub(super) fn with_sent(&self, query: SentQuery, act: impl FnOnce(&Analysis, &Sent)) {
        let organizations = self.organizations.borrow();
        let Some(organizations) = &*organizations else { return };
        let open = organizations.list().get(self.place_of_open(organizations));
        let Some(analysis) = open.map(|open| &open.analysis) else { return };
        let mut known = self.sent.borrow_mut();
        let same = |own: &SentQuery| {
            SentQuery { search: String::new(), ..own.clone() }
                == SentQuery { search: String::new(), ..query.clone() }
        };
        match &mut *known {
            Some((own, _)) if *own == query => {}
            Some((own, sent)) if same(own) => analysis.find_sent(sent, &query.search),
            known => *known = Some((query.clone(), analysis.sent(&query))),
        }
        if let Some((own, sent)) = &mut *known {
            *own = query;
            act(analysis, sent);
        }
    }
}
