use super::{Picture, icon};
use crate::page::dom::{El, el};

/// A section of a page, by its title.
pub(crate) fn panel(class: &str, id: &str, picture: Picture, title: &str) -> El {
    headed(class, id, heading(id, picture, title))
}

/// The title of a section.
pub(crate) fn heading(id: &str, picture: Picture, title: &str) -> El {
    el("h2").attr("id", id).add(icon(picture)).text(" ").text(title)
}

/// A section with its heading, whose id is `id`.
pub(crate) fn headed(class: &str, id: &str, heading: El) -> El {
    el("section").class(class).attr("aria-labelledby", id).add(heading)
}
