//! Pure functions from the tally to what a report shows.

mod mail_flow;
mod period;
mod smtp_auth;
mod tls_counts;

pub use mail_flow::{ConnectorRow, MailFlow, connector_table, mail_flow};
pub use period::Period;
pub use smtp_auth::{SenderRow, SmtpAuth, sender_table, smtp_auth};
pub use tls_counts::{Bounds, Share, TlsCounts};

use serde::{Deserialize, Serialize};

use crate::mail::Day;
use crate::tally::Tally;

/// The two cards of the dashboard. `None` where no file speaks of it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dashboard {
    /// Outbound and inbound mail flow.
    pub mail_flow: Option<MailFlow>,
    /// SMTP Auth clients.
    pub smtp_auth: Option<SmtpAuth>,
}

/// The dashboard of `tally`. `now` is the clock, in seconds since 1970: days
/// later than tomorrow do not move the "last 7 days".
pub fn dashboard(tally: &Tally, now: u32) -> Dashboard {
    let latest = Day::of_seconds(now).plus(1);
    Dashboard { mail_flow: mail_flow(tally, latest), smtp_auth: smtp_auth(tally, latest) }
}
