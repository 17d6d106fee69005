//! The state of a view in the address fragment (RP-06): what is asked and how
//! it is shown, never data. `#/connector-report?v=1&days=30&by=tls`.
//!
//! Parts that have their usual value are left out. What is not understood is
//! ignored, and the page says so.

use percent_encoding::{AsciiSet, CONTROLS, percent_decode_str, utf8_percent_encode};

use super::audit::Asked;
use super::readiness;
use super::view::{Shown, View};
use crate::mail::{Day, Direction, TlsState};
use crate::report::{
    By, Column, Filter, Only, Query, ReadinessQuery, ReportKind, Sort, Span, Thresholds,
};

/// Raised when an address of before would be misunderstood.
const VERSION: &str = "1";

/// What would end or split a part of the fragment, or is changed by programs
/// that addresses are pasted into.
const ESCAPED: &AsciiSet = &CONTROLS
    .add(b' ')
    .add(b'"')
    .add(b'#')
    .add(b'%')
    .add(b'&')
    .add(b'+')
    .add(b'<')
    .add(b'=')
    .add(b'>')
    .add(b'?')
    .add(b'`')
    .add(b'\\')
    .add(b'^')
    .add(b'{')
    .add(b'|')
    .add(b'}');

const REPORTS: [(ReportKind, &str); 5] = [
    (ReportKind::Connectors, "/connector-report"),
    (ReportKind::Senders, "/smtp-auth-clients-report"),
    (ReportKind::Domains, "/domains-report"),
    (ReportKind::Hosts, "/hosts-report"),
    (ReportKind::DirectSend, "/direct-send-report"),
];

const READINESS: &str = "/readiness";
const AUDIT: &str = "/audit-report";

/// Directions of connectors.
pub(super) const DIRECTIONS: [(Direction, &str); 3] =
    [(Direction::Inbound, "in"), (Direction::Outbound, "out"), (Direction::Unknown, "unknown")];

const COLUMNS: [(Column, &str); 16] = [
    (Column::Date, "date"),
    (Column::Name, "name"),
    (Column::Type, "type"),
    (Column::Forced, "forced"),
    (Column::Domain, "domain"),
    (Column::Methods, "method"),
    (Column::Volume, "volume"),
    (Column::Change, "change"),
    (Column::Week, "week"),
    (Column::Monday, "monday"),
    (Column::Covered, "days"),
    (Column::Direction, "direction"),
    (Column::Sender, "sender"),
    (Column::Sure, "sure"),
    (Column::First, "first"),
    (Column::Last, "last"),
];

/// A fragment that is being written.
pub(super) struct Fragment(String);

impl Fragment {
    /// Adds a part.
    pub(super) fn put(&mut self, name: &str, value: &str) {
        let Self(address) = self;
        if !address.contains('?') {
            address.push_str("?v=");
            address.push_str(VERSION);
        }
        address.push('&');
        address.push_str(name);
        address.push('=');
        address.extend(utf8_percent_encode(value, ESCAPED));
    }

    /// Adds the days, unless they are the usual ones.
    pub(super) fn put_span(&mut self, span: Span) {
        match span {
            Span::Last(7) => {}
            Span::Last(days) => self.put("days", &days.to_string()),
            Span::All => self.put("days", "all"),
            Span::Days(first, last) => {
                self.put("from", &first.to_string());
                self.put("to", &last.to_string());
            }
        }
    }
}

/// The fragment of a view, with its `#`.
pub(super) fn of(view: &View) -> String {
    let Shown { query, table } = match view {
        View::Dashboard => return "#".to_owned(),
        View::Readiness(query) => {
            let mut address = Fragment(format!("#{READINESS}"));
            readiness::write(query, &mut address);
            return address.0;
        }
        View::Audit(asked) => {
            let mut address = Fragment(format!("#{AUDIT}"));
            asked.write(&mut address);
            return address.0;
        }
        View::Report(shown) => shown,
    };
    let path = REPORTS.iter().find(|(kind, _)| *kind == query.report).map_or("", |(_, path)| path);
    let mut address = Fragment(format!("#{path}"));
    address.put_span(query.span);
    let mut put = |name: &str, value: &str| address.put(name, value);
    match &query.only {
        Only::All => {}
        Only::Domain(domain) => put("show", &format!("domain:{domain}")),
        Only::Connector(direction, None) | Only::Direction(direction) => {
            put("show", direction_word(*direction));
        }
        Only::Connector(direction, Some(name)) => {
            put("show", &format!("{}:{name}", direction_word(*direction)));
        }
        Only::Peer(None) => put("show", "peer"),
        Only::Peer(Some(name)) => put("show", &format!("peer:{name}")),
    }
    match query.by {
        By::Volume => {}
        By::Tls => put("by", "tls"),
        By::Trend => put("by", "trend"),
    }
    if *table {
        put("view", "table");
    }
    if !query.search.is_empty() {
        put("search", &query.search);
    }
    if let Some(column) = query.sort.column {
        let sign = if query.sort.descending { "-" } else { "" };
        put("sort", &format!("{sign}{}", column_code(column)));
    }
    let usual = Thresholds::default();
    if query.thresholds.tls_1_0 != usual.tls_1_0 {
        put("tls10", &query.thresholds.tls_1_0.to_string());
    }
    if query.thresholds.no_tls != usual.no_tls {
        put("notls", &query.thresholds.no_tls.to_string());
    }
    if query.thresholds.never_tls != usual.never_tls {
        put("nevertls", &query.thresholds.never_tls.to_string());
    }
    if !query.filter.is_empty() {
        put("filter", &query.filter.written());
    }
    address.0
}

/// What names the organization, in any view.
const ORGANIZATION: &str = "organization";

/// The same fragment for that organization.
pub(super) fn within(fragment: &str, organization: Option<&str>) -> String {
    let Some(organization) = organization else { return fragment.to_owned() };
    let mut address = Fragment(fragment.to_owned());
    if fragment == "#" {
        address.0.push('/');
    }
    address.put(ORGANIZATION, organization);
    address.0
}

/// The organization that a fragment names.
pub(super) fn organization(fragment: &str) -> Option<String> {
    let (_, parts) = fragment.split_once('?')?;
    let of = |part: &str| {
        let (name, value) = part.split_once('=')?;
        let value = percent_decode_str(value).decode_utf8_lossy();
        (name == ORGANIZATION).then(|| value.into_owned())
    };
    parts.split('&').find_map(of)
}

/// The view that a fragment names, and whether all of it was understood.
pub(super) fn parse(fragment: &str) -> (View, bool) {
    let fragment = fragment.trim_start_matches('#');
    let (path, parts) = fragment.split_once('?').unwrap_or((fragment, ""));
    // It is no part of a view.
    let parts = parts.split('&').filter(|part| part.split('=').next() != Some(ORGANIZATION));
    let parts = &*parts.collect::<Vec<_>>().join("&");
    if path == READINESS {
        let mut query = ReadinessQuery::default();
        let (span, understood) =
            parse_parts(parts, &mut |name, value| readiness::take(&mut query, name, value));
        query.span = span;
        return (View::Readiness(query), understood);
    }
    if path == AUDIT {
        let mut asked = Asked::default();
        let (span, understood) = parse_parts(parts, &mut |name, value| asked.take(name, value));
        asked.query.span = span;
        return (View::Audit(asked), understood);
    }
    let Some((report, _)) = REPORTS.iter().find(|(_, known)| *known == path) else {
        return (View::Dashboard, path.trim_matches('/').is_empty());
    };
    let mut shown = Shown::of(*report);
    let (span, understood) = parse_parts(parts, &mut |name, value| take(&mut shown, name, value));
    shown.query.span = span;
    (View::Report(shown), understood)
}

/// Reads the parts: the days and the version here, all others with `take`. The
/// days, and whether everything was understood.
fn parse_parts(parts: &str, take: &mut dyn FnMut(&str, &str) -> Option<()>) -> (Span, bool) {
    let mut understood = true;
    let mut span = Span::default();
    let (mut first, mut last) = (None, None);
    for part in parts.split('&').filter(|part| !part.is_empty()) {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        let value = percent_decode_str(value).decode_utf8_lossy();
        if name == "from" || name == "to" {
            let day = Day::parse(&value);
            understood &= day.is_some();
            *(if name == "from" { &mut first } else { &mut last }) = day;
        } else {
            let known = match (name, &*value) {
                ("v", VERSION) => Some(()),
                ("days", days) => span_of(days).map(|days| span = days),
                _ => take(name, &value),
            };
            understood &= known.is_some();
        }
    }
    match (first, last) {
        (Some(first), Some(last)) => span = Span::Days(first, last),
        (None, None) => {}
        _ => understood = false,
    }
    (span, understood)
}

fn span_of(days: &str) -> Option<Span> {
    if days == "all" {
        return Some(Span::All);
    }
    days.parse().ok().filter(|days| (1..=100_000).contains(days)).map(Span::Last)
}

fn take(shown: &mut Shown, name: &str, value: &str) -> Option<()> {
    let Query { only, by, search, sort, thresholds, report, filter, .. } = &mut shown.query;
    let percent = || value.parse().ok().filter(|percent| *percent <= 100);
    match (name, value) {
        ("by", "tls") => *by = By::Tls,
        ("by", "trend") => *by = By::Trend,
        ("view", "table") => shown.table = true,
        ("search", text) => text.clone_into(search),
        ("tls10", _) => thresholds.tls_1_0 = percent()?,
        ("notls", _) => thresholds.no_tls = percent()?,
        ("nevertls", messages) => {
            thresholds.never_tls = messages.parse().ok().filter(|least| *least > 0)?;
        }
        ("sort", code) => {
            let descending = code.starts_with('-');
            let column = Some(column_of(code.trim_start_matches('-'))?);
            *sort = Sort { column, descending };
        }
        ("filter", text) => {
            let (read, understood) = Filter::read(text);
            *filter = read;
            return understood.then_some(());
        }
        ("show", of) => *only = only_of(of, *report)?,
        _ => return None,
    }
    Some(())
}

fn only_of(text: &str, report: ReportKind) -> Option<Only> {
    let (word, name) =
        text.split_once(':').map_or((text, None), |(word, name)| (word, Some(name.to_owned())));
    if report == ReportKind::Senders {
        return name.filter(|_| word == "domain").map(Only::Domain);
    }
    if report.is_of_peers() && word == "peer" {
        return Some(Only::Peer(name));
    }
    let (direction, _) = DIRECTIONS.iter().find(|(_, known)| *known == word)?;
    if report.is_of_peers() {
        return name.is_none().then_some(Only::Direction(*direction));
    }
    Some(Only::Connector(*direction, name))
}

fn direction_word(direction: Direction) -> &'static str {
    let word = DIRECTIONS.iter().find(|(known, _)| *known == direction);
    word.map_or("", |(_, word)| word)
}

fn column_code(column: Column) -> String {
    match column {
        Column::Tls(state) => format!("tls-{}", state.code()),
        column => {
            let known = COLUMNS.iter().find(|(known, _)| *known == column);
            known.map_or_else(String::new, |(_, code)| (*code).to_owned())
        }
    }
}

fn column_of(code: &str) -> Option<Column> {
    if let Some(code) = code.strip_prefix("tls-") {
        let state = TlsState::ALL.into_iter().find(|state| state.code() == code);
        return state.map(Column::Tls);
    }
    COLUMNS.iter().find(|(_, known)| *known == code).map(|(column, _)| *column)
}

/// What holds for any fragment: the view that it names has an address of its
/// own, which names that view again, with its organization.
///
/// # Panics
/// Where that does not hold.
#[cfg(any(test, fuzzing))]
#[allow(unreachable_pub, reason = "fuzzing reaches it")]
pub fn address_holds(fragment: &str) {
    let (view, _) = parse(fragment);
    let address = of(&view);
    assert!(address.is_ascii() && !address.contains(' '), "{address}");
    let named = organization(fragment);
    let within = within(&address, named.as_deref());
    assert_eq!(organization(&within), named);
    assert_eq!(parse(&within), (view, true), "{within}");
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may stop")]

    use proptest::prelude::*;

    use super::*;
    use crate::report::{Clause, Field, Join, Part, Policy, ReadinessColumn, ReadinessSort, Verb};

    fn spans() -> impl Strategy<Value = Span> {
        prop_oneof![
            (1_u32..1_000).prop_map(Span::Last),
            Just(Span::All),
            (0_i32..30_000, 0_i32..30_000).prop_map(|(a, b)| Span::Days(Day(a), Day(b))),
        ]
    }

    fn views() -> impl Strategy<Value = View> {
        let columns = prop_oneof![
            (0..COLUMNS.len()).prop_map(|index| COLUMNS[index].0),
            (0..8_usize).prop_map(|index| Column::Tls(TlsState::ALL[index])),
        ];
        let name = prop_oneof![any::<String>(), Just("이름 &=#%+?".to_owned())];
        let only = (0..4_usize, name.clone(), any::<bool>());
        let sort = proptest::option::of((columns, any::<bool>()));
        let by = prop_oneof![Just(By::Volume), Just(By::Tls), Just(By::Trend)];
        let kinds = (0..REPORTS.len(), by, any::<bool>());
        let limits = (0_u32..=100, 0_u32..=100, 1_u32..=100_000);
        let more = (limits, proptest::option::of(name.clone()));
        (kinds, spans(), only, name, sort, more).prop_map(
            |((report, by, table), span, (kind, name, named), search, sort, (limits, filter))| {
                let report = REPORTS[report].0;
                let of_peers = report.is_of_peers();
                let only = match kind {
                    3 => Only::All,
                    _ if report == ReportKind::Senders => Only::Domain(name),
                    index if of_peers && named => Only::Direction(DIRECTIONS[index].0),
                    index if of_peers => Only::Peer(Some(name).filter(|_| index > 0)),
                    index => Only::Connector(DIRECTIONS[index].0, Some(name).filter(|_| named)),
                };
                let sort = sort.map_or_else(Sort::default, |(column, descending)| Sort {
                    column: Some(column),
                    descending,
                });
                let (tls_1_0, no_tls, never_tls) = limits;
                let thresholds = Thresholds { tls_1_0, no_tls, never_tls };
                let filter = filter_of(filter);
                let query = Query { report, span, only, by, search, sort, thresholds, filter };
                View::Report(Shown { query, table })
            },
        )
    }

    /// A filter on a name, or none.
    fn filter_of(name: Option<String>) -> Filter {
        let clause = |name: String| Clause::new(Field::Cipher, Verb::Is, &name, "").ok();
        let parts = name.and_then(clause).map(Part::Clause).into_iter().collect();
        Filter::new(Join::Any, parts)
    }

    fn readiness_views() -> impl Strategy<Value = View> {
        let name = prop_oneof![any::<String>(), Just("이름 &=#%+?:".to_owned())];
        let connector = proptest::option::of(
            (0..3_usize, name.clone())
                .prop_map(|(direction, name)| (DIRECTIONS[direction].0, name)),
        );
        let sort = proptest::option::of((0..ReadinessColumn::ALL.len(), any::<bool>()));
        let flags = (0..Policy::ALL.len(), any::<bool>(), any::<bool>());
        let filter = proptest::option::of(name.clone());
        (flags, spans(), connector, name, sort, filter).prop_map(
            |((policy, untold, hide_done), span, connector, search, sort, filter)| {
                let sort = sort.map_or_else(ReadinessSort::default, |(column, descending)| {
                    ReadinessSort { column: Some(ReadinessColumn::ALL[column]), descending }
                });
                let policy = Policy::ALL[policy];
                View::Readiness(ReadinessQuery {
                    policy,
                    span,
                    connector,
                    search,
                    sort,
                    untold,
                    hide_done,
                    filter: filter_of(filter),
                })
            },
        )
    }

    proptest! {
        #[test]
        fn an_address_brings_back_readiness(view in readiness_views()) {
            let address = of(&view);
            prop_assert!(address.is_ascii() && !address.contains(' '));
            prop_assert_eq!(parse(&address), (view, true));
        }

        #[test]
        fn an_address_brings_back_its_view(view in views()) {
            let address = of(&view);
            prop_assert!(address.is_ascii() && !address.contains(' '));
            prop_assert_eq!(parse(&address), (view, true));
        }

        #[test]
        fn an_address_brings_back_its_organization(
            view in prop_oneof![Just(View::Dashboard), views(), readiness_views()],
            name in any::<String>(),
        ) {
            let address = within(&of(&view), Some(&name));
            prop_assert_eq!(organization(&address), Some(name));
            prop_assert_eq!(parse(&address), (view, true));
        }

        #[test]
        fn a_damaged_address_is_a_view_still(text in any::<String>()) {
            parse(&text);
            parse(&format!("#/connector-report?{text}"));
            parse(&format!("#/readiness?{text}"));
        }
    }

    /// What fuzzing found worth keeping.
    #[test]
    fn kept_fragments_bring_back_their_views() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/fuzz/corpus/address");
        let mut seen = 0;
        for entry in std::fs::read_dir(folder).unwrap() {
            let bytes = std::fs::read(entry.unwrap().path()).unwrap();
            address_holds(&String::from_utf8_lossy(&bytes));
            seen += 1;
        }
        assert!(seen > 5, "only {seen} fragments");
    }

    #[test]
    fn an_address_of_another_version_says_so() {
        let (view, understood) = parse("#/connector-report?v=2&by=tls&new=thing");
        assert!(!understood);
        assert!(matches!(view, View::Report(shown) if shown.query.by == By::Tls));
        let (view, understood) = parse("#/connector-report?filter=all(tls~is~1.0,tls~is~9)");
        assert!(!understood);
        assert!(matches!(view, View::Report(shown) if shown.query.filter.parts.len() == 1));
        assert_eq!(parse("#/connector-report").1, true);
        assert_eq!(parse("#/no-such-report"), (View::Dashboard, false));
        assert_eq!(parse(""), (View::Dashboard, true));
    }
}
