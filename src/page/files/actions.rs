use leptos::prelude::*;

use crate::page::dom::{El, button, el};
use crate::page::save::{copy, save};
use crate::page::session::Session;
use crate::text::{Catalogue, account_text};

/// What can be taken away from the panel.
pub(crate) fn actions(t: &'static Catalogue, session: Session) -> El {
    let account = move || {
        session.files.with_untracked(|files| {
            files.iter().map(|file| account_text(t, &file.account)).collect::<Vec<_>>().join("\n")
        })
    };
    let copied = move || {
        copy(&account());
        session.announce(t.files.copied);
    };
    let download = move || save("mailflow-account.txt", "text/plain", &account());
    el("div")
        .class("buttons")
        .add(button(t.files.copy, copied))
        .add(button(t.files.download_account, download))
        .add(button(t.files.download_figures, move || session.save_figures()))
        .add(button(t.start.start_over, move || session.start_over()).class("last"))
}
