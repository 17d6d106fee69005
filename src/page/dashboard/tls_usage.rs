use crate::page::chart::{pie, tls_rows};
use crate::page::dom::{El, el, text_el};
use crate::report::{Period, TlsCounts};
use crate::text::Catalogue;

/// A heading with a rule and what it means, the pie, and beside it a row for
/// each TLS state (OI-07, OI-08, SA-02).
pub(super) fn tls_usage(
    t: &'static Catalogue,
    name: &'static str,
    definition: Option<&'static str>,
    period: Option<Period>,
    counts: &TlsCounts,
) -> El {
    let pie = if counts.volume() > 0 {
        pie(t, name, period.map(|period| (period.first, period.last)), counts)
    } else {
        text_el("p", t.flyout.none).class("weak pie-none")
    };
    let table = tls_rows(t, name, counts);
    let base = (counts.recorded() < counts.volume())
        .then(|| text_el("p", &(t.tls.percentages_of)(counts.recorded())).class("weak"));
    let columns = el("div").class("usage-columns").add(pie).add(el("div").add(table).adds(base));
    el("section")
        .class("usage")
        .add(text_el("h3", name))
        .adds(definition.map(|definition| text_el("p", definition)))
        .add(columns)
}
