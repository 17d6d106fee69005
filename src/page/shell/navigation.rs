use leptos::prelude::*;
use web_sys::{ScrollIntoViewOptions, ScrollLogicalPosition};

use crate::page::dom::{El, el};
use crate::page::session::Session;
use crate::page::view::View;
use crate::report::{ReadinessQuery, ReportKind};
use crate::text::Catalogue;

/// The names of all views, in the order of their links; the place is the key of each.
pub(crate) const VIEW_NAMES: [fn(&Catalogue) -> &'static str; 8] = [
    |t| t.shell.dashboard,
    |t| t.readiness.title,
    |t| t.report.connector_title,
    |t| t.report.smtp_title,
    |t| t.peers.domains_title,
    |t| t.peers.hosts_title,
    |t| t.peers.direct_title,
    |t| t.audit.title,
];

/// The way to every view, once there are files.
pub(crate) fn navigation(session: Session) -> Option<El> {
    if !session.started.get() {
        return None;
    }
    let t = session.texts();
    let readiness = View::Readiness(ReadinessQuery::default());
    let report = |kind: ReportKind| {
        let shown = Memo::new(move |_| session.reports.kind().get() == Some(kind));
        let view = move || session.reports.view_of(kind);
        link(session, shown.into(), view)
    };
    let of = |view: View| {
        let own = std::mem::discriminant(&view);
        let is_own = move |now: &View| std::mem::discriminant(now) == own;
        let shown = Memo::new(move |_| session.reports.view.with(is_own));
        link(session, shown.into(), move || view.clone())
    };
    let shown = session.auditing.is_shown();
    let view = move || session.auditing.last_view();
    let audit = link(session, shown.into(), view);
    let links = [
        of(View::Dashboard),
        of(readiness),
        report(ReportKind::Connectors),
        report(ReportKind::Senders),
        report(ReportKind::Domains),
        report(ReportKind::Hosts),
        report(ReportKind::DirectSend),
        audit,
    ];
    let links = links.into_iter().zip(VIEW_NAMES).zip(1..);
    let items = links.map(|((link, name), key): (_, u32)| {
        el("li").add(link.text(name(t)).key(&key.to_string()))
    });
    Some(el("nav").class("views").attr("aria-label", t.shell.views).add(el("ul").adds(items)))
}

/// A link to a view as it was last left, of the organization that is looked at.
fn link(session: Session, shown: Signal<bool>, view: impl Fn() -> View + 'static) -> El {
    let link = el("a");
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
