//! English of use without the network.

use crate::text::Offline;

pub(super) const OFFLINE: Offline = Offline {
    from_disk: "Opens from disk, without the network",
    ready: "Works without the network",
    preparing: "Getting ready to work without the network…",
    needs_network: "Needs the network to open",
    waiting: |version| format!("A new version of mailflow is ready: {version}."),
    update: "Update",
    loses: "Updating opens this page anew: what was read is gone then, and its files have to be dropped again. Save the \
            analysis first to go on with it. Other tabs of the page stay as they are until you reload them.",
    remembered: "Updating opens this page anew, with the analysis that is remembered. Other tabs of the page stay as they \
                 are until you reload them.",
    replaced: |version| {
        format!(
            "mailflow was updated in another tab. This one goes on with version {version} until you reload it."
        )
    },
    reload: "Reload page",
    licences: "Open-source licences",
    privacy: "The page itself is kept in this browser, so that it opens without the network; your data is not, unless you \
              ask for that. The service worker that hands the page out refuses requests to other hosts, as the policy \
              does. Whenever the page is opened, the browser asks the page's own host for a new version; it is used when \
              you press Update, not before.",
};
