//! An analysis outlives the page: saved as a file, or remembered on this
//! device where a person wants that.

mod bar;
mod panel;
mod session;
mod state;
mod store;

pub(super) use bar::kept_bar;
pub(super) use panel::{keeping, save_dialog};
pub(super) use state::Saving;
use store::Refused;
