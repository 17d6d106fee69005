//! "Readiness" on the dashboard.

use serde::{Deserialize, Serialize};

use super::answer::Sources;
use super::atoms::Atoms;
use super::policy::Flow;
use super::things::Things;
use super::{Outcome, Policy};
use crate::mail::Day;
use crate::report::{Period, Span};
use crate::tally::Tally;

/// What each policy would do to the last 7 days of the data that it is about.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessCard {
    /// In the order of [`Policy::ALL`].
    pub lines: Vec<ReadinessLine>,
}

/// What one policy would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReadinessLine {
    /// What is switched off.
    pub policy: Policy,
    /// The days; `None` where no file tells of what it is about.
    pub period: Option<Period>,
    /// What would become of the messages.
    pub outcome: Outcome,
    /// How many things have refused messages.
    pub to_fix: u64,
}

/// The card, for the 7 days that end at the newest day of each policy's own
/// data that is not later than `latest`. `None` where there is no data at all.
pub(in crate::report) fn readiness_card(tally: &Tally, latest: Day) -> Option<ReadinessCard> {
    // Mostly the same days for all: what was gathered is used again.
    let (mut clients, mut flow): (Option<Of>, Option<Of>) = (None, None);
    let lines = Policy::ALL.map(|policy| {
        let rule = policy.rule();
        let period = Sources::new(tally, latest, rule).period(tally, Span::Last(7));
        let mut line = ReadinessLine { policy, period, outcome: Outcome::default(), to_fix: 0 };
        let Some(period) = period else { return line };
        let clients = rule
            .clients
            .then(|| of(&mut clients, &period, &|| Atoms::of_clients(tally, &period, false, None)));
        let flow = (rule.flow != Flow::None)
            .then(|| of(&mut flow, &period, &|| Atoms::of_flow(tally, &period, false, None)));
        let parts: Vec<&Atoms> = clients.into_iter().chain(flow).collect();
        let things = Things::new(policy, None, &parts);
        line.outcome = things.outcome();
        line.to_fix = things.to_fix();
        line
    });
    let any = lines.iter().any(|line| line.period.is_some());
    any.then(|| ReadinessCard { lines: lines.to_vec() })
}

/// What was gathered of a source, and of which days.
type Of = ((Day, Day), Atoms);

fn of<'a>(known: &'a mut Option<Of>, period: &Period, make: &dyn Fn() -> Atoms) -> &'a Atoms {
    let days = (period.first, period.last);
    if known.as_ref().is_none_or(|known| known.0 != days) {
        *known = None;
    }
    &known.get_or_insert_with(|| (days, make())).1
}
