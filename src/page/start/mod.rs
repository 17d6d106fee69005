//! The first screen.

mod drop_zone;
mod exports;
mod privacy;

use self::drop_zone::drop_zone;
use self::exports::exports;
use self::privacy::privacy;
use super::dom::{El, el};
use super::session::Session;
use super::shell::{Pickers, view_title};
use crate::text::Catalogue;

/// What this is, where to drop files, what is understood, and what happens to
/// the data.
pub(crate) fn start(t: &'static Catalogue, session: Session, pickers: &Pickers) -> El {
    el("div")
        .class("start")
        .add(view_title(t.start.what_this_is))
        .add(drop_zone(t, session, pickers))
        .add(el("div").class("start-columns").add(exports(t)).add(privacy(t, session)))
}
