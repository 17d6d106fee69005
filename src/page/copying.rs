//! Text for the clipboard, and what becomes of it where that is forbidden.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::dom::{El, button, el, text_el};
use super::save::{copied, save};
use super::session::Session;
use super::shell::{Item, Picture, icon, menu};
use crate::export::{Cell, csv, markdown, tsv};
use crate::messages::{Request, TableForm};
use crate::text::Catalogue;

/// A text that the clipboard did not take, and what it is called as a file.
pub(crate) type Uncopied = RwSignal<Option<(String, String)>>;

/// "Copy", beside a table: as text or as Markdown.
pub(crate) fn copy_menu(
    t: &'static Catalogue,
    session: Session,
    of: &str,
    request: impl Fn(TableForm) -> Request + 'static,
) -> El {
    let copy: Rc<dyn Fn(TableForm)> = Rc::new(move |form| session.ask_for(request(form)));
    copies(t, of, &copy)
}

/// A table that the page has itself: its heads and its rows.
pub(crate) type OwnTable = (Vec<String>, Vec<Vec<Cell<'static>>>);

/// "Copy", of a table that the page has itself; `name` is that of the file which
/// is offered where the browser forbids it, up to its ending.
pub(crate) fn copy_own(
    t: &'static Catalogue,
    session: Session,
    of: &str,
    name: &'static str,
    table: impl Fn() -> OwnTable + 'static,
) -> El {
    // One code for all tables.
    let table: Box<dyn Fn() -> OwnTable> = Box::new(table);
    let copy: Rc<dyn Fn(TableForm)> = Rc::new(copier(t, session, name, table));
    copies(t, of, &copy)
}

fn copier(
    t: &'static Catalogue,
    session: Session,
    name: &'static str,
    table: Box<dyn Fn() -> OwnTable>,
) -> impl Fn(TableForm) {
    move |form| {
        let (heads, rows) = table();
        let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
        let said = (t.audit.copied)(rows.len() as u64, 0);
        let rows = &mut rows.into_iter();
        let (text, ending) = if form == TableForm::Markdown {
            (markdown(&heads, rows), ".md")
        } else {
            (tsv(&heads, rows), ".txt")
        };
        session.copy(text, said, [name, ending].concat());
    }
}

/// The same table as a CSV file.
pub(crate) fn save_own(name: &str, (heads, rows): OwnTable) {
    let heads: Vec<&str> = heads.iter().map(String::as_str).collect();
    save(&[name, ".csv"].concat(), "text/csv", &csv(&heads, &mut rows.into_iter()));
}

fn copies(t: &'static Catalogue, of: &str, copy: &Rc<dyn Fn(TableForm)>) -> El {
    let item = |form: TableForm| -> Box<dyn Fn()> {
        let copy = Rc::clone(copy);
        Box::new(move || copy(form))
    };
    let items: [Item; 2] = [
        (t.audit.copy_text, item(TableForm::Clipboard)),
        (t.audit.copy_markdown, item(TableForm::Markdown)),
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
