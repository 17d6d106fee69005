//! Who is on the other side: the Domains report, the Hosts report, and the
//! Direct Send report (RP-05).

use super::connectors::{cells_in, coverage, is_told};
use super::filter::RowsOf;
use super::groups::{Group, Groups};
use super::insights;
use super::own_texts::{OwnTexts, client, is_sure};
use super::series::{by_day, limited};
use super::table::{Line, Table};
use super::{
    By, Compiled, OFFERED, Only, Period, Query, Remarks, Report, ReportKind, TlsCounts, Words,
    trend,
};
use crate::mail::{Day, Direction, lower};
use crate::order::sort_by;
use crate::tally::{FlowCell, Tally, Text};

/// A row of one of these reports, with names as texts of the tally.
#[derive(Clone, Copy, Debug)]
pub(super) struct PeerLine {
    pub(super) key: PeerKey,
    /// The first day of the period on which it is seen.
    pub(super) first: Day,
    pub(super) last: Day,
}

/// What makes a row of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct PeerKey {
    pub(super) direction: Direction,
    /// The domain or host; `None` where not recorded.
    pub(super) name: Option<Text>,
    /// Of Direct Send: who sent, and the domain.
    pub(super) sender: Option<Text>,
    pub(super) domain: Option<Text>,
    /// Of Direct Send: that it was is stated, not only likely.
    pub(super) sure: bool,
}

impl PeerKey {
    /// The row that messages are in; `None` for those that the report does not
    /// tell of.
    fn of(kind: ReportKind, own: &OwnTexts, cell: &FlowCell) -> Option<Self> {
        let direction = cell.direction;
        let plain = |name| Self { direction, name, sender: None, domain: None, sure: true };
        match kind {
            ReportKind::Domains => Some(plain(cell.remote_domain)),
            ReportKind::Hosts => Some(plain(cell.remote_host)),
            ReportKind::DirectSend => own.came_directly(cell).then(|| Self {
                sender: cell.sender,
                domain: cell.sender_domain,
                sure: is_sure(cell),
                ..plain(client(cell))
            }),
            ReportKind::Connectors | ReportKind::Senders => None,
        }
    }

    /// The number of its name: 0 where that is not recorded.
    fn name(&self) -> usize {
        number(self.name)
    }

    /// Whether it, or one of its names, holds `search`, which is in lower case.
    fn holds(&self, search: &str, tally: &Tally, words: &Words) -> bool {
        let is = |text: &str| lower(text).contains(search);
        let named = |text: Option<Text>| is(text.map_or(&*words.none, |text| tally.text(text)));
        named(self.name)
            || self.sender.is_some_and(|text| is(tally.text(text)))
            || self.domain.is_some_and(|text| is(tally.text(text)))
            || is(words.direction(self.direction))
    }
}

/// A name as a small number.
fn number(name: Option<Text>) -> usize {
    name.map_or(0, |name| name.index() + 1)
}

/// The rows of a report as small numbers.
enum Keys {
    /// A direction and a name, of so many.
    Names(usize),
    /// All there are, sorted.
    Listed(Vec<PeerKey>),
}

impl Keys {
    fn len(&self) -> usize {
        match self {
            Self::Names(names) => 3 * names,
            Self::Listed(keys) => keys.len(),
        }
    }

    fn number(&self, key: &PeerKey) -> usize {
        match self {
            Self::Names(names) => direction_index(key.direction) * names + key.name(),
            Self::Listed(keys) => keys.binary_search(key).unwrap_or_default(),
        }
    }
}

const DIRECTIONS: [Direction; 3] = [Direction::Inbound, Direction::Outbound, Direction::Unknown];

fn direction_index(direction: Direction) -> usize {
    DIRECTIONS.iter().position(|known| *known == direction).unwrap_or(2)
}

/// Which rows are of the selection.
enum Selected {
    All,
    Direction(Direction),
    Name(Option<Text>),
    /// What was asked for is not in the data.
    None,
}

impl Selected {
    fn of(only: &Only, tally: &Tally) -> Self {
        match only {
            Only::Direction(direction) => Self::Direction(*direction),
            Only::Peer(None) => Self::Name(None),
            Only::Peer(Some(name)) => tally.find(name).map_or(Self::None, |n| Self::Name(Some(n))),
            Only::All | Only::Domain(_) | Only::Connector(..) => Self::All,
        }
    }

    fn holds(&self, key: &PeerKey) -> bool {
        match self {
            Self::All => true,
            Self::Direction(direction) => key.direction == *direction,
            Self::Name(name) => key.name == *name,
            Self::None => false,
        }
    }
}

/// The report, and its table.
pub(super) fn peers(tally: &Tally, latest: Day, query: &Query, words: &Words) -> (Report, Table) {
    let (coverage, reach) = coverage(tally, latest, is_told);
    let mut report = Report { query: query.clone(), reach, ..Report::default() };
    if query.report == ReportKind::DirectSend {
        report.own_domains.clone_from(&tally.own_domains);
        report.domains_guessed = tally.domains_guessed;
    }
    report.period = reach.and_then(|reach| coverage.resolve(query.days(), reach));
    let Some(period) = report.period else { return (report, Table::Peers(Vec::new())) };
    report.remarks = Remarks::new(tally, &period, false);
    let before = coverage.before(&period);
    let asked = Asked::new(tally, query, &period, before.as_ref());
    report.ignored = asked.filter.ignored().to_vec();
    let counted = count(&asked, &period, before, &mut report);
    let only = |key: usize| {
        let name = key.checked_sub(1).and_then(Text::at);
        Only::Peer(name.map(|name| tally.text(name).to_owned()))
    };
    offer(&mut report, &counted, &only);
    let names = &counted.names;
    let order = names.by_volume();
    let present = order.iter().filter(|index| names.list[**index].now.volume() > 0);
    let present: Vec<usize> = present.copied().collect();
    let (drawn, others) = limited(&present);
    report.others = others;
    let mut cells = asked
        .cells(&period)
        .filter(|(key, _)| asked.selected.holds(key))
        .filter_map(|(key, cell)| Some((names.find(key.name())?, cell.day(), cell.messages)));
    let name = |index: usize| only(names.list[index].key);
    report.series = by_day(&coverage, &period, drawn, others, &mut cells, &name);
    if before.is_some() {
        report.compare(&order, names, &name);
    }
    let line = |(of, group): (&PeerLine, &Group)| Line {
        of: *of,
        now: group.now,
        before: before.map(|_| group.before.volume()),
    };
    let mut rows: Vec<Line<PeerLine>> =
        counted.lines.iter().zip(&counted.groups.list).map(line).collect();
    report.insights = insights::of_peers(tally, query, &rows);
    report.other = report.counts.other() > 0;
    report.silent = report.counts.recorded() < report.counts.volume();
    if query.by == By::Trend {
        let cells = asked.cells(&period).filter(|(key, _)| asked.selected.holds(key));
        let mut facts = cells.map(|(_, cell)| (cell.day(), cell.tls, cell.amount()));
        return trend::with_weeks(report, trend::by_week(&coverage, &period, &mut facts));
    }
    report.rows_all = rows.len() as u64;
    let search = lower(query.search.trim());
    if !search.is_empty() {
        rows.retain(|row| row.of.key.holds(&search, tally, words));
    }
    report.rows = rows.len() as u64;
    super::table::sort(&mut rows, query.sort, &|row| Some(row.of.key.name()));
    (report, Table::Peers(rows))
}

/// What is asked, of which mail.
struct Asked<'t> {
    tally: &'t Tally,
    kind: ReportKind,
    own: OwnTexts,
    selected: Selected,
    filter: Compiled,
}

/// The row that a filter's numbers are of: the domain's or host's in a
/// direction, of Direct Send the client's.
fn row_of(cell: &FlowCell, name: Option<Text>, texts: usize) -> usize {
    direction_index(cell.direction) * (texts + 1) + number(name)
}

fn domain_row(cell: &FlowCell, texts: usize) -> usize {
    row_of(cell, cell.remote_domain, texts)
}

fn host_row(cell: &FlowCell, texts: usize) -> usize {
    row_of(cell, cell.remote_host, texts)
}

fn client_row(cell: &FlowCell, texts: usize) -> usize {
    row_of(cell, client(cell), texts)
}

impl<'t> Asked<'t> {
    fn new(tally: &'t Tally, query: &Query, period: &Period, before: Option<&Period>) -> Self {
        let (kind, own, texts) = (query.report, OwnTexts::new(tally), tally.texts());
        let key = match kind {
            ReportKind::Domains => domain_row,
            ReportKind::Hosts => host_row,
            _ => client_row,
        };
        let counts = |cell: &&FlowCell| PeerKey::of(kind, &own, cell).is_some();
        let sums = || {
            let mut groups = Groups::new(DIRECTIONS.len() * (texts + 1));
            for cell in cells_in(tally, period).filter(counts) {
                groups.add(key(cell, texts), cell.tls, cell.amount());
            }
            if let Some(before) = before {
                for cell in cells_in(tally, before).filter(counts) {
                    groups.add_before(key(cell, texts), cell.tls, cell.amount());
                }
            }
            groups
        };
        let rows = RowsOf { key, sums: &sums, before: before.is_some(), beside: false };
        let filter = Compiled::for_flow(&query.filter, tally, &rows);
        Self { tally, kind, selected: Selected::of(&query.only, tally), filter, own }
    }

    /// The cells of a period, each with the row that it is in.
    fn cells(&self, period: &Period) -> impl Iterator<Item = (PeerKey, &'t FlowCell)> {
        let key = |cell: &FlowCell| PeerKey::of(self.kind, &self.own, cell);
        let passing = cells_in(self.tally, period).filter(|cell| self.filter.flow(cell));
        passing.filter_map(move |cell| Some((key(cell)?, cell)))
    }

    /// The numbers of the rows of these periods.
    fn keys(&self, period: &Period, before: Option<Period>) -> Keys {
        if self.kind != ReportKind::DirectSend {
            return Keys::Names(self.tally.texts() + 1);
        }
        let mut keys: Vec<PeerKey> = self.cells(period).map(|(key, _)| key).collect();
        if let Some(before) = before {
            keys.extend(self.cells(&before).map(|(key, _)| key));
        }
        sort_by(&mut keys, &Ord::cmp);
        keys.dedup();
        Keys::Listed(keys)
    }
}

/// The sums of a period, and of the one before.
struct Counted {
    /// Messages of everything, by direction and by name.
    ways: [u64; DIRECTIONS.len()],
    all: Groups,
    /// The selection by name, and by row.
    names: Groups,
    groups: Groups,
    /// The rows of the period, in the order of `groups`.
    lines: Vec<PeerLine>,
}

/// Counts what is asked for, and puts the sums into the report.
fn count(
    asked: &Asked<'_>,
    period: &Period,
    before: Option<Period>,
    report: &mut Report,
) -> Counted {
    let keys = asked.keys(period, before);
    let texts = asked.tally.texts() + 1;
    let mut counted = Counted {
        ways: [0; DIRECTIONS.len()],
        all: Groups::new(texts),
        names: Groups::new(texts),
        groups: Groups::new(keys.len()),
        lines: Vec::new(),
    };
    let Counted { ways, all, names, groups, lines } = &mut counted;
    for (key, cell) in asked.cells(period) {
        ways[direction_index(key.direction)] += cell.messages;
        all.add(key.name(), cell.tls, cell.amount());
        if !asked.selected.holds(&key) {
            continue;
        }
        report.counts.add_amount(cell.tls, cell.amount());
        report.unnamed += if key.name.is_none() { cell.messages } else { 0 };
        names.add(key.name(), cell.tls, cell.amount());
        let line = groups.add(keys.number(&key), cell.tls, cell.amount());
        if line == lines.len() {
            lines.push(PeerLine { key, first: cell.day(), last: cell.day() });
        }
        // Cells come in the order of their hours.
        lines[line].last = cell.day();
    }
    if let Some(period) = before {
        let mut counts = TlsCounts::default();
        for (key, cell) in asked.cells(&period).filter(|(key, _)| asked.selected.holds(key)) {
            counts.add_amount(cell.tls, cell.amount());
            names.add_before(key.name(), cell.tls, cell.amount());
            groups.add_before(keys.number(&key), cell.tls, cell.amount());
        }
        report.before = Some((period, counts));
    }
    counted
}

/// "Show data for": directions, then names by their messages.
fn offer(report: &mut Report, counted: &Counted, only: &dyn Fn(usize) -> Only) {
    let Counted { ways, all, .. } = counted;
    if report.query.report != ReportKind::DirectSend {
        let ways = DIRECTIONS.into_iter().zip(*ways).filter(|(_, messages)| *messages > 0);
        report.choices = ways.map(|(way, messages)| (Only::Direction(way), messages)).collect();
    }
    let names = all.by_volume();
    report.more_choices = names.len().saturating_sub(OFFERED) as u64;
    let offered = names.into_iter().take(OFFERED).filter_map(|index| all.list.get(index));
    report.choices.extend(offered.map(|group| (only(group.key), group.now.volume())));
}
