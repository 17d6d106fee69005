//! The page: Leptos components over the figures that the worker sends. It
//! knows nothing of file formats; texts come from [`crate::text`].

#![allow(unreachable_pub, reason = "Leptos' `#[component]` writes `pub` itself")]

mod app;
mod chart;
mod dashboard;
mod files;
mod language;
mod mapping;
mod reading;
mod report;
mod save;
mod session;
mod shell;
mod start;
mod view;

use app::App;

/// Shows the page.
pub fn mount() {
    leptos::mount::mount_to_body(App);
}
