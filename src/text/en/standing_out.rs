//! What stands out, in English.

use crate::text::StandingOut;

pub(super) const STANDING_OUT: StandingOut = StandingOut {
    title: "What stands out",
    no_insights: "No connector or domain is above a threshold.",
    nothing_unusual: "No SMTP AUTH client does anything unusual.",
    no_flow: "These files do not tell of inbound or outbound mail.",
    no_auth: "These files do not tell of SMTP AUTH.",
    more_insights: |n| format!("{n} more in the Connector and Domains reports"),
    more_unusual: |n| format!("{n} more in the SMTP Auth clients report"),
    all_days: "Look at all of the data",
    empty: "Nothing to judge yet",
    empty_help: "Connectors and domains behind, and accounts that do what they never did, \
                 are listed here.",
};
