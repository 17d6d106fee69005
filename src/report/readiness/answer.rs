use std::rc::Rc;

use serde::{Deserialize, Serialize};

use super::atoms::{Atoms, Ground, class, number, of_class};
use super::list::WorkList;
use super::policy::{Flow, Rule, Verdict};
use super::things::{Target, Things, is_about};
use super::{Done, Outcome, ReadinessQuery, ReadinessRow, ThingKind};
use crate::mail::{AuthMethod, Day, Direction};
use crate::report::period::Coverage;
use crate::report::{Field, Ignored, OFFERED, Period, Remarks, connectors, senders};
use crate::tally::{FlowCell, Tally};

/// The answer to a [`ReadinessQuery`], but for the rows of its work list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Readiness {
    /// The question.
    pub query: ReadinessQuery,
    /// The days; `None` without data, or where the span ends before it starts.
    pub period: Option<Period>,
    /// The first and last day of the data that the policy is about.
    pub reach: Option<(Day, Day)>,
    /// How much of it files of SMTP AUTH cover.
    pub clients: Source,
    /// How much of it files of mail flow cover.
    pub flow: Source,
    /// What would become of the messages.
    pub outcome: Outcome,
    /// The same by kind, of those that there are.
    pub kinds: Vec<(ThingKind, Outcome)>,
    /// For each day, messages that would be refused; `None` for a day that no
    /// file covers.
    pub refused: Vec<Option<u64>>,
    /// For each day, messages that nothing can be told of.
    pub untold: Vec<Option<u64>>,
    /// How many things have refused messages.
    pub to_fix: u64,
    /// How many of those are done.
    pub done: u64,
    /// Rows of the work list.
    pub rows: u64,
    /// Rows before the search, and before those that are done are left out.
    pub rows_all: u64,
    /// The connectors of the period, where the policy is about them; the most
    /// messages first.
    pub connectors: Vec<(Direction, String)>,
    /// How many more there are.
    pub more_connectors: u64,
    /// What is to be said beside the figures.
    pub remarks: Remarks,
    /// Fields of the filter that are not applied, and why.
    pub ignored: Vec<(Field, Ignored)>,
}

/// What the files hold of one kind of data in a period.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum Source {
    /// The policy is not about it.
    #[default]
    NotAsked,
    /// No file tells of it on any day.
    Missing,
    /// So many days of the period are covered.
    Covers(u32),
}

/// An answer with its rows, which are handed over in pieces.
#[derive(Debug)]
pub struct ReadinessAnswer {
    /// Everything but the rows.
    pub readiness: Readiness,
    list: WorkList,
}

impl ReadinessAnswer {
    /// `count` rows from the row `from`, of the tally that was asked.
    pub fn rows(&self, tally: &Tally, from: usize, count: usize) -> Vec<ReadinessRow> {
        self.list.rows(tally, from, count)
    }
}

/// The data that a policy is about.
pub(super) struct Sources {
    coverage: Coverage,
    reach: Option<(Day, Day)>,
    clients: Option<(Coverage, Option<(Day, Day)>)>,
    flow: Option<(Coverage, Option<(Day, Day)>)>,
}

impl Sources {
    pub(super) fn new(tally: &Tally, latest: Day, rule: &Rule) -> Self {
        let clients = rule.clients.then(|| senders::coverage(tally, latest));
        let about_flow = rule.flow != Flow::None;
        let flow = about_flow.then(|| connectors::coverage(tally, latest, connectors::is_told));
        let mut spans = Vec::new();
        let mut reach: Option<(Day, Day)> = None;
        for (coverage, days) in clients.iter().chain(&flow) {
            let Some((oldest, newest)) = *days else { continue };
            spans.extend_from_slice(coverage.spans());
            let (first, last) = reach.unwrap_or((oldest, newest));
            reach = Some((first.min(oldest), last.max(newest)));
        }
        Self { coverage: Coverage::new(spans), reach, clients, flow }
    }

    /// The days that are asked for.
    pub(super) fn period(&self, tally: &Tally, span: crate::report::Span) -> Option<Period> {
        let period = self.coverage.resolve(span, self.reach?)?;
        let clients = self.clients.is_some();
        Some(if clients { senders::with_blocks(tally, &self.coverage, period) } else { period })
    }

    /// What of `period` is covered by files of SMTP AUTH, and of mail flow.
    fn covered(&self, tally: &Tally, period: &Period) -> (Source, Source) {
        let of = |source: &Option<(Coverage, Option<(Day, Day)>)>, blocks: bool| match source {
            None => Source::NotAsked,
            Some((_, None)) => Source::Missing,
            Some((coverage, Some(_))) => {
                let days = coverage.period(period.first, period.last);
                let days = if blocks { senders::with_blocks(tally, coverage, days) } else { days };
                Source::Covers(days.covered)
            }
        };
        (of(&self.clients, true), of(&self.flow, false))
    }
}

/// Answers `query`; `now` is the clock, in seconds since 1970: days later than
/// tomorrow do not move the end of "the last 7 days". `ground` is kept from
/// question to question, for as long as the tally is the same.
pub fn readiness(
    tally: &Tally,
    now: u32,
    query: &ReadinessQuery,
    done: &Done,
    ground: &mut Ground,
) -> ReadinessAnswer {
    let rule = query.policy.rule();
    let sources = Sources::new(tally, crate::report::latest(now), rule);
    let mut readiness =
        Readiness { query: query.clone(), reach: sources.reach, ..Readiness::default() };
    readiness.period = sources.period(tally, query.span);
    let Some(period) = readiness.period else {
        return ReadinessAnswer { readiness, list: WorkList::default() };
    };
    (readiness.clients, readiness.flow) = sources.covered(tally, &period);
    readiness.remarks = remarks(tally, &period, rule);
    ground.filter(&query.filter);
    readiness.ignored = ground.ignored(tally, &period);
    let clients = rule.clients.then(|| ground.clients(tally, &period));
    let flow = (rule.flow != Flow::None).then(|| ground.flow(tally, &period));
    let target = target(tally, query);
    let parts: Vec<Rc<Atoms>> = clients.iter().chain(&flow).map(Rc::clone).collect();
    let things = {
        let parts: Vec<&Atoms> = parts.iter().map(|part| &**part).collect();
        Things::new(query.policy, target, &parts)
    };
    readiness.outcome = things.outcome();
    let kinds = ThingKind::ALL.into_iter().zip(things.kinds);
    readiness.kinds = kinds.filter(|(_, outcome)| outcome.all() > 0).collect();
    readiness.to_fix = things.to_fix();
    let days = Days { tally, rule, target, period: &period };
    days.fill(&sources.coverage, clients.as_deref(), flow.as_deref(), &mut readiness);
    if rule.flow == Flow::Connectors
        && let Some(flow) = &flow
    {
        offer(tally, flow, &mut readiness);
    }
    let list = WorkList::new(tally, parts, things, &mut readiness, done);
    ReadinessAnswer { readiness, list }
}

/// The connector that is asked about. One that no file names has no messages.
fn target(tally: &Tally, query: &ReadinessQuery) -> Target {
    let of = query.policy.rule().flow == Flow::Connectors;
    let connector = query.connector.as_ref().filter(|_| of)?;
    Some((connector.0, tally.find(&connector.1)))
}

fn remarks(tally: &Tally, period: &Period, rule: &Rule) -> Remarks {
    let of = |asked: bool, clients: bool| {
        if asked { Remarks::new(tally, period, clients) } else { Remarks::default() }
    };
    let mut remarks = of(rule.clients, true);
    let flow = of(rule.flow != Flow::None, false);
    if let Some((counts, messages)) = flow.covered {
        let sum = remarks.covered.get_or_insert_default();
        *sum = (sum.0 + counts, sum.1 + messages);
    }
    remarks
}

/// The connectors of the period, to choose from.
fn offer(tally: &Tally, flow: &Atoms, readiness: &mut Readiness) {
    let all = Things::new(super::Policy::ForcedTls, None, &[flow]);
    let mut found: Vec<_> = all.list.iter().map(|found| (found.outcome.all(), found.key)).collect();
    crate::order::sort_by(&mut found, &|a, b| {
        b.0.cmp(&a.0).then_with(|| a.1.name(tally).cmp(&b.1.name(tally)))
    });
    readiness.more_connectors = found.len().saturating_sub(OFFERED) as u64;
    let offered = found.iter().take(OFFERED).map(|(_, key)| {
        let thing = key.thing(tally);
        (key.kind.direction(), thing.name().to_owned())
    });
    readiness.connectors = offered.collect();
}

/// What is counted by day.
struct Days<'a> {
    tally: &'a Tally,
    rule: &'a Rule,
    target: Target,
    period: &'a Period,
}

impl Days<'_> {
    fn fill(
        &self,
        coverage: &Coverage,
        clients: Option<&Atoms>,
        flow: Option<&Atoms>,
        readiness: &mut Readiness,
    ) {
        let covered = (self.period.first.0..=self.period.last.0)
            .map(|day| coverage.holds(Day(day)).then_some(0));
        readiness.refused = covered.collect();
        readiness.untold.clone_from(&readiness.refused);
        let by_class = flow.filter(|_| self.rule.flow == Flow::All);
        for atoms in clients.into_iter().chain(by_class) {
            for (day, classes) in atoms.days.iter().enumerate() {
                for (class, messages) in classes.iter().enumerate().filter(|(_, many)| **many > 0) {
                    self.count(readiness, day, class, *messages);
                }
            }
        }
        if self.rule.flow == Flow::Connectors {
            for cell in self.cells() {
                if let Some(day) = self.period.index(cell.day()) {
                    self.count(readiness, day, class(cell.tls, AuthMethod::Unknown), cell.messages);
                }
            }
        }
    }

    /// The cells of connectors, of which there is no sum by day.
    fn cells(&self) -> impl Iterator<Item = &FlowCell> {
        connectors::cells_in(self.tally, self.period).filter(|cell| {
            is_about(self.rule.flow, self.target, cell.direction, number(cell.connector))
        })
    }

    fn count(&self, readiness: &mut Readiness, day: usize, class: usize, messages: u64) {
        let (tls, method) = of_class(class);
        let verdict = (self.rule.verdict)(tls, method);
        for (series, of) in
            [(&mut readiness.refused, Verdict::Refused), (&mut readiness.untold, Verdict::Untold)]
        {
            if let Some(count) = series.get_mut(day) {
                // A day with mail is a day with data, whatever the spans say.
                *count = Some(count.unwrap_or(0) + if verdict == of { messages } else { 0 });
            }
        }
    }
}
