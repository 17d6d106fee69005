use crate::page::dom::{El, el, text_el};
use crate::text::Catalogue;

/// A link that opens in a tab of its own, and says so: what was read is gone
/// when the page goes.
pub(crate) fn window_link(t: &'static Catalogue, label: &str, href: &str) -> El {
    let window = el("span").class("visually-hidden").text(" (").text(t.flyout.new_window).text(")");
    text_el("a", label)
        .attr("href", href)
        .attr("target", "_blank")
        .attr("rel", "noreferrer noopener")
        .add(window)
}
