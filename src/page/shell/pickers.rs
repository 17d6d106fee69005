use leptos::html;
use leptos::prelude::*;
use web_sys::HtmlInputElement;

use crate::page::reading::Found;
use crate::page::session::Session;

/// The page's two file inputs, which its buttons open.
#[derive(Clone, Copy)]
pub(crate) struct Pickers {
    files: NodeRef<html::Input>,
    folder: NodeRef<html::Input>,
}

impl Pickers {
    /// Inputs that are not on the page yet.
    pub(crate) fn new() -> Self {
        Self { files: NodeRef::new(), folder: NodeRef::new() }
    }

    /// The inputs: files first, folder second. Names and kinds do not matter,
    /// so neither has an `accept`.
    pub(crate) fn inputs(self, session: Session) -> impl IntoView {
        self.folder.on_load(|input| input.set_webkitdirectory(true));
        view! {
            <input
                type="file"
                multiple
                hidden
                node_ref=self.files
                on:change=move |_| chosen(session, self.files)
            />
            <input
                type="file"
                multiple
                hidden
                node_ref=self.folder
                on:change=move |_| chosen(session, self.folder)
            />
        }
    }

    /// Asks the person for files.
    pub(crate) fn browse(self) {
        click(self.files);
    }

    /// Asks the person for a folder.
    pub(crate) fn browse_folder(self) {
        click(self.folder);
    }
}

fn click(input: NodeRef<html::Input>) {
    if let Some(input) = input.get_untracked() {
        input.click();
    }
}

fn chosen(session: Session, input: NodeRef<html::Input>) {
    let Some(input) = input.get_untracked() else { return };
    let input: HtmlInputElement = input;
    if let Some(files) = input.files().filter(|files| files.length() > 0) {
        session.hand_in(Found::in_input(&files));
    }
    // So that the same file can be chosen again.
    input.set_value("");
}
