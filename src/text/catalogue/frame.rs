//! What frames every view, and every dialog.

/// What frames every view.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Shell {
    /// What the links to all views are called together.
    pub views: &'static str,
    pub dashboard: &'static str,
    pub title: &'static str,
    pub language: &'static str,
    pub drop_to_read: &'static str,
    pub fictitious: &'static str,
    pub partly_fictitious: &'static str,
    pub dismiss: &'static str,
    pub back: &'static str,
    pub loading: &'static str,
}

/// Buttons of dialogs.
#[expect(missing_docs, reason = "each is the text of that name")]
pub struct Dialogs {
    pub close: &'static str,
}
