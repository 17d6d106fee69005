use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::audit::audit;
use super::chart::patterns;
use super::copying::uncopied;
use super::dashboard::{dashboard, flyouts};
use super::dom::{El, el};
use super::keys::{Keys, key_list};
use super::language::preferred;
use super::mapping::asking;
use super::offline::{footer, news};
use super::organizations::{grouping, not_there};
use super::readiness::{readiness, row_flyout};
use super::report::{details_flyout, filter_dialog, report, request_report};
use super::saving::{kept_bar, save_dialog};
use super::session::Session;
use super::settings::settings;
use super::shell::{
    Pickers, TITLE_ID, connect, drop_target, header, live_region, navigation, notice, paste,
    paste_target, progress, token,
};
use super::start::start;
use crate::report::ReportKind;

/// Puts the whole page into `root`.
pub(super) fn app(root: El) {
    let session = Session::new(preferred());
    speak(session);
    follow_address(session);
    paste_target(session);
    let keys = Keys::new();
    let pickers = Pickers::new(session);
    let inputs = pickers.inputs();
    let busy = Memo::new(move |_| session.reading.with(Option::is_some));
    let kind = session.reports.kind();
    let ready = session.readiness.is_shown();
    let auditing = session.auditing.is_shown();
    let main = el("main")
        .live(move || progress(session, busy, "progress-title"))
        .live(move || notice(session))
        .live(move || news(session))
        .live(move || uncopied(session))
        .live(move || kept_bar(session))
        .live(move || not_there(session.texts(), session))
        .live(move || Some(body(session, (kind, ready, auditing), &pickers)));
    let page = root
        .add(patterns())
        .adds(inputs)
        .add(header(session, keys))
        .live(move || navigation(session))
        .add(main)
        .add(footer(session))
        .live(move || flyouts(session))
        .live(move || details_flyout(session))
        .live(move || row_flyout(session))
        .live(move || request_report(session))
        .live(move || filter_dialog(session))
        .live(move || asking(session))
        .live(move || settings(session))
        .live(move || save_dialog(session))
        .live(move || grouping(session))
        .live(move || connect(session))
        .live(move || token(session))
        .live(move || paste(session))
        .live(move || key_list(session, keys))
        .add(live_region(session))
        .add(drop_target(session));
    drop(page);
}

/// Built anew when the language changes, so that no text is left behind.
fn body(
    session: Session,
    (kind, ready, auditing): (Memo<Option<ReportKind>>, Memo<bool>, Memo<bool>),
    pickers: &Pickers,
) -> El {
    let t = session.texts();
    if !session.started.get() {
        return start(t, session, pickers);
    }
    match kind.get() {
        None if ready.get() => readiness(t, session),
        None if auditing.get() => audit(t, session),
        None => dashboard(t, session, pickers),
        Some(kind) => report(t, session, kind),
    }
}

/// Keeps the document's own language in step.
fn speak(session: Session) {
    Effect::new(move |_| {
        let t = session.texts();
        session.ask_report();
        if let Some(root) = document().document_element() {
            root.set_attribute("lang", t.tag).unwrap_or_default();
        }
    });
}

/// Keeps the view in step with the address, and the focus with the view.
fn follow_address(session: Session) {
    session.go();
    let listener = window_event_listener(leptos::ev::hashchange, move |_| {
        session.go();
    });
    on_cleanup(move || listener.remove());
    let kind = session.reports.kind();
    let (ready, auditing) = (session.readiness.is_shown(), session.auditing.is_shown());
    Effect::new(move |before: Option<(Option<ReportKind>, bool, bool, bool)>| {
        let now = (kind.get(), ready.get(), auditing.get(), session.started.get());
        if before.is_some_and(|before| before != now) {
            request_animation_frame(focus_title);
        }
        now
    });
}

/// Puts the focus on the view's title: what had it is gone, or is skipped.
pub(super) fn focus_title() {
    let title = document().get_element_by_id(TITLE_ID);
    if let Some(title) = title.and_then(|title| title.dyn_into::<HtmlElement>().ok()) {
        title.focus().unwrap_or_default();
    }
}
