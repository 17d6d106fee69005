use mailflow::account::FileAccount;
use mailflow::export::tally_json;
use mailflow::report::whole_dashboard;

use super::any_file::parsed;
use super::reading::{NOW, observed};

/// Lines that say they are observations.
pub fn observations(bytes: &[u8]) {
    if let Ok(analysis) = observed(bytes) {
        let (tally, files) = analysis.figures();
        whole_dashboard(&tally, NOW);
        let accounts: Vec<&FileAccount> = files.iter().map(|(_, account)| account).collect();
        parsed(&tally_json(&tally, &accounts, None));
    }
}
