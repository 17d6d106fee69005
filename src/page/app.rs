use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::HtmlElement;

use super::chart::Patterns;
use super::dashboard::{Dashboard, Flyouts};
use super::language::preferred;
use super::mapping::Asking;
use super::report::{ConnectorReport, SenderReport};
use super::session::Session;
use super::shell::{DropTarget, Header, LiveRegion, Notice, Pickers, Progress, TITLE_ID};
use super::start::Start;
use super::view::View;

/// The whole page.
#[component]
pub(crate) fn App() -> impl IntoView {
    let session = Session::new(preferred());
    speak(session);
    follow_address(session);
    let pickers = Pickers::new();
    view! {
        <Patterns/>
        {pickers.inputs(session)}
        <Header session=session/>
        <main>
            <Progress session=session/>
            <Notice session=session/>
            {move || body(session, pickers)}
        </main>
        <Flyouts session=session/>
        <Asking session=session/>
        <LiveRegion session=session/>
        <DropTarget session=session/>
    }
}

/// Built anew when the language changes, so that no text is left behind.
fn body(session: Session, pickers: Pickers) -> AnyView {
    let t = session.texts();
    if !session.started.get() {
        return view! { <Start t=t session=session pickers=pickers/> }.into_any();
    }
    match session.view.get() {
        View::Dashboard => view! { <Dashboard t=t session=session pickers=pickers/> }.into_any(),
        View::Connectors => view! { <ConnectorReport t=t session=session/> }.into_any(),
        View::Senders => view! { <SenderReport t=t session=session/> }.into_any(),
    }
}

/// Keeps the document's own language in step.
fn speak(session: Session) {
    Effect::new(move |_| {
        let t = session.texts();
        if let Some(root) = document().document_element() {
            root.set_attribute("lang", t.tag).unwrap_or_default();
        }
    });
}

/// Keeps the view in step with the address, and the focus with the view.
fn follow_address(session: Session) {
    session.view.set(View::current());
    let listener = window_event_listener(leptos::ev::hashchange, move |_| {
        session.go(View::current());
    });
    on_cleanup(move || listener.remove());
    Effect::new(move |before: Option<(View, bool)>| {
        let now = (session.view.get(), session.started.get());
        if before.is_some_and(|before| before != now) {
            request_animation_frame(focus_title);
        }
        now
    });
}

/// Puts the focus on the view's title: what had it is gone.
fn focus_title() {
    let title = document().get_element_by_id(TITLE_ID);
    if let Some(title) = title.and_then(|title| title.dyn_into::<HtmlElement>().ok()) {
        title.focus().unwrap_or_default();
    }
}
