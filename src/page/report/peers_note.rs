use crate::page::dom::{El, text_el};
use crate::report::{Report, ReportKind};
use crate::text::Catalogue;

/// What is to be known of the figures of who is on the other side: of how many
/// messages that is not recorded, and what counts as Direct Send.
pub(super) fn peers_note(t: &'static Catalogue, report: &Report, table: bool) -> Vec<El> {
    let kind = report.query.report;
    let mut notes = Vec::new();
    if kind == ReportKind::DirectSend {
        let domains = report.own_domains.join(", ");
        let domains = (t.settings.own_domains_are)(&domains, report.domains_guessed);
        notes.push([t.peers.direct_note, " ", &domains, "."].concat());
        notes.extend(table.then(|| t.peers.sure_note.to_owned()));
    }
    if report.unnamed > 0 {
        let said = match kind {
            ReportKind::Domains => t.peers.no_domain,
            ReportKind::Hosts => t.peers.no_host,
            _ => t.peers.no_client,
        };
        notes.push(said(report.unnamed, report.counts.volume()));
    }
    notes.iter().map(|note| text_el("p", note).class("weak")).collect()
}
