use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::view::View;
use crate::report::{ReadinessQuery, ReportKind};

/// The way to every view, once there are files.
pub(crate) fn navigation(session: Session) -> Option<El> {
    if !session.started.get() {
        return None;
    }
    let t = session.texts();
    let readiness = View::Readiness(ReadinessQuery::default());
    let report = |kind: ReportKind, title: &str| {
        let shown = Memo::new(move |_| session.reports.kind().get() == Some(kind));
        let view = move || session.reports.view_of(kind);
        link(session, title, shown.into(), view)
    };
    let of = |view: View, title: &str| {
        let own = std::mem::discriminant(&view);
        let is_own = move |now: &View| std::mem::discriminant(now) == own;
        let shown = Memo::new(move |_| session.reports.view.with(is_own));
        link(session, title, shown.into(), move || view.clone())
    };
    let shown = session.auditing.is_shown();
    let view = move || session.auditing.last_view();
    let audit = link(session, t.audit.title, shown.into(), view);
    let links = [
        of(View::Dashboard, t.shell.dashboard),
        of(readiness, t.readiness.title),
        report(ReportKind::Connectors, t.report.connector_title),
        report(ReportKind::Senders, t.report.smtp_title),
        report(ReportKind::Domains, t.peers.domains_title),
        report(ReportKind::Hosts, t.peers.hosts_title),
        report(ReportKind::DirectSend, t.peers.direct_title),
        audit,
    ];
    let items = links.map(|link| el("li").add(link));
    Some(el("nav").class("views").attr("aria-label", t.shell.views).add(el("ul").adds(items)))
}

/// A link to a view as it was last left, of the organization that is looked at.
fn link(
    session: Session,
    title: &str,
    shown: Signal<bool>,
    view: impl Fn() -> View + 'static,
) -> El {
    let link = text_el("a", title);
    let element = link.node().clone();
    link.live_attr("href", move || {
        session.organization.track();
        session.reports.view.track();
        Some(view().href())
    })
    .live_attr("aria-current", move || shown.get().then(|| "page".to_owned()))
    .whenever(move || {
        if shown.get() {
            // On a narrow screen it may be out of sight.
            let place = ScrollIntoViewOptions::new();
            place.set_inline(ScrollLogicalPosition::Nearest);
            place.set_block(ScrollLogicalPosition::Nearest);
            element.scroll_into_view_with_scroll_into_view_options(&place);
        }
    })
}
