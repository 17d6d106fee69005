use super::{Picture, icon};
use crate::page::dom::{El, el};

/// A `details` with a chevron, what is always seen, and the rest.
pub(crate) fn disclosure(summary: El, rest: El) -> El {
    el("details").add(el("summary").add(icon(Picture::Chevron)).text(" ").add(summary)).add(rest)
}
