//! The SMTP Auth clients report (SA-03 to SA-14).

use super::filter::{Compiled, RowsOf};
use super::groups::Groups;
use super::period::Coverage;
use super::series::{by_day, limited};
use super::table::{Line, Table, cells_of};
use super::{By, Filter, OFFERED, Only, Period, Query, Remarks, Report, Span, TlsCounts, trend};
use crate::mail::{AuthMethod, Day, TlsState, lower};
use crate::tally::{SubmissionCell, Tally, Text};

/// A row of the report, with names as texts of the tally.
#[derive(Clone, Copy, Debug)]
pub(super) struct SenderLine {
    pub(super) account: Text,
    pub(super) domain: Text,
    /// A bit for each of [`AuthMethod::ALL`].
    pub(super) methods: u8,
}

/// The days of the report's dated data, and how far all of it reaches, not
/// counting what is later than `latest`; unless all of it is, since then the
/// clock is what is wrong.
pub(super) fn coverage(tally: &Tally, latest: Day) -> (Coverage, Option<(Day, Day)>) {
    let coverage = Coverage::new(tally.spans.iter().filter_map(|span| span.submissions).collect());
    let mut days = tally.submissions.iter().rev().map(SubmissionCell::day);
    let mut last = days.clone().next();
    let mut newest = days.find(|day| *day <= latest);
    let mut oldest = tally.submissions.first().map(SubmissionCell::day);
    let refused = tally.refused.iter().map(|cell| Day::of_hour(cell.hour));
    let refused = refused.map(|day| (day, day));
    for (from, to) in tally.blocks.iter().map(|block| block.days).chain(refused) {
        oldest = Some(oldest.map_or(from, |day| day.min(from)));
        last = last.max(Some(to));
        if to <= latest {
            newest = newest.max(Some(to));
        }
    }
    (coverage, oldest.zip(newest.or(last)).filter(|(oldest, newest)| oldest <= newest))
}

/// The days that are asked for.
pub(super) fn period(
    tally: &Tally,
    coverage: &Coverage,
    reach: Option<(Day, Day)>,
    span: Span,
) -> Option<Period> {
    Some(with_blocks(tally, coverage, coverage.resolve(span, reach?)?))
}

/// As many days before `period`, if any of them is covered.
pub(super) fn before(tally: &Tally, coverage: &Coverage, period: &Period) -> Option<Period> {
    let before = with_blocks(tally, coverage, coverage.days_before(period));
    (before.covered > 0).then_some(before)
}

/// The days of blocks are covered where the blocks count.
pub(super) fn with_blocks(tally: &Tally, coverage: &Coverage, period: Period) -> Period {
    let mut spans = coverage.spans().to_vec();
    for block in &tally.blocks {
        if period.contains(block.days) {
            spans.push(block.days);
        }
    }
    Coverage::new(spans).period(period.first, period.last)
}

/// The cells of a period whose day is known.
pub(super) fn dated_in<'t>(tally: &'t Tally, period: &Period) -> &'t [SubmissionCell] {
    cells_of(&tally.submissions, period, &|cell| cell.hour)
}

/// All cells of a period; a block with its days, if all of them lie in it.
pub(super) fn each_in<'t>(
    tally: &'t Tally,
    period: &Period,
    take: &mut dyn FnMut(&'t SubmissionCell, Option<(Day, Day)>),
) {
    for cell in dated_in(tally, period) {
        take(cell, None);
    }
    for block in tally.blocks.iter().filter(|block| period.contains(block.days)) {
        take(&block.cell, Some(block.days));
    }
}

/// A small number of the sender's own: an account that the source leaves out is
/// known by its domain.
pub(super) fn account(tally: &Tally, cell: &SubmissionCell) -> usize {
    account_of(cell, tally.texts())
}

fn account_of(cell: &SubmissionCell, texts: usize) -> usize {
    if cell.account.is_empty() { texts + cell.domain.index() } else { cell.account.index() }
}

/// The query's filter, whose numbers are those of senders in `period`.
pub(super) fn compiled(
    tally: &Tally,
    filter: &Filter,
    period: &Period,
    before: Option<&Period>,
    beside: bool,
) -> Compiled {
    let texts = tally.texts();
    let sums = || {
        let mut groups = Groups::new(2 * texts);
        each_in(tally, period, &mut |cell, _| {
            groups.add(account_of(cell, texts), cell.tls, cell.amount());
        });
        if let Some(before) = before {
            each_in(tally, before, &mut |cell, _| {
                groups.add_before(account_of(cell, texts), cell.tls, cell.amount());
            });
        }
        groups
    };
    let rows = RowsOf { key: account_of, sums: &sums, before: before.is_some(), beside };
    Compiled::for_submissions(filter, tally, &rows)
}

/// The cells of a period that pass a filter; a block with its days. Of those
/// whose day is known, whether each passes; nothing where all do.
fn passing_in<'t>(
    tally: &'t Tally,
    period: &Period,
    filter: &Compiled,
    take: &mut dyn FnMut(&'t SubmissionCell, Option<(Day, Day)>),
) -> Vec<bool> {
    let mut passed = Vec::new();
    each_in(tally, period, &mut |cell, block| {
        let holds = filter.submission_of(cell, block);
        if block.is_none() && !filter.is_empty() {
            passed.push(holds);
        }
        if holds {
            take(cell, block);
        }
    });
    passed
}

/// The report, and its table.
pub(super) fn senders(tally: &Tally, latest: Day, query: &Query) -> (Report, Table) {
    let (coverage, reach) = coverage(tally, latest);
    let mut report = Report { query: query.clone(), reach, ..Report::default() };
    report.period = period(tally, &coverage, reach, query.days());
    let Some(period) = report.period else { return (report, Table::Senders(Vec::new())) };
    let only = match &query.only {
        Only::Domain(name) => Some(tally.find(name)),
        _ => None,
    };
    let before = before(tally, &coverage, &period);
    let filter = compiled(tally, &query.filter, &period, before.as_ref(), false);
    report.ignored = filter.ignored().to_vec();
    let holds = |cell: &&SubmissionCell| only.is_none_or(|only| only == Some(cell.domain));
    report.remarks = Remarks::new(tally, &period, true);
    report.remarks.undated = 0;
    let texts = tally.texts();
    let account = |cell: &SubmissionCell| account(tally, cell);
    let (mut domains, mut accounts) = (Groups::new(texts), Groups::new(2 * texts));
    let mut lines: Vec<SenderLine> = Vec::new();
    let passed = passing_in(tally, &period, &filter, &mut |cell, block| {
        // Of everything, for "Show data for"; of the selection, for the rest.
        domains.add(cell.domain.index(), cell.tls, cell.amount());
        if !holds(&cell) {
            return;
        }
        report.remarks.undated += block.map_or(0, |_| cell.messages);
        report.counts.add_amount(cell.tls, cell.amount());
        let line = accounts.add(account(cell), cell.tls, cell.amount());
        if line == lines.len() {
            lines.push(SenderLine { account: cell.account, domain: cell.domain, methods: 0 });
        }
        lines[line].methods |= bit(cell.method);
    });
    let present = lines.len();
    if let Some(period) = before {
        let mut counts = TlsCounts::default();
        passing_in(tally, &period, &filter, &mut |cell, _| {
            if holds(&cell) {
                counts.add_amount(cell.tls, cell.amount());
                domains.add_before(cell.domain.index(), cell.tls, cell.amount());
                accounts.add_before(account(cell), cell.tls, cell.amount());
            }
        });
        report.before = Some((period, counts));
    }
    let name = |index: usize| {
        let text = Text::at(domains.list[index].key).map(|text| tally.text(text));
        Only::Domain(text.unwrap_or_default().to_owned())
    };
    let order = domains.by_volume();
    let volume = |index: &usize| domains.list[*index].now.volume();
    let told = order.iter().filter(|index| volume(index) > 0);
    let told: Vec<usize> = told.copied().collect();
    let offered = told.iter().take(OFFERED);
    report.choices = offered.map(|index| (name(*index), volume(index))).collect();
    report.more_choices = told.len().saturating_sub(OFFERED) as u64;
    let selected = |index: &&usize| {
        only.is_none_or(|only| only.is_some_and(|text| text.index() == domains.list[**index].key))
    };
    let told: Vec<usize> =
        order.iter().filter(selected).filter(|index| volume(index) > 0).copied().collect();
    let (named, others) = limited(&told);
    report.others = others;
    let mut cells = dated_in(tally, &period)
        .iter()
        .enumerate()
        .filter(|(index, cell)| passed.get(*index).is_none_or(|passed| *passed) && holds(cell))
        .filter_map(|(_, cell)| {
            Some((domains.find(cell.domain.index())?, cell.day(), cell.messages))
        });
    report.series = by_day(&coverage, &period, named, others, &mut cells, &name);
    if before.is_some() {
        let order: Vec<usize> = order.iter().filter(selected).copied().collect();
        report.compare(&order, &domains, &name);
    }
    report.other = report.counts.other() > 0;
    report.silent = report.counts.recorded() < report.counts.volume();
    if query.by == By::Trend {
        let cells = dated_in(tally, &period).iter().filter(holds);
        let cells = cells.filter(|cell| filter.submission(cell));
        return trend::with_weeks(report, trend::of_submissions(tally, &coverage, &period, cells));
    }
    let mut rows: Vec<Line<SenderLine>> = lines
        .iter()
        .zip(&accounts.list[..present])
        .map(|(of, group)| Line {
            of: *of,
            now: group.now,
            before: before.map(|_| group.before.volume()),
        })
        .collect();
    report.all_senders = rows.len() as u64;
    report.rows_all = rows.len() as u64;
    report.senders = TlsState::ALL
        .iter()
        .map(|state| rows.iter().filter(|row| row.now.get(*state) > 0).count() as u64)
        .collect();
    search(tally, &query.search, &mut rows);
    report.rows = rows.len() as u64;
    // Texts are numbered in their order.
    super::table::sort(&mut rows, query.sort, &|row| Some(row.of.account.index()));
    (report, Table::Senders(rows))
}

/// Leaves the rows that hold a text.
fn search(tally: &Tally, text: &str, rows: &mut Vec<Line<SenderLine>>) {
    let search = lower(text.trim());
    if !search.is_empty() {
        rows.retain(|row| {
            // Both are in lower case already.
            tally.text(row.of.account).contains(&search)
                || tally.text(row.of.domain).contains(&search)
        });
    }
}

fn bit(method: AuthMethod) -> u8 {
    AuthMethod::ALL.iter().zip([1, 2, 4]).find(|(known, _)| **known == method).map_or(0, |m| m.1)
}
