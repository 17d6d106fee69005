//! What tests and benchmarks wait for, kept stable: see CONTRIBUTING.

use std::cell::Cell;
use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::{document, request_animation_frame, set_timeout, window};

/// The attributes of `<html>` that say how an import stands.
#[derive(Clone, Default)]
pub(crate) struct Signals {
    count: Rc<Cell<u32>>,
}

impl Signals {
    /// `idle`, and no import yet.
    pub(crate) fn idle() {
        set("data-import", "idle");
        set("data-import-count", "0");
    }

    /// Something was handed in.
    pub(crate) fn reading() {
        set("data-import", "reading");
    }

    /// `imports` have ended; `busy` if there is more to do.
    pub(crate) fn ended(&self, imports: u32, busy: bool) {
        self.count.set(self.count.get() + imports);
        set("data-import-count", &self.count.get().to_string());
        set("data-import", if busy { "reading" } else { "done" });
    }
}

fn set(name: &str, value: &str) {
    if let Some(root) = document().document_element() {
        // Fails only for a name that is no name.
        root.set_attribute(name, value).unwrap_or_default();
    }
}

/// Sets a performance mark.
pub(crate) fn mark(name: &str) {
    if let Some(performance) = window().performance() {
        performance.mark(name).unwrap_or_default();
    }
}

/// Calls `then` once what was changed until now has been painted: two frames
/// later, or after a moment where there are no frames (a tab behind others).
pub(crate) fn after_paint(then: impl FnOnce() + 'static) {
    let then = Rc::new(Cell::new(Some(then)));
    let fallback = Rc::clone(&then);
    request_animation_frame(move || {
        request_animation_frame(move || {
            if let Some(then) = then.take() {
                then();
            }
        });
    });
    let late = move || {
        if let Some(then) = fallback.take() {
            then();
        }
    };
    set_timeout(late, Duration::from_millis(300));
}
