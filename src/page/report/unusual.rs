use leptos::prelude::*;

use super::filter::of_all;
use crate::page::dates::written;
use crate::page::dom::{El, button, el, text_el};
use crate::page::session::Session;
use crate::page::shell::{Picture, panel};
use crate::report::{Finding, Subject, Unusual};
use crate::text::Catalogue;

/// How many findings are shown before the person asks for more.
const STEP: usize = 20;

/// Unusual activity (RP-03): each finding in one sentence with its figures,
/// and a way to what is known of the sender.
pub(super) fn unusual(t: &'static Catalogue, session: Session) -> El {
    let limit = RwSignal::new(STEP);
    let section = panel("panel unusual", "unusual-title", Picture::Warning, t.report.unusual);
    let note = text_el("p", t.report.unusual_note).class("weak");
    section.add(note).adds(of_all(t, session.reports)).lives(move || {
        session.reports.unusual.with(|unusual| match unusual {
            Some(unusual) => findings(t, session, unusual, limit),
            None => vec![text_el("p", t.report.looking)],
        })
    })
}

fn findings(
    t: &'static Catalogue,
    session: Session,
    unusual: &Unusual,
    limit: RwSignal<usize>,
) -> Vec<El> {
    let mut parts = Vec::new();
    // Where the period is long, its first days are the past of its last.
    let known = unusual.history + unusual.period.map_or(0, |period| period.covered);
    if unusual.history < 14 && known < 28 {
        parts.push(text_el("p", &(t.report.little_history)(unusual.history)).class("weak"));
    }
    if unusual.findings.is_empty() {
        parts.push(text_el("p", t.report.nothing_unusual));
        return parts;
    }
    let shown = limit.get();
    let list = unusual.findings.iter().take(shown).map(|finding| one(t, session, finding));
    parts.push(el("ul").adds(list));
    let hidden = unusual.findings.len().saturating_sub(shown);
    if hidden > 0 {
        let label = (t.files.more)(hidden.min(STEP) as u64);
        parts.push(button(&label, move || limit.update(|limit| *limit += STEP)));
    } else if unusual.more > 0 {
        parts.push(text_el("p", &(t.report.more)(unusual.more)).class("weak"));
    }
    parts
}

fn one(t: &'static Catalogue, session: Session, finding: &Finding) -> El {
    let subject = Subject::Sender(finding.address.clone(), finding.domain.clone());
    let open = button(t.sender_name(finding), move || {
        session.ask_for(session.reports.look_at(subject.clone()));
    });
    el("li")
        .add(open.class("link row-name").attr("dir", "auto"))
        .add(text_el("p", &t.finding_sentence(finding, &written(t, finding.day))))
}
