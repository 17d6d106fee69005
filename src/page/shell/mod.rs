//! What frames every view.

mod drop_target;
mod fictitious;
mod header;
mod icon;
mod live_region;
mod modal;
mod notice;
mod pickers;
mod progress;
mod table_region;

pub(crate) use drop_target::DropTarget;
pub(crate) use fictitious::Fictitious;
pub(crate) use header::Header;
pub(crate) use icon::{Icon, Picture};
pub(crate) use live_region::LiveRegion;
pub(crate) use modal::{Modal, close};
pub(crate) use notice::Notice;
pub(crate) use pickers::Pickers;
pub(crate) use progress::Progress;
pub(crate) use table_region::TableRegion;

/// The title of every view: where the focus goes when the view changes.
pub(crate) const TITLE_ID: &str = "view-title";
