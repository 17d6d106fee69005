//! Mapping files that the person wants to be remembered on this device, by the
//! header that they are for. Nothing else is ever kept.

use leptos::prelude::window;
use web_sys::Storage;

/// What their keys start with.
const PREFIX: &str = "mailflow.mapping:";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(header: &[String]) -> String {
    format!("{PREFIX}{}", header.join("\u{1f}"))
}

/// All of them.
pub(super) fn all() -> Vec<String> {
    let Some(storage) = storage() else { return Vec::new() };
    (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter(|key| key.starts_with(PREFIX))
        .filter_map(|key| storage.get_item(&key).ok().flatten())
        .collect()
}

/// Whether there is one for this header.
pub(super) fn has(header: &[String]) -> bool {
    let known = storage().and_then(|storage| storage.get_item(&key(header)).ok().flatten());
    known.is_some()
}

/// Keeps the mapping file for this header, or forgets what there is; whether
/// the browser does it.
pub(super) fn keep(header: &[String], file: Option<&str>) -> bool {
    let Some(storage) = storage() else { return file.is_none() };
    match file {
        Some(file) => storage.set_item(&key(header), file),
        None => storage.remove_item(&key(header)),
    }
    .is_ok()
}
