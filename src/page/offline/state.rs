use std::ops::Deref;

use js_sys::Array;
use leptos::prelude::*;
use wasm_bindgen::prelude::*;
use web_sys::File;

use crate::page::reading::is_one_file;
use crate::page::session::Session;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(thread_local_v2, js_namespace = ["window", "mailflow"], js_name = version)]
    static VERSION: String;

    // Of `public/offline.js`, in the hosted form only.
    #[wasm_bindgen(js_namespace = ["window", "mailflow", "offline"])]
    fn watch(hear: JsValue);
    #[wasm_bindgen(js_namespace = ["window", "mailflow", "offline"])]
    fn launched(hear: JsValue);
    #[wasm_bindgen(js_namespace = ["window", "mailflow", "offline"])]
    fn update();
}

/// The version of this page.
pub(super) fn version() -> String {
    VERSION.with(Clone::clone)
}

/// How the page stands to the network.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) enum State {
    /// Not known yet.
    #[default]
    Unknown,
    /// It is one file.
    OneFile,
    /// The browser does not keep it.
    NotKept,
    /// The browser is fetching what it keeps.
    Preparing,
    /// It is kept.
    Ready,
    /// It is kept, and so is another version.
    Waiting(String),
    /// Another tab put another version in its place.
    Replaced,
}

/// Handle to that; copies are the same. It lasts as long as the page.
#[derive(Clone, Copy)]
pub(crate) struct Offline(&'static Known);

impl Deref for Offline {
    type Target = Known;

    fn deref(&self) -> &Known {
        self.0
    }
}

/// What is shown.
pub(crate) struct Known {
    pub(super) state: RwSignal<State>,
    /// The person has read of the version that waits, or of the other tab.
    pub(super) dismissed: RwSignal<bool>,
}

impl Offline {
    pub(crate) fn new() -> Self {
        Self(Box::leak(Box::new(Known {
            state: RwSignal::new(State::default()),
            dismissed: RwSignal::new(false),
        })))
    }

    /// Follows the state, and takes the files that the system opens with the
    /// page.
    pub(crate) fn follow(self, session: Session) {
        if is_one_file() {
            return self.state.set(State::OneFile);
        }
        // Both last as long as the page.
        let hear = Closure::<dyn Fn(String, String)>::new(move |state: String, version: String| {
            self.hear(session, &state, version);
        });
        watch(hear.into_js_value());
        let take = Closure::<dyn Fn(Array)>::new(move |files: Array| {
            for file in files.iter().filter_map(|file| file.dyn_into::<File>().ok()) {
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a whole number"
                )]
                let bytes = file.size() as u64;
                let name = file.name();
                session.read_file(file, name, bytes);
            }
        });
        launched(take.into_js_value());
    }

    fn hear(self, session: Session, state: &str, version: String) {
        let state = match state {
            "none" => State::NotKept,
            "preparing" => State::Preparing,
            "ready" => State::Ready,
            "waiting" => State::Waiting(version),
            "replaced" => State::Replaced,
            _ => State::Unknown,
        };
        if self.state.with_untracked(|known| *known == state) {
            return;
        }
        self.dismissed.set(false);
        let t = session.language.get_untracked().texts();
        if let Some(text) = state.news(t) {
            session.announce(&text);
        }
        self.state.set(state);
    }

    /// Puts the version that waits in the place of this one, or opens what is
    /// there by now.
    pub(super) fn update() {
        update();
    }
}
