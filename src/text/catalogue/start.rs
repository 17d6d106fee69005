//! The first screen: what the page is, which exports it reads, and what
//! happens to the data.

/// The first screen.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Start {
    pub what_this_is: &'static str,
    pub drop_here: &'static str,
    pub drop_kinds: &'static str,
    /// Name of a text that was pasted.
    pub pasted: &'static str,
    pub browse: &'static str,
    pub browse_folder: &'static str,
    pub try_sample: &'static str,
    pub sample_note: &'static str,
    pub exports_title: &'static str,
    pub exports_intro: &'static str,
    pub exports: &'static [ExportGroup],
    pub command: &'static str,
    pub add_files: &'static str,
    pub dashboard_title: &'static str,
    pub start_over: &'static str,
}

/// The exports of one maker, or of one kind.
pub struct ExportGroup {
    /// Whose they are.
    pub maker: &'static str,
    /// Each of them.
    pub exports: &'static [Export],
}

/// An export that is understood, and how to get it.
pub struct Export {
    /// Its name, in its maker's words.
    pub name: &'static str,
    /// What it tells.
    pub tells: &'static str,
    /// How to get it.
    pub steps: &'static [&'static str],
    /// The same as a command, or one that helps.
    pub command: Option<&'static str>,
}

/// What happens to the data.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Privacy {
    pub title: &'static str,
    pub promise: &'static str,
    pub how: &'static str,
    pub limits: &'static str,
    /// Of a page that has an endpoint.
    pub endpoint: &'static str,
    pub show_policy: &'static str,
    pub no_policy: &'static str,
}

/// Reading a pasted text.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Paste {
    pub open: &'static str,
    pub title: &'static str,
    pub label: &'static str,
    pub help: &'static str,
    pub read: &'static str,
    pub nothing: &'static str,
    pub too_long: &'static str,
    /// The name of the file that is made of it.
    pub name: &'static str,
    pub hint: &'static str,
}
