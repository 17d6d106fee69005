use leptos::prelude::*;

use crate::page::dom::{El, button, el};
use crate::page::save::save;
use crate::page::session::Session;
use crate::text::{Catalogue, account_text};

/// The own domains that the figures of an organization rest on, and whether
/// they were guessed; the overview has those of each.
pub(super) fn own_domains(t: &'static Catalogue, session: Session) -> Option<String> {
    session.looked_at()?;
    session.dashboard.with(|dashboard| {
        let used = &dashboard.assumptions;
        let domains = used.own_domains.join(", ");
        (!domains.is_empty()).then(|| (t.settings.own_domains_are)(&domains, used.guessed))
    })
}

/// What can be taken away from the panel.
pub(crate) fn actions(t: &'static Catalogue, session: Session) -> El {
    let account = move || {
        let files = session.files.with_untracked(|files| {
            files.iter().map(|file| account_text(t, &file.account)).collect::<Vec<_>>().join("\n")
        });
        match own_domains(t, session) {
            Some(domains) => format!("{domains}\n\n{files}"),
            None => files,
        }
    };
    let copied = move || {
        session.copy(account(), t.files.copied.to_owned(), "mailflow-account.txt".to_owned());
    };
    // Of one organization.
    let settings = move || {
        session.looked_at().map(|_| button(t.settings.open, move || session.settings.set(true)))
    };
    let figures = move || {
        session
            .looked_at()
            .map(|_| button(t.files.download_figures, move || session.save_figures()))
    };
    let download = move || save("mailflow-account.txt", "text/plain", &account());
    el("div")
        .class("buttons")
        .add(button(t.organizations.open, move || session.grouping.set(true)))
        .live(settings)
        .add(button(t.saving.open, move || session.saving.dialog.set(true)))
        .add(button(t.files.copy, copied))
        .add(button(t.files.download_account, download))
        .live(figures)
        .add(button(t.start.start_over, move || session.start_over()).class("last"))
}
