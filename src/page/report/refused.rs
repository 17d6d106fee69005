use super::Reports;
use super::filter::of_all;
use crate::page::dom::{El, el, text_el};
use crate::page::shell::{Picture, cell, column, panel, row_head, table};
use crate::report::Refused;
use crate::text::Catalogue;

/// Refused attempts to sign in, where the files tell of any.
pub(super) fn refused(t: &'static Catalogue, reports: Reports, refused: &Refused) -> Option<El> {
    if refused.attempts == 0 {
        return None;
    }
    let name = |name: &str| if name.is_empty() { t.report.no_address } else { name }.to_owned();
    let rows = refused.list.iter().map(|(account, ip, attempts)| {
        el("tr")
            .add(row_head(&name(account), ""))
            .add(cell(if ip.is_empty() { t.tls.not_recorded } else { ip }, ""))
            .add(cell(&t.count(*attempts), "figure"))
    });
    let head = [
        column(t.report.name_tried, ""),
        column(t.report.client, ""),
        column(t.report.attempts, "figure"),
    ];
    let section = panel("panel refused", "refused-title", Picture::Key, t.report.refused);
    let section = section.adds(of_all(t, reports));
    let section = section.add(text_el("p", &(t.report.refused_sentence)(refused))).add(table(
        t.report.refused,
        "grid small",
        head,
        rows,
    ));
    let more = (refused.more > 0).then(|| text_el("p", &(t.report.more)(refused.more)));
    Some(section.adds(more))
}
