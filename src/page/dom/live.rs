//! What changes by itself: each is run at once, and again whenever a signal
//! that it read has changed, until Leptos' owner ends.

use leptos::prelude::{RenderEffect, StoredValue, document};

use super::El;
use super::el::is_spoken;
use super::focus::Held;
use crate::mail::seen;

impl El {
    /// Appends a text that changes.
    pub(crate) fn live_text(self, text: impl Fn() -> String + 'static) -> Self {
        let node = document().create_text_node("");
        self.append(&node);
        keep(Box::new(move || {
            let text = text();
            let text = seen(&text);
            // A screen reader would speak the same words again.
            if node.data() != text {
                node.set_data(&text);
            }
        }));
        self
    }

    /// Sets an attribute that changes, and that is there or not.
    pub(crate) fn live_attr(
        self,
        name: &'static str,
        value: impl Fn() -> Option<String> + 'static,
    ) -> Self {
        let element = self.node().clone();
        keep(Box::new(move || {
            match value() {
                Some(value) if is_spoken(name) => element.set_attribute(name, &seen(&value)),
                Some(value) => element.set_attribute(name, &value),
                None => element.remove_attribute(name),
            }
            // Fails only for a name that is no name.
            .unwrap_or_default();
        }));
        self
    }

    /// Does something now, and whenever what it reads has changed.
    pub(crate) fn whenever(self, act: impl Fn() + 'static) -> Self {
        keep(Box::new(act));
        self
    }

    /// Appends an element that is there or not, built anew when it changes.
    pub(crate) fn live(self, child: impl Fn() -> Option<Self> + 'static) -> Self {
        self.lives(move || child().into_iter().collect())
    }

    /// Appends elements that are built anew when they change.
    pub(crate) fn lives(self, children: impl Fn() -> Vec<Self> + 'static) -> Self {
        self.bind(Box::new(children));
        self
    }

    fn bind(&self, children: Box<dyn Fn() -> Vec<Self>>) {
        // Stands where the elements end.
        let mark = document().create_text_node("");
        self.append(&mark);
        let effect = RenderEffect::new(move |old: Option<Vec<Self>>| {
            // Built first: what fails must not leave a hole.
            let new = children();
            let old = old.unwrap_or_default();
            let held = Held::within(&old);
            for element in old {
                element.node().remove();
            }
            if let Some(parent) = mark.parent_node() {
                for element in &new {
                    // Fails only for a mark that is elsewhere.
                    drop(parent.insert_before(element.node(), Some(&mark)));
                }
                if let Some(held) = held {
                    held.give_back(&new, &parent);
                }
            }
            new
        });
        StoredValue::new_local(effect);
    }
}

/// Runs `act` now and whenever what it read has changed.
fn keep(act: Box<dyn Fn()>) {
    let effect = RenderEffect::new(move |_: Option<()>| act());
    StoredValue::new_local(effect);
}
