//! "Outbound and inbound mail flow", and the rows of the Connector report.

use serde::{Deserialize, Serialize};

use super::{Period, TlsCounts};
use crate::mail::{ConnectorType, Day, Direction};
use crate::order::{merge_by, sort_by};
use crate::tally::{FlowCell, Tally};

/// The card "Outbound and inbound mail flow" and its flyout.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MailFlow {
    /// The last 7 days that the card's own sources hold.
    pub period: Period,
    /// From the organization to the internet, a partner or on-premises.
    pub outbound: TlsCounts,
    /// From there into the organization.
    pub inbound: TlsCounts,
}

/// A row of the Connector report.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConnectorRow {
    /// UTC day.
    pub day: Day,
    /// Inbound or outbound.
    pub direction: Direction,
    /// Name as written; `None` for "without a connector".
    pub connector: Option<String>,
    /// Where it leads.
    pub connector_type: ConnectorType,
    /// Whether it forces TLS; `None` where not recorded.
    pub forced_tls: Option<bool>,
    /// Messages by TLS.
    pub counts: TlsCounts,
}

/// The card, for the 7 days that end at the newest day of mail flow that is
/// not later than `latest`. `None` where no file tells of mail flow.
pub fn mail_flow(tally: &Tally, latest: Day) -> Option<MailFlow> {
    let crossings = || {
        tally
            .flow
            .iter()
            .filter(|cell| matches!(cell.direction, Direction::Inbound | Direction::Outbound))
    };
    let spans: Vec<(Day, Day)> = tally.spans.iter().filter_map(|span| span.flow).collect();
    let newest = crossings().map(FlowCell::day).filter(|day| *day <= latest).max();
    let period = Period::last_days(7, &spans, newest)?;
    let mut card =
        MailFlow { period, outbound: TlsCounts::default(), inbound: TlsCounts::default() };
    for cell in crossings().filter(|cell| period.holds(cell.day())) {
        let counts = match cell.direction {
            Direction::Outbound => &mut card.outbound,
            _ => &mut card.inbound,
        };
        counts.add(cell.tls, cell.messages);
    }
    Some(card)
}

/// The rows of the Connector report over all of the data: newest day first,
/// then the most messages.
pub fn connector_table(tally: &Tally) -> Vec<ConnectorRow> {
    let mut rows: Vec<(&FlowCell, TlsCounts)> = tally
        .flow
        .iter()
        .filter(|cell| matches!(cell.direction, Direction::Inbound | Direction::Outbound))
        .map(|cell| (cell, TlsCounts::of(cell.tls, cell.messages)))
        .collect();
    merge_by(
        &mut rows,
        &|(a, _), (b, _)| connector_row(a).cmp(&connector_row(b)),
        &|one, other| {
            one.1.add_all(&other.1);
        },
    );
    sort_by(&mut rows, &|(a, counts), (b, other)| {
        b.day().cmp(&a.day()).then_with(|| other.volume().cmp(&counts.volume()))
    });
    rows.into_iter()
        .map(|(cell, counts)| ConnectorRow {
            day: cell.day(),
            direction: cell.direction,
            connector: cell.connector.clone(),
            connector_type: cell.connector_type,
            forced_tls: cell.forced_tls,
            counts,
        })
        .collect()
}

/// What makes cells one row of the report.
fn connector_row(cell: &FlowCell) -> (Day, Direction, Option<&str>, ConnectorType, Option<bool>) {
    let connector = cell.connector.as_deref();
    (cell.day(), cell.direction, connector, cell.connector_type, cell.forced_tls)
}
