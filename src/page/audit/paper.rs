//! The document.

use leptos::prelude::*;

use super::Asked;
use super::asked::Part;
use super::basis::basis;
use super::figures::{charts, clients, connectors, peers, summary};
use super::form::title;
use super::reported::reported;
use super::work::{findings, readiness};
use crate::mail::utc;
use crate::page::dates::with_covered;
use crate::page::dom::{El, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{fictitious, row_head};
use crate::report::{Audit, Field, Ignored, Period};
use crate::text::Catalogue;

/// All of it. Its texts follow the form while the person types.
pub(super) fn paper(t: &'static Catalogue, session: Session, audit: &Audit, made: u32) -> El {
    // Built anew for what is shown, but not for what is typed into the cover.
    let sections = Memo::new(move |_| {
        let asked = session.auditing.asked();
        (asked.without, asked.digests)
    });
    let paper = el("article")
        .class("paper")
        .attr("aria-label", t.audit.preview)
        .add(cover(t, session, audit, made));
    let audit = audit.clone();
    paper.lives(move || {
        let (without, digests) = sections.get();
        let asked = Asked { without, digests, ..Asked::default() };
        let mut parts = summary(t, &audit);
        if asked.has(Part::Charts) {
            parts.extend(charts(t, &audit));
        }
        if asked.has(Part::Connectors) {
            parts.push(connectors(t, &audit));
        }
        if asked.has(Part::Clients) {
            parts.push(clients(t, &audit));
        }
        if asked.has(Part::Findings) {
            parts.push(findings(t, &audit));
        }
        parts.extend(readiness(t, &audit));
        if asked.has(Part::Peers) {
            parts.extend(peers(t, &audit));
        }
        if asked.has(Part::TlsReports) {
            parts.extend(reported(t, &audit));
        }
        if asked.has(Part::Basis) {
            parts.push(basis(t, session, &audit, digests));
        }
        parts
    })
}

/// Title, organization, days, and what made it.
fn cover(t: &'static Catalogue, session: Session, audit: &Audit, made: u32) -> El {
    let w = &t.audit;
    let auditing = session.auditing;
    let organization = move || {
        let asked = auditing.asked();
        let named = asked.organization.trim().to_owned();
        if named.is_empty() { session.open_organization() } else { named }
    };
    let heading = el("h2").live_text(move || title(t, &auditing.asked()));
    let whose = move || {
        let name = organization();
        (!name.is_empty()).then(|| text_el("p", &name).class("paper-organization"))
    };
    let line = |name: &str, text: &str| el("tr").add(row_head(name, "")).add(text_el("td", text));
    let lines = el("tbody")
        .add(line(w.period, &period_of(t, audit)))
        .add(line(w.made, &format!("{} UTC", utc(made))))
        .add(line(w.program, &format!("mailflow {}", version())));
    let filter = &audit.query.filter;
    let filtered = (!filter.is_empty()).then(|| {
        el("div")
            .class("paper-filter")
            .add(el("p").add(text_el("b", t.filters.filtered)).text(&t.filter_sentence(filter)))
            .attr("dir", "auto")
            .add(text_el("p", w.filtered_note))
    });
    el("header")
        .class("paper-cover")
        .add(heading)
        .live(whose)
        .live(move || fictitious(t, session))
        .add(el("table").class("paper-lines").add(lines))
        .adds(filtered)
        .add(text_el("p", w.made_here))
}

/// The days of all that the document tells.
fn period_of(t: &'static Catalogue, audit: &Audit) -> String {
    let periods =
        [audit.flow.map(|flow| flow.period), audit.connectors.period, audit.senders.period];
    let days = periods.into_iter().flatten().map(|period| (period.first, period.last));
    let days = days.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
    days.map_or_else(
        || t.report.none_in_period.to_owned(),
        |(first, last)| format!("{} (UTC)", t.days_between(first, last)),
    )
}

/// Version and build, which tools/finish.mjs writes into the page.
fn version() -> String {
    let parts = document().get_element_by_id("parts").and_then(|parts| parts.text_content());
    let parts = parts.unwrap_or_default();
    let version = parts.split_once("\"version\":\"").and_then(|(_, rest)| rest.split_once('"'));
    version.map_or_else(|| env!("CARGO_PKG_VERSION").to_owned(), |(version, _)| version.to_owned())
}

/// A section of the document.
pub(super) fn section(title: &str) -> El {
    el("section").class("paper-section").add(text_el("h3", title))
}

/// The days of a section, and whether the files cover them all.
pub(super) fn days(t: &'static Catalogue, period: Option<Period>) -> El {
    let Some(period) = period else { return text_el("p", t.audit.no_data) };
    let days = format!("{} (UTC)", t.days_between(period.first, period.last));
    text_el("p", &with_covered(t, days, &period)).class("period")
}

/// What of the filter is not applied to a section, and that nothing passes.
pub(super) fn filtered(
    t: &'static Catalogue,
    audit: &Audit,
    messages: u64,
    ignored: &[(Field, Ignored)],
) -> Vec<El> {
    let sentences = t.ignored_sentences(ignored);
    let mut parts: Vec<El> =
        sentences.iter().map(|text| text_el("p", text).class("note")).collect();
    if messages == 0 && !audit.query.filter.is_empty() {
        parts.push(text_el("p", &[t.filters.nothing_passes, "."].concat()));
    }
    parts
}

/// That there are more rows than are printed.
pub(super) fn more(t: &'static Catalogue, more: u64) -> Option<El> {
    (more > 0).then(|| text_el("p", &(t.audit.more)(more)).class("weak"))
}
