//! Use without the network, and new versions of the page: what
//! `public/offline.js` tells of the service worker, and what a person is told.

mod footer;
mod news;
mod state;

pub(super) use footer::footer;
pub(super) use news::{kept_here, news};
pub(super) use state::Offline;
use state::{State, version};
