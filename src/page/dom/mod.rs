//! The page's elements, built and kept in step at run time by Leptos' signals.
//!
//! `view!` compiles the building of every element anew, 2 kB of WebAssembly a
//! view on average; these few functions build all of them (ARCHITECTURE.md has
//! the measurement). A text only ever becomes a text node, an attribute value
//! only an attribute value, so nothing in a file can become markup.

mod el;
mod focus;
mod keyed;
mod live;
mod width;

pub(crate) use el::{El, button, el, svg_el, text_el};
pub(crate) use focus::Held;
