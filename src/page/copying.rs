//! Text for the clipboard, and what becomes of it where that is forbidden.

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::{El, button, el, text_el};
use super::save::{copied, save};
use super::session::Session;
use super::shell::{Item, Picture, icon, menu};
use crate::messages::{Request, TableForm};
use crate::text::Catalogue;

/// A text that the clipboard did not take, and what it is called as a file.
pub(crate) type Uncopied = RwSignal<Option<(String, String)>>;

/// "Copy", beside a table: as text or as Markdown.
pub(crate) fn copy_menu(
    t: &'static Catalogue,
    session: Session,
    of: &str,
    request: impl Fn(TableForm) -> Request + Clone + 'static,
) -> El {
    let ask = |form: TableForm| -> Box<dyn Fn()> {
        let request = request.clone();
        Box::new(move || session.ask_for(request(form)))
    };
    let items: [Item; 2] = [
        (t.audit.copy_text, ask(TableForm::Clipboard)),
        (t.audit.copy_markdown, ask(TableForm::Markdown)),
    ];
    menu(t.audit.copy, of, items)
}

impl Session {
    /// Copies `text`, and says `said` when that is done; `name` is that of the
    /// file which is offered where the browser forbids it.
    pub(crate) fn copy(self, text: String, said: String, name: String) {
        spawn_local(async move {
            if copied(&text).await {
                self.uncopied.set(None);
                self.announce(&said);
            } else {
                self.announce(self.language.get_untracked().texts().audit.not_copied);
                self.uncopied.set(Some((name, text)));
            }
        });
    }
}

/// Offers as a file what was not copied.
pub(crate) fn uncopied(session: Session) -> Option<El> {
    let (name, text) = session.uncopied.get()?;
    let t = session.texts();
    let keep = button(t.audit.save_file, move || {
        save(&name, "text/plain", &text);
        session.uncopied.set(None);
    });
    let dismiss = button("", move || session.uncopied.set(None))
        .class("icon-button")
        .attr("aria-label", t.shell.dismiss)
        .add(icon(Picture::Close));
    let words = text_el("p", t.audit.not_copied);
    Some(el("div").class("notice").add(icon(Picture::Warning)).add(words).add(keep).add(dismiss))
}
