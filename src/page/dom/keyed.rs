use leptos::prelude::{Owner, RenderEffect, StoredValue, untrack};
use web_sys::Node;

use super::El;
use super::focus::Held;

struct Row<K> {
    key: K,
    element: El,
    owner: Owner,
}

impl El {
    /// Appends, to an element that has room at its end, an element for each of
    /// `keys`; one whose key stays stays itself, with its focus and its state.
    pub(crate) fn keyed<K: PartialEq + 'static>(
        self,
        keys: impl Fn() -> Vec<K> + 'static,
        build: impl Fn(&K) -> Option<El> + 'static,
    ) -> Self {
        let parent = self.node().clone();
        let outer = Owner::current().unwrap_or_default();
        let effect = RenderEffect::new(move |old: Option<Vec<Row<K>>>| {
            let mut old = old.unwrap_or_default();
            let held = Held::within(&elements(&old));
            let mut rows: Vec<Row<K>> = Vec::new();
            for key in keys() {
                // Rows mostly keep their order, so the first is the one.
                if let Some(index) = old.iter().position(|row| row.key == key) {
                    rows.push(old.remove(index));
                    continue;
                }
                let owner = outer.child();
                if let Some(element) = owner.with(|| untrack(|| build(&key))) {
                    rows.push(Row { key, element, owner });
                }
            }
            for row in old {
                row.owner.cleanup();
                row.element.node().remove();
            }
            // Only what is out of place moves: moving takes the focus away.
            let mut place: Option<Node> = None;
            for row in rows.iter().rev() {
                let node: &Node = row.element.node();
                if node.next_sibling() != place || node.parent_node().is_none() {
                    // Fails only for a place that is elsewhere.
                    drop(parent.insert_before(node, place.as_ref()));
                }
                place = Some(node.clone());
            }
            if let Some(held) = held {
                held.give_back(&elements(&rows), &parent);
            }
            rows
        });
        StoredValue::new_local(effect);
        self
    }
}

fn elements<K>(rows: &[Row<K>]) -> Vec<El> {
    rows.iter().map(|row| row.element.clone()).collect()
}
