use leptos::prelude::*;

use crate::mail::TlsState;
use crate::report::{Share, TlsCounts};
use crate::text::Catalogue;

/// A cell of a TLS state: `100% (472)`, of what is recorded.
pub(super) fn tls_cell(t: &'static Catalogue, counts: &TlsCounts, state: TlsState) -> AnyView {
    share_cell(t, counts.get(state), counts.share(state))
}

/// The cell of "Other TLS".
pub(super) fn other_cell(t: &'static Catalogue, counts: &TlsCounts) -> AnyView {
    share_cell(t, counts.other(), Share::of(counts.other(), counts.recorded()))
}

/// The cell of "Not recorded", which has no percentage.
pub(super) fn silent_cell(t: &'static Catalogue, counts: &TlsCounts) -> AnyView {
    let silent = counts.get(TlsState::NotRecorded);
    view! { <td class="figure" class:zero=silent == 0>{t.count(silent)}</td> }.into_any()
}

fn share_cell(t: &'static Catalogue, messages: u64, share: Option<Share>) -> AnyView {
    let text = share.map_or_else(
        || "\u{2013}".to_owned(),
        |s| format!("{} ({})", t.percent(s), t.count(messages)),
    );
    view! { <td class="figure" class:zero=messages == 0>{text}</td> }.into_any()
}
