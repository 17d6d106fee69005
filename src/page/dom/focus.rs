//! The focus, where what has it is built anew or goes away: it would fall on the page as a whole, and who works with keys or
//! listens would begin again.

use leptos::prelude::document;
use wasm_bindgen::JsCast as _;
use web_sys::{Element, FocusOptions, HtmlElement, Node};

use super::El;

/// The number of a row in a table of which only some rows are in the document.
const ROW: &str = "aria-rowindex";

/// Where the focus is in elements that may go.
pub(crate) struct Held {
    /// What has it.
    focused: Element,
    /// The place of the element that it is in, and of that the row.
    place: usize,
    row: Option<String>,
    /// The way from there, from its end: places among the children.
    way: Vec<u32>,
}

impl Held {
    /// Nothing if the focus is elsewhere.
    pub(super) fn within(elements: &[El]) -> Option<Self> {
        let focused = document().active_element()?;
        let mut all = elements.iter().map(El::node).enumerate();
        let (place, root) = all.find(|(_, root)| root.contains(Some(&focused)))?;
        let mut way = Vec::new();
        let mut at = focused.clone();
        while at != *root {
            let mut number = 0;
            let mut before = at.previous_element_sibling();
            while let Some(sibling) = before {
                number += 1;
                before = sibling.previous_element_sibling();
            }
            way.push(number);
            at = at.parent_element()?;
        }
        Some(Self { focused, place, row: root.get_attribute(ROW), way })
    }

    /// Where it is now, whatever has it.
    pub(crate) fn here() -> Option<Self> {
        Self::within(&[body()?])
    }

    /// Puts it on what stands there now, where a dialog that closes cannot give it back itself.
    pub(crate) fn give_back_to_page(self) {
        let taken = document().active_element().and_then(|now| now.closest("main").ok()?);
        let main = document().query_selector("main").ok().flatten();
        if let (None, false, Some(main)) = (taken, self.focused.is_connected(), main) {
            self.give_back(body().as_slice(), &main);
        }
    }

    /// Puts the focus where it was, if it is gone: on what stands in the same place now, else on what is around, else on the
    /// title of the view or the dialog.
    pub(super) fn give_back(self, now: &[El], around: &Node) {
        if self.focused.is_connected() {
            return focus(&self.focused);
        }
        let root = match &self.row {
            Some(row) => now.iter().find(|el| el.node().get_attribute(ROW).as_ref() == Some(row)),
            None => now.get(self.place),
        };
        if let Some(same) = root.and_then(|root| self.counterpart(root.node())) {
            focus(&same);
            if document().active_element() == Some(same) {
                return;
            }
        }
        let Some(around) = around.dyn_ref::<Element>() else { return };
        let near = |selector| around.closest(selector).ok().flatten();
        let title = || near("dialog, main")?.query_selector("h1, h2").ok().flatten();
        if let Some(region) = near("[tabindex]") {
            focus(&region);
        } else if let Some(title) = title() {
            // Fails only for a name that is no name.
            title.set_attribute("tabindex", "-1").unwrap_or_default();
            focus(&title);
        }
    }

    /// What stands at the end of the same way, if it is of the same kind.
    fn counterpart(&self, root: &Element) -> Option<Element> {
        let mut at = root.clone();
        for number in self.way.iter().rev() {
            at = at.children().item(*number)?;
        }
        let same = at.tag_name() == self.focused.tag_name()
            && at.class_name() == self.focused.class_name();
        same.then_some(at)
    }
}

fn body() -> Option<El> {
    Some(El::of(document().body()?.into()))
}

/// Without scrolling: a person who scrolls on has seen enough of it.
fn focus(element: &Element) {
    let options = FocusOptions::new();
    options.set_prevent_scroll(true);
    // Fails only for an element that is gone.
    element.unchecked_ref::<HtmlElement>().focus_with_options(&options).unwrap_or_default();
}
