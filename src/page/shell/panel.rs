use super::{Picture, icon};
use crate::page::dom::{El, el};

/// A section of a page, by its title.
pub(crate) fn panel(class: &str, id: &str, picture: Picture, title: &str) -> El {
    let heading = el("h2").attr("id", id).add(icon(picture)).text(" ").text(title);
    el("section").class(class).attr("aria-labelledby", id).add(heading)
}
