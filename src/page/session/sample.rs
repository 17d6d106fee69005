//! The fictitious sample: on a click, or because the address of the page asks
//! for it (`?sample`).

use leptos::prelude::{GetUntracked as _, window};
use wasm_bindgen::JsValue;
use web_sys::Url;

use super::Session;

/// What asks for it. It is no part of the fragment, so it goes with every view.
const NAME: &str = "sample";

/// The page's address, if it asks for the sample.
fn asking() -> Option<Url> {
    let address = Url::new(&window().location().href().ok()?).ok()?;
    address.search_params().has(NAME).then_some(address)
}

impl Session {
    /// Reads the sample, if the address of the page asks for it.
    pub(super) fn show_sample(self) {
        if asking().is_some() {
            self.try_sample();
        }
    }

    /// The sample was asked for.
    pub(crate) fn try_sample(self) {
        self.begin();
        let t = self.language.get_untracked().texts();
        self.announce(t.reading.started_sample);
        let effects = self.intake(|intake| intake.add_sample(t.shell.fictitious.to_owned()));
        self.carry_out(effects);
        self.show_reading();
    }

    /// Whether the sample is among what was read.
    pub(crate) fn has_sample(self) -> bool {
        self.intake(|intake| intake.drops().iter().any(|drop| drop.file.is_none()))
    }
}

/// The sample is gone: the address asks for it no more, so that loading
/// the page again does not bring it back.
pub(super) fn forget() {
    let Some(address) = asking() else { return };
    address.search_params().delete(NAME);
    // A browser that refuses leaves the address as it was.
    window()
        .history()
        .and_then(|past| past.replace_state_with_url(&JsValue::NULL, "", Some(&address.href())))
        .unwrap_or_default();
}
