/// Use without the network, and new versions.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Offline {
    /// Of the page in one file.
    pub from_disk: &'static str,
    pub ready: &'static str,
    pub preparing: &'static str,
    /// Where the browser keeps no page.
    pub needs_network: &'static str,
    /// That a version waits.
    pub waiting: fn(version: &str) -> String,
    pub update: &'static str,
    /// What an update costs where files were read.
    pub loses: &'static str,
    /// What it costs where the analysis is remembered.
    pub remembered: &'static str,
    /// That another tab has updated the page, while this one is of that version.
    pub replaced: fn(version: &str) -> String,
    pub reload: &'static str,
    /// The notices of those whose work is in the page.
    pub licences: &'static str,
    /// What the browser keeps, and when it asks the host.
    pub privacy: &'static str,
}
