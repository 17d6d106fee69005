//! Mapping files that the person wants to be remembered on this device, by the
//! header that they are for, and filters by the names that the person gave
//! them; whether the analysis is to be remembered, which is kept by
//! [`super::saving`]; and that single keys are to do nothing. Nothing else is ever kept.

use leptos::prelude::window;
use web_sys::Storage;

/// What their keys start with.
const PREFIX: &str = "mailflow.mapping:";
/// What the keys of filters start with.
const FILTER: &str = "mailflow.filter:";
/// Says that single keys do nothing.
const NO_KEYS: &str = "mailflow.no-keys";
/// Says that the analysis is remembered.
const ANALYSIS: &str = "mailflow.analysis";

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

fn key(header: &[String]) -> String {
    format!("{PREFIX}{}", header.join("\u{1f}"))
}

/// All of them.
pub(super) fn all() -> Vec<String> {
    under(PREFIX).into_iter().map(|(_, file)| file).collect()
}

/// What is kept under keys that start so, with the rest of each key.
fn under(prefix: &str) -> Vec<(String, String)> {
    let Some(storage) = storage() else { return Vec::new() };
    (0..storage.length().unwrap_or(0))
        .filter_map(|index| storage.key(index).ok().flatten())
        .filter_map(|key| {
            let rest = key.strip_prefix(prefix)?.to_owned();
            Some((rest, storage.get_item(&key).ok().flatten()?))
        })
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
    put(&key(header), file)
}

fn put(key: &str, value: Option<&str>) -> bool {
    let Some(storage) = storage() else { return value.is_none() };
    match value {
        Some(value) => storage.set_item(key, value),
        None => storage.remove_item(key),
    }
    .is_ok()
}

/// The filters that are kept, as texts, with their names.
pub(super) fn filters() -> Vec<(String, String)> {
    under(FILTER)
}

/// Keeps a filter under a name, or forgets it; whether the browser does it.
pub(super) fn keep_filter(name: &str, filter: Option<&str>) -> bool {
    put(&[FILTER, name].concat(), filter)
}

/// Whether the person wants the analysis to be remembered.
pub(super) fn wanted() -> bool {
    storage().and_then(|storage| storage.get_item(ANALYSIS).ok().flatten()).is_some()
}

/// Keeps whether the person wants it; whether the browser does that.
pub(super) fn want(on: bool) -> bool {
    put(ANALYSIS, on.then_some("1"))
}

/// Whether single keys do something: unless the person said that they do not.
pub(super) fn has_keys() -> bool {
    storage().and_then(|storage| storage.get_item(NO_KEYS).ok().flatten()).is_none()
}

/// Keeps that, as far as the browser does it: else it holds until the page is left.
pub(super) fn want_keys(on: bool) {
    put(NO_KEYS, (!on).then_some("1"));
}
