use crate::page::chart::{Slice, pie, slices};
use crate::page::dom::{El, el, svg_el, text_el};
use crate::page::shell::{column, drawing, row_head};
use crate::report::TlsCounts;
use crate::text::Catalogue;

/// A heading with a rule and what it means, the pie, and beside it a row for
/// each TLS state (OI-07, OI-08, SA-02).
pub(super) fn tls_usage(
    t: &'static Catalogue,
    name: &'static str,
    definition: Option<&'static str>,
    counts: &TlsCounts,
) -> El {
    let pie = if counts.volume() > 0 {
        pie(t, name, counts)
    } else {
        text_el("p", t.flyout.none).class("weak pie-none")
    };
    let head = el("tr").add(column(t.flyout.state, "")).add(column(t.flyout.count, ""));
    let volume = text_el("td", &t.count(counts.volume()));
    let body = el("tbody")
        .adds(slices(t, counts).iter().map(|slice| row(t, slice)))
        .add(el("tr").class("total").add(row_head(t.flyout.volume, "")).add(volume));
    let table = el("table")
        .class("usage-rows")
        .add(text_el("caption", name).class("visually-hidden"))
        .add(el("thead").class("visually-hidden").add(head))
        .add(body);
    let base = (counts.recorded() < counts.volume())
        .then(|| text_el("p", &(t.tls.percentages_of)(counts.recorded())).class("weak"));
    let columns = el("div").class("usage-columns").add(pie).add(el("div").add(table).adds(base));
    el("section")
        .class("usage")
        .add(text_el("h3", name))
        .adds(definition.map(|definition| text_el("p", definition)))
        .add(columns)
}

fn row(t: &'static Catalogue, slice: &Slice) -> El {
    let weak = |text, class| text_el("span", text).class(class);
    let mark = slice.most_secure.then(|| weak(t.tls.most_secure, "weak"));
    let explained = slice.explained.map(|text| weak(text, "weak explained"));
    let name = text_el("span", slice.name).text(" ").adds(mark).text(" ").adds(explained);
    let head = row_head("", "").add(el("div").add(swatch(slice)).add(name));
    el("tr").add(head).add(text_el("td", &t.count(slice.messages)))
}

/// A sample of a slice's colour and pattern.
fn swatch(slice: &Slice) -> El {
    let square = |class| {
        svg_el("rect").class(class).attr("width", "120").attr("height", "120").attr("rx", "20")
    };
    let pattern = slice.pattern().map(|fill| square("chart-pattern").attr("fill", fill));
    drawing("swatch", "0 0 120 120", 12).add(square(slice.class())).adds(pattern)
}
