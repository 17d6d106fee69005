use super::slices::{Slice, slices};
use crate::mail::TlsState;
use crate::page::dom::{El, el, svg_el, text_el};
use crate::page::shell::{column, drawing, row_head};
use crate::report::TlsCounts;
use crate::text::Catalogue;

/// A row for each TLS state, and one for all messages (OI-08), with a note
/// where some are rounded.
pub(crate) fn tls_rows(t: &'static Catalogue, name: &str, counts: &TlsCounts) -> El {
    let head = el("tr").add(column(t.flyout.state, "")).add(column(t.flyout.count, ""));
    let volume = text_el("td", &t.count(counts.volume()));
    let body = el("tbody")
        .adds(slices(t, counts).iter().map(|slice| row(t, slice)))
        .add(el("tr").class("total").add(row_head(t.flyout.volume, "")).add(volume));
    let note = counts.any_rounded().then(|| text_el("p", t.tls.rounded).class("weak"));
    let table = el("table")
        .class("usage-rows")
        .add(text_el("caption", name).class("visually-hidden"))
        .add(el("thead").class("visually-hidden").add(head))
        .add(body);
    el("div").add(table).adds(note)
}

/// What the colours of drawings of `counts` stand for.
pub(crate) fn tls_legend(t: &'static Catalogue, counts: &TlsCounts) -> El {
    let shown = slices(t, counts).into_iter().filter(|slice| slice.messages > 0);
    let items = shown.map(|slice| el("li").add(swatch(&slice)).add(text_el("span", slice.name)));
    el("ul").class("tls-legend").adds(items)
}

/// The TLS states that have a row of their own, and what they are called.
pub(crate) fn state_names(t: &Catalogue) -> [(TlsState, &'static str); 5] {
    [
        (TlsState::NoTls, t.tls.none),
        (TlsState::V1_0, t.tls.v1_0),
        (TlsState::V1_1, t.tls.v1_1),
        (TlsState::V1_2, t.tls.v1_2),
        (TlsState::V1_3, t.tls.v1_3),
    ]
}

fn row(t: &'static Catalogue, slice: &Slice) -> El {
    let weak = |text, class| text_el("span", text).class(class);
    let mark = slice.most_secure.then(|| weak(t.tls.most_secure, "weak"));
    let explained = slice.explained.map(|text| weak(text, "weak explained"));
    let name = text_el("span", slice.name).text(" ").adds(mark).text(" ").adds(explained);
    let head = row_head("", "").add(el("div").add(swatch(slice)).add(name));
    el("tr").add(head).add(text_el("td", &slice.number(t)))
}

/// A sample of a slice's colour and pattern.
fn swatch(slice: &Slice) -> El {
    let square = |class| {
        svg_el("rect").class(class).attr("width", "120").attr("height", "120").attr("rx", "20")
    };
    let pattern = slice.pattern().map(|fill| square("chart-pattern").attr("fill", fill));
    drawing("swatch", "0 0 120 120", 12).add(square(slice.class())).adds(pattern)
}
