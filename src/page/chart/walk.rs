use leptos::prelude::*;
use wasm_bindgen::JsCast as _;
use web_sys::{Event, KeyboardEvent};

use crate::page::dom::{El, el};

/// Which one of the things in a drawing is looked at, by pointer or keyboard.
#[derive(Clone, Copy)]
pub(super) struct Walk {
    /// The thing, if any.
    pub(super) at: RwSignal<Option<usize>>,
    /// What a screen reader is told.
    spoken: RwSignal<String>,
}

impl Walk {
    /// Nothing is looked at.
    pub(super) fn new() -> Self {
        Self { at: RwSignal::new(None), spoken: RwSignal::new(String::new()) }
    }

    /// Looks at what the pointer is on.
    pub(super) fn point(self, now: Option<usize>) {
        if self.at.get_untracked() != now {
            self.at.set(now);
        }
    }

    /// Lets a person focus a drawing of `count` things and walk through them;
    /// `say` tells of one.
    pub(super) fn operable(
        self,
        drawing: El,
        count: usize,
        say: impl Fn(usize) -> String + 'static,
    ) -> El {
        let press = move |event: Event| {
            if self.press(&event, count) {
                self.spoken.set(self.at.get_untracked().map(&say).unwrap_or_default());
            }
        };
        let leave = move |_| {
            self.at.set(None);
            self.spoken.set(String::new());
        };
        drawing.attr("tabindex", "0").on("keydown", press).on("blur", leave)
    }

    /// Says what the keyboard leads to. The pointer leads faster than anyone
    /// listens.
    pub(super) fn status(self) -> El {
        el("div")
            .class("visually-hidden")
            .attr("role", "status")
            .attr("aria-live", "polite")
            .live_text(move || self.spoken.get())
    }

    /// Whether the key was one of those that lead on.
    fn press(self, event: &Event, count: usize) -> bool {
        let key: &KeyboardEvent = event.unchecked_ref();
        let Some(last) = count.checked_sub(1) else { return false };
        if key.alt_key() || key.ctrl_key() || key.meta_key() {
            return false;
        }
        let now = self.at.get_untracked();
        let next = match key.key().as_str() {
            "ArrowLeft" => Some(now.map_or(last, |now| now.saturating_sub(1))),
            "ArrowRight" => Some(now.map_or(0, |now| (now + 1).min(last))),
            "Home" => Some(0),
            "End" => Some(last),
            // Where nothing is shown, it belongs to what is around.
            "Escape" if now.is_some() => None,
            _ => return false,
        };
        event.prevent_default();
        event.stop_propagation();
        self.at.set(next);
        true
    }
}
