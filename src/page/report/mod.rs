//! The tables behind the report links.

mod connector_report;
mod frame;
mod sender_report;
mod tls_cells;

pub(crate) use connector_report::connector_report;
pub(crate) use sender_report::sender_report;
