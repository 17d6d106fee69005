//! The Connector report (CR-01 to CR-09).

use super::filter::{Compiled, RowsOf};
use super::groups::Groups;
use super::insights;
use super::period::Coverage;
use super::series::{by_day, limited};
use super::table::{Line, Table, cells_of};
use super::{By, Filter, OFFERED, Only, Period, Query, Remarks, Report, Words, trend};
use crate::mail::{ConnectorType, Day, Direction, lower};
use crate::order::sort_by;
use crate::tally::{FlowCell, Tally, Text};

/// A row of the report, with the name as a text of the tally.
#[derive(Clone, Copy, Debug)]
pub(super) struct ConnectorLine {
    pub(super) day: Day,
    pub(super) flow: Flow,
    pub(super) connector_type: ConnectorType,
    pub(super) forced_tls: Option<bool>,
}

/// A connector in one direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Flow {
    pub(super) direction: Direction,
    pub(super) connector: Option<Text>,
}

impl Flow {
    fn of(cell: &FlowCell) -> Self {
        Self { direction: cell.direction, connector: cell.connector }
    }

    /// The number of a cell's flow.
    fn key_of(cell: &FlowCell, texts: usize) -> usize {
        Self::of(cell).key(texts)
    }

    /// A small number of its own.
    fn key(self, texts: usize) -> usize {
        let direction = match self.direction {
            Direction::Inbound => 0,
            Direction::Outbound => 1,
            _ => 2,
        };
        direction * (texts + 1) + self.connector.map_or(0, |name| name.index() + 1)
    }

    /// The flow of such a number.
    fn at(key: usize, texts: usize) -> Self {
        let direction = match key / (texts + 1) {
            0 => Direction::Inbound,
            1 => Direction::Outbound,
            _ => Direction::Unknown,
        };
        let connector = (key % (texts + 1)).checked_sub(1).and_then(Text::at);
        Self { direction, connector }
    }

    pub(super) fn only(self, tally: &Tally) -> Only {
        let name = self.connector.map(|name| tally.text(name).to_owned());
        Only::Connector(self.direction, name)
    }

    pub(super) fn name(self, tally: &Tally, words: &Words) -> String {
        words.flow(self.direction, self.connector.map(|name| tally.text(name)))
    }
}

/// Whether mail crossed the border of the organization.
pub(super) fn crosses(cell: &FlowCell) -> bool {
    matches!(cell.direction, Direction::Inbound | Direction::Outbound)
}

/// Whether the report tells of a cell: mail that crossed the border, or that
/// a connector is named for where no direction is.
pub(super) fn is_told(cell: &FlowCell) -> bool {
    crosses(cell) || (cell.direction == Direction::Unknown && cell.connector.is_some())
}

/// Which cells are of the selection.
pub(super) enum Selected {
    All,
    Flow(Direction, Option<Text>),
    /// What was asked for is not in the data.
    None,
}

impl Selected {
    pub(super) fn of(only: &Only, tally: &Tally) -> Self {
        match only {
            Only::Connector(direction, None) => Self::Flow(*direction, None),
            Only::Connector(direction, Some(name)) => match tally.find(name) {
                Some(name) => Self::Flow(*direction, Some(name)),
                None => Self::None,
            },
            Only::All | Only::Domain(_) | Only::Direction(_) | Only::Peer(_) => Self::All,
        }
    }

    pub(super) fn holds(&self, cell: &FlowCell) -> bool {
        match self {
            Self::All => true,
            Self::Flow(direction, name) => cell.direction == *direction && cell.connector == *name,
            Self::None => false,
        }
    }
}

/// The days that files cover, and how far the cells that are `told` reach, not
/// counting what is later than `latest`; unless all of it is, since then the
/// clock is what is wrong.
pub(super) fn coverage(
    tally: &Tally,
    latest: Day,
    told: fn(&FlowCell) -> bool,
) -> (Coverage, Option<(Day, Day)>) {
    let coverage = Coverage::new(tally.spans.iter().filter_map(|span| span.flow).collect());
    let told = || tally.flow.iter().filter(|cell| told(cell));
    let oldest = told().next().map(FlowCell::day);
    let newest = told().rev().map(FlowCell::day).find(|day| *day <= latest);
    let newest = newest.or_else(|| told().next_back().map(FlowCell::day));
    (coverage, oldest.zip(newest).filter(|(oldest, newest)| oldest <= newest))
}

/// The cells of a period that the report tells of.
pub(super) fn cells_in<'t>(
    tally: &'t Tally,
    period: &Period,
) -> impl Iterator<Item = &'t FlowCell> + Clone + use<'t> {
    cells_of(&tally.flow, period, &|cell| cell.hour).iter().filter(|cell| is_told(cell))
}

/// The query's filter, whose numbers are those of connectors in `period`.
pub(super) fn compiled(
    tally: &Tally,
    filter: &Filter,
    period: &Period,
    before: Option<&Period>,
    beside: bool,
) -> Compiled {
    let texts = tally.texts();
    let sums = || {
        let mut groups = Groups::new(3 * (texts + 1));
        for cell in cells_in(tally, period) {
            groups.add(Flow::key_of(cell, texts), cell.tls, cell.amount());
        }
        for cell in before.into_iter().flat_map(|before| cells_in(tally, before)) {
            groups.add_before(Flow::key_of(cell, texts), cell.tls, cell.amount());
        }
        groups
    };
    let rows = RowsOf { key: Flow::key_of, sums: &sums, before: before.is_some(), beside };
    Compiled::for_flow(filter, tally, &rows)
}

/// The report, and its table.
pub(super) fn connectors(
    tally: &Tally,
    latest: Day,
    query: &Query,
    words: &Words,
) -> (Report, Table) {
    let (coverage, reach) = coverage(tally, latest, is_told);
    let mut report = Report { query: query.clone(), reach, ..Report::default() };
    report.period = reach.and_then(|reach| coverage.resolve(query.days(), reach));
    let Some(period) = report.period else { return (report, Table::Connectors(Vec::new())) };
    report.remarks = Remarks::new(tally, &period, false);
    let before = coverage.before(&period);
    let filter = compiled(tally, &query.filter, &period, before.as_ref(), false);
    report.ignored = filter.ignored().to_vec();
    let passing = |cell: &&FlowCell| filter.flow(cell);
    let cells_in = |period: Period| cells_in(tally, &period).filter(passing);
    let selected = Selected::of(&query.only, tally);
    let texts = tally.texts();
    let keys = 3 * (texts + 1);
    // Of everything, for "Show data for"; of the selection, for the rest.
    let (mut all, mut groups) = (Groups::new(keys), Groups::new(keys));
    let mut lines = Lines::new(keys);
    for cell in cells_in(period) {
        let key = Flow::of(cell).key(texts);
        all.add(key, cell.tls, cell.amount());
        if selected.holds(cell) {
            report.counts.add_amount(cell.tls, cell.amount());
            groups.add(key, cell.tls, cell.amount());
            lines.add(key, cell);
        }
    }
    if let Some(period) = before {
        let mut counts = super::TlsCounts::default();
        for cell in cells_in(period).filter(|cell| selected.holds(cell)) {
            counts.add_amount(cell.tls, cell.amount());
            groups.add_before(Flow::of(cell).key(texts), cell.tls, cell.amount());
        }
        report.before = Some((period, counts));
    }
    let of_all = |index: usize| {
        let group = &all.list[index];
        (Flow::at(group.key, texts).only(tally), group.now.volume())
    };
    report.choices = all.by_volume().into_iter().take(OFFERED).map(of_all).collect();
    report.more_choices = all.list.len().saturating_sub(OFFERED) as u64;
    let order = groups.by_volume();
    let only = |index: usize| Flow::at(groups.list[index].key, texts).only(tally);
    let told = order.iter().filter(|index| groups.list[**index].now.volume() > 0);
    let told: Vec<usize> = told.copied().collect();
    let (named, others) = limited(&told);
    report.others = others;
    let mut cells = cells_in(period).filter(|cell| selected.holds(cell)).filter_map(|cell| {
        Some((groups.find(Flow::of(cell).key(texts))?, cell.day(), cell.messages))
    });
    report.series = by_day(&coverage, &period, named, others, &mut cells, &only);
    if before.is_some() {
        report.compare(&order, &groups, &only);
    }
    let each = |take: &mut dyn FnMut(&FlowCell)| {
        cells_in(period).filter(|cell| selected.holds(cell)).for_each(take);
    };
    report.insights = insights::of_connectors(tally, &lines.list, &each, query.thresholds);
    report.other = report.counts.other() > 0;
    report.silent = report.counts.recorded() < report.counts.volume();
    if query.by == By::Trend {
        let cells = cells_in(period).filter(|cell| selected.holds(cell));
        let trend = trend::of_flow(tally, &coverage, &period, cells);
        return trend::with_weeks(report, trend);
    }
    report.rows_all = lines.list.len() as u64;
    let rows = lines.sorted(tally, query, words, &groups, texts);
    report.rows = rows.len() as u64;
    (report, Table::Connectors(rows))
}

/// The rows, put together day by day: cells come in the order of their hours.
struct Lines {
    /// For each flow: its first row of the day at hand.
    slots: Vec<u32>,
    /// Rows; the same flow may have several a day, of other types.
    list: Vec<Line<ConnectorLine>>,
    day: Option<Day>,
    start: usize,
}

impl Lines {
    fn new(keys: usize) -> Self {
        Self { slots: vec![u32::MAX; keys], list: Vec::new(), day: None, start: 0 }
    }

    fn add(&mut self, key: usize, cell: &FlowCell) {
        let day = cell.day();
        if self.day != Some(day) {
            self.day = Some(day);
            self.start = self.list.len();
        }
        let is = ConnectorLine {
            day,
            flow: Flow::of(cell),
            connector_type: cell.connector_type,
            forced_tls: cell.forced_tls,
        };
        let same = |line: &Line<ConnectorLine>| {
            line.of.flow == is.flow
                && line.of.connector_type == is.connector_type
                && line.of.forced_tls == is.forced_tls
        };
        let Some(slot) = self.slots.get_mut(key) else { return };
        // The slot names the flow's row of this day, or one of a day before.
        let known = *slot as usize;
        let known = match self.list.get(known) {
            _ if known < self.start => None,
            Some(line) if same(line) => Some(known),
            // The same flow with another type: few do that.
            Some(_) => self.list[self.start..].iter().position(same).map(|at| at + self.start),
            None => None,
        };
        let at = known.unwrap_or(self.list.len());
        if known.is_none() {
            self.list.push(Line { of: is, now: super::TlsCounts::default(), before: None });
        }
        *slot = u32::try_from(at).unwrap_or_default();
        if let Some(line) = self.list.get_mut(at) {
            line.now.add_amount(cell.tls, cell.amount());
        }
    }

    /// The rows that the search leaves, sorted.
    fn sorted(
        self,
        tally: &Tally,
        query: &Query,
        words: &Words,
        groups: &Groups,
        texts: usize,
    ) -> Vec<Line<ConnectorLine>> {
        // Names are few, rows are many: each name is looked at once.
        let names: Vec<String> =
            groups.list.iter().map(|group| Flow::at(group.key, texts).name(tally, words)).collect();
        let mut order: Vec<usize> = (0..names.len()).collect();
        sort_by(&mut order, &|a, b| names[*a].cmp(&names[*b]));
        let mut ranks = vec![0; names.len()];
        for (rank, index) in order.into_iter().enumerate() {
            ranks[index] = rank;
        }
        let search = lower(query.search.trim());
        let hits: Vec<bool> = names.iter().map(|name| lower(name).contains(&search)).collect();
        let group = |line: &Line<ConnectorLine>| groups.find(line.of.flow.key(texts)).unwrap_or(0);
        let mut rows = self.list;
        if !search.is_empty() {
            let types = [
                ConnectorType::OnPremises,
                ConnectorType::Partner,
                ConnectorType::NoConnector,
                ConnectorType::Unknown,
            ]
            .map(|kind| (kind, lower(words.connector_type(kind)).contains(&search)));
            rows.retain(|line| {
                hits.get(group(line)).copied().unwrap_or(false)
                    || types.contains(&(line.of.connector_type, true))
                    || line.of.day.to_string().contains(&search)
            });
        }
        super::table::sort(&mut rows, query.sort, &|line| ranks.get(group(line)).copied());
        rows
    }
}
