use leptos::prelude::StoredValue;
use wasm_bindgen::JsCast as _;
use wasm_bindgen::closure::Closure;
use web_sys::ResizeObserver;

use super::El;

/// Watches an element until it is dropped.
struct Watch {
    observer: ResizeObserver,
    /// What the observer calls.
    _act: Closure<dyn FnMut()>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.observer.disconnect();
    }
}

impl El {
    /// Calls `act` with the element's inner width once it is on the page, and
    /// whenever that changes.
    pub(crate) fn on_width(self, act: impl Fn(i32) + 'static) -> Self {
        let element = self.node().clone();
        let act = Closure::<dyn FnMut()>::new(move || act(element.client_width()));
        // Fails only for a function that is none.
        if let Ok(observer) = ResizeObserver::new(act.as_ref().unchecked_ref()) {
            observer.observe(self.node());
            // The owner lets go of it when it ends.
            StoredValue::new_local(Watch { observer, _act: act });
        }
        self
    }
}
