use crate::page::dom::{El, el, text_el};
use crate::page::shell::disclosure;
use crate::text::Catalogue;

/// "How messages are counted".
pub(crate) fn counting(t: &'static Catalogue) -> El {
    let points = t
        .counting
        .points
        .iter()
        .map(|(head, body)| el("li").add(text_el("b", head)).text(" ").add(text_el("p", body)));
    disclosure(text_el("h3", t.counting.title), el("ol").adds(points)).class("counting")
}
