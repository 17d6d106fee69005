use std::rc::Rc;

use web_sys::HtmlInputElement;

use crate::page::dom::{El, button, el};
use crate::page::keys::OPEN;
use crate::page::reading::Found;
use crate::page::session::Session;
use crate::text::Catalogue;

/// The page's two file inputs, which its buttons open.
#[derive(Clone)]
pub(crate) struct Pickers(Rc<[El; 2]>);

impl Pickers {
    /// Inputs for files and for a folder. Names and kinds do not matter, so
    /// neither has an `accept`.
    pub(crate) fn new(session: Session) -> Self {
        let input = |folder: bool| {
            let input =
                el("input").attr("type", "file").flag("multiple", true).flag("hidden", true);
            let element: HtmlInputElement = input.cast();
            element.set_webkitdirectory(folder);
            input.on("change", move |_| {
                if let Some(files) = element.files().filter(|files| files.length() > 0) {
                    session.hand_in(Found::in_input(&files));
                }
                // So that the same file can be chosen again.
                element.set_value("");
            })
        };
        Self(Rc::new([input(false).key(OPEN), input(true)]))
    }

    /// The inputs: files first, folder second.
    pub(crate) fn inputs(&self) -> [El; 2] {
        (*self.0).clone()
    }

    /// The buttons that open them.
    pub(crate) fn buttons(&self, t: &'static Catalogue) -> [El; 2] {
        let [files, folder] = self.inputs();
        let open =
            |input: El, label| button(label, move || input.cast::<HtmlInputElement>().click());
        [open(files, t.start.browse).class("primary"), open(folder, t.start.browse_folder)]
    }
}
