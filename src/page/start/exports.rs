use crate::page::dom::{El, el, text_el};
use crate::page::shell::{Picture, disclosure, panel};
use crate::text::{Catalogue, Export};

/// Which exports are understood, and how to get each.
pub(crate) fn exports(t: &'static Catalogue) -> El {
    let groups = t.start.exports.iter().map(|group| {
        el("div")
            .class("exports")
            .add(text_el("h3", group.maker))
            .adds(group.exports.iter().map(|export| entry(t, export)))
    });
    panel("panel", "exports-title", Picture::File, t.start.exports_title)
        .add(text_el("p", t.start.exports_intro))
        .add(el("div").class("makers").adds(groups))
}

fn entry(t: &'static Catalogue, export: &Export) -> El {
    let name = text_el("b", export.name);
    let summary = el("span").add(name).add(text_el("span", export.tells).class("weak"));
    let steps = el("ol").adds(export.steps.iter().map(|step| text_el("li", step)));
    let mut body = el("div").class("details-body").add(steps);
    if let Some(command) = export.command {
        body = body.add(text_el("p", t.start.command)).add(el("p").add(text_el("code", command)));
    }
    disclosure(summary, body)
}
