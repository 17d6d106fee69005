use leptos::prelude::*;

use crate::page::dom::{El, text_el};
use crate::page::session::Session;
use crate::text::Catalogue;

/// Marks figures that are of the sample, or partly so.
pub(crate) fn fictitious(t: &'static Catalogue, session: Session) -> Option<El> {
    let text = session.files.with(|files| {
        let sample = files.iter().filter(|row| row.account.fictitious).count();
        if sample == 0 {
            None
        } else if files.iter().all(|row| row.account.fictitious || row.account.messages == 0) {
            Some(t.shell.fictitious)
        } else {
            Some(t.shell.partly_fictitious)
        }
    });
    text.map(badge)
}

/// The mark itself.
pub(crate) fn badge(text: &str) -> El {
    text_el("strong", text).class("badge fictitious")
}
