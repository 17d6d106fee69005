//! The page: views over the figures that the worker sends, held together by
//! Leptos' signals. It knows nothing of file formats; texts come from [`crate::text`].

mod address;
mod app;
mod audit;
mod chart;
mod copying;
mod dashboard;
mod dates;
mod dom;
mod files;
mod intl;
mod keys;
mod language;
mod mapping;
mod offline;
mod organizations;
mod readiness;
mod reading;
mod remembered;
mod report;
mod save;
mod saving;
mod session;
mod settings;
mod shell;
mod start;
mod view;
mod zones;

#[cfg(fuzzing)]
pub use address::address_holds;
use app::app;
use dom::El;

/// Shows the page.
pub fn mount() {
    // Leptos owns what is mounted; the elements are in place by then.
    leptos::mount::mount_to_body(|| {
        if let Some(body) = leptos::prelude::document().body() {
            app(El::of(body.into()));
        }
    });
}
