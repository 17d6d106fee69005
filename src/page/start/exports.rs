use crate::page::dom::{El, el, text_el};
use crate::page::shell::{Picture, disclosure, panel};
use crate::text::Catalogue;

/// Which exports are understood, and how to get each.
pub(crate) fn exports(t: &'static Catalogue) -> El {
    let exports = t.start.exports.iter().map(|export| {
        let name = text_el("b", export.name);
        let summary = el("span").add(name).add(text_el("span", export.tells).class("weak"));
        let steps = el("ol").adds(export.steps.iter().map(|step| text_el("li", step)));
        let mut body = el("div").class("details-body").add(steps);
        if let Some(command) = export.command {
            body =
                body.add(text_el("p", t.start.command)).add(el("p").add(text_el("code", command)));
        }
        disclosure(summary, body)
    });
    panel("panel", "exports-title", Picture::File, t.start.exports_title)
        .add(text_el("p", t.start.exports_intro))
        .adds(exports)
}
