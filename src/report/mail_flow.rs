//! "Outbound and inbound mail flow".

use serde::{Deserialize, Serialize};

use super::filter::Compiled;
use super::{Field, Filter, Ignored, Period, Remarks, Span, TlsCounts, connectors};
use crate::mail::{Day, Direction};
use crate::tally::Tally;

/// The card "Outbound and inbound mail flow" and its flyout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFlow {
    /// The days: of the card, the last 7 that its own sources hold.
    pub period: Period,
    /// From the organization to the internet, a partner or on-premises.
    pub outbound: TlsCounts,
    /// From there into the organization.
    pub inbound: TlsCounts,
    /// As many days before, where a file covers any of them.
    pub before: Option<FlowBefore>,
    /// What is to be said beside it.
    pub remarks: Remarks,
}

/// What the card compares with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FlowBefore {
    /// The days.
    pub period: Period,
    /// As in [`MailFlow`].
    pub outbound: TlsCounts,
    /// As in [`MailFlow`].
    pub inbound: TlsCounts,
}

/// The card, for the 7 days that end at the newest day of mail flow that is
/// not later than `latest`. `None` where no file tells of mail flow.
pub fn mail_flow(tally: &Tally, latest: Day) -> Option<MailFlow> {
    Some(mail_flow_in(tally, latest, Span::Last(7), &Filter::default())?.0)
}

/// The same for other days, of the messages that pass `filter`; and what of the
/// filter is not applied, and why.
pub(super) fn mail_flow_in(
    tally: &Tally,
    latest: Day,
    span: Span,
    filter: &Filter,
) -> Option<(MailFlow, Vec<(Field, Ignored)>)> {
    let (coverage, reach) = connectors::coverage(tally, latest, connectors::crosses);
    let period = coverage.resolve(span, reach?)?;
    let before = coverage.before(&period);
    let filter = connectors::compiled(tally, filter, &period, before.as_ref(), false);
    let (outbound, inbound) = both_ways(tally, &period, &filter);
    let before = before.map(|period| {
        let (outbound, inbound) = both_ways(tally, &period, &filter);
        FlowBefore { period, outbound, inbound }
    });
    let remarks = Remarks::new(tally, &period, false);
    Some((MailFlow { period, outbound, inbound, before, remarks }, filter.ignored().to_vec()))
}

fn both_ways(tally: &Tally, period: &Period, filter: &Compiled) -> (TlsCounts, TlsCounts) {
    let (mut outbound, mut inbound) = (TlsCounts::default(), TlsCounts::default());
    for cell in connectors::cells_in(tally, period).filter(|cell| filter.flow(cell)) {
        match cell.direction {
            Direction::Outbound => outbound.add_amount(cell.tls, cell.amount()),
            Direction::Inbound => inbound.add_amount(cell.tls, cell.amount()),
            _ => {}
        }
    }
    (outbound, inbound)
}
