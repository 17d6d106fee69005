//! What other organizations report (RFC 8460), as the dashboard has it.

use super::paper::{more, section};
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{cell, column, row_head, table};
use crate::report::{Audit, SessionLines, TlsDomain};
use crate::text::Catalogue;

/// The section; `None` where no file has such reports.
pub(super) fn reported(t: &'static Catalogue, audit: &Audit) -> Option<El> {
    let reports = audit.tls_reports.as_ref()?;
    let part = section(t.tls_reports.title);
    if reports.domains.is_empty() {
        return Some(part.add(text_el("p", t.audit.no_data)));
    }
    // Sessions have nothing that could be filtered by.
    let of_all = (!audit.query.filter.is_empty()).then(|| text_el("p", t.filters.of_all));
    let domains = reports.domains.iter().flat_map(|of| domain(t, of));
    let part = part.add(text_el("p", t.tls_reports.note).class("weak")).adds(of_all);
    Some(part.adds(domains).adds(more(t, reports.more)))
}

fn domain(t: &'static Catalogue, of: &TlsDomain) -> Vec<El> {
    let w = &t.tls_reports;
    let title = [&*of.domain, " \u{b7} ", &t.policy(of)].concat();
    let days = format!("{} (UTC)", t.days_between(of.days.0, of.days.1));
    let mut parts = vec![
        text_el("h4", &title).attr("dir", "auto"),
        text_el("p", &days).class("period"),
        text_el("p", &(w.sentence)(of.sessions)),
    ];
    if of.modes.list.len() > 1 {
        let mode = |mode: &str| (w.mode)(mode);
        parts.extend(lines(t, &title, [w.by_mode, w.policy], &of.modes, &mode));
    }
    let own = |name: &str| name.to_owned();
    parts.extend(lines(t, &title, [w.by_organization, w.organization], &of.organizations, &own));
    if of.failures.list.is_empty() {
        return parts;
    }
    parts.push(text_el("h5", w.failures));
    parts.extend(of.refuses().then(|| text_el("p", w.not_delivered)));
    let rows = of.failures.list.iter().map(|(kind, _, sessions)| {
        let [name, meaning, todo] = t.failure(kind);
        let code = (name != kind && !kind.is_empty())
            .then(|| text_el("span", kind).class("weak second").attr("dir", "auto"));
        line(name, code)
            .add(cell(&t.count(sessions.failed), "figure"))
            .add(cell(&[meaning, " ", todo].concat(), ""))
    });
    let head = [(t.audit.result, ""), (w.failed, "figure"), (t.audit.meaning, "")];
    let head = head.map(|(name, class)| column(name, class));
    parts.push(table(&[w.failures, ": ", &title].concat(), "grid small", head, rows));
    parts.extend(more(t, of.failures.more));
    parts
}

fn line(name: &str, second: Option<El>) -> El {
    let head = row_head("", "name").add(text_el("bdi", name)).adds(second);
    el("tr").add(head)
}

/// Sessions by organization, or by mode.
fn lines(
    t: &'static Catalogue,
    of: &str,
    [title, name]: [&str; 2],
    lines: &SessionLines,
    name_of: &dyn Fn(&str) -> String,
) -> Vec<El> {
    let w = &t.tls_reports;
    let rows = lines.list.iter().map(|(name, _, of)| {
        let share = of.failed_share().map(|share| t.exact_percent(share)).unwrap_or_default();
        let figures = [t.count(of.successful), t.count(of.failed), share];
        line(&name_of(name), None).adds(figures.map(|text| cell(&text, "figure")))
    });
    let figures = [w.successful, w.failed, w.share_failed].map(|name| column(name, "figure"));
    let head = [column(name, "")].into_iter().chain(figures);
    let label = [title, ": ", of].concat();
    let mut parts = vec![text_el("h5", title), table(&label, "grid small", head, rows)];
    parts.extend(more(t, lines.more));
    parts
}
