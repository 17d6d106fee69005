use leptos::prelude::window;

use crate::text::Language;

/// The language of the catalogue that the browser's owner likes best.
pub(super) fn preferred() -> Language {
    let tags = window().navigator().languages();
    let tags = tags.iter().filter_map(|tag| tag.as_string()).collect::<Vec<_>>();
    Language::preferred(tags.iter().map(String::as_str))
}
