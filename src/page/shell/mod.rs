//! What frames every view.

mod choice;
mod connect;
mod disclosure;
mod drop_target;
mod fictitious;
mod header;
mod icon;
mod live_region;
mod long_table;
mod menu;
mod modal;
mod navigation;
mod notice;
mod panel;
mod paste;
mod pickers;
mod progress;
mod table;
mod token;
mod window_link;

pub(crate) use choice::{choice, field, labelled, pick, search};
pub(crate) use connect::{connect, connect_button, refresh};
pub(crate) use disclosure::disclosure;
pub(crate) use drop_target::drop_target;
pub(crate) use fictitious::{badge, fictitious};
pub(crate) use header::header;
pub(crate) use icon::{Picture, drawing, icon};
pub(crate) use live_region::live_region;
pub(crate) use long_table::{LongTable, long_table, most_rows};
pub(crate) use menu::{Item, menu};
pub(crate) use modal::Modal;
pub(crate) use navigation::{VIEW_NAMES, navigation};
pub(crate) use notice::{Notice, notice, remarks};
pub(crate) use panel::{headed, heading, panel};
pub(crate) use paste::{paste, paste_button, paste_target};
pub(crate) use pickers::Pickers;
pub(crate) use progress::progress;
pub(crate) use table::{cell, column, row_head, table, table_region};
pub(crate) use token::token;
pub(crate) use window_link::window_link;

use crate::page::dom::{El, text_el};

/// The title of every view: where the focus goes when the view changes.
pub(crate) const TITLE_ID: &str = "view-title";

/// The title of a view.
pub(crate) fn view_title(text: &str) -> El {
    text_el("h1", text).attr("id", TITLE_ID).attr("tabindex", "-1")
}
