//! The share of each TLS version week by week, as columns of 100%, to be read
//! with eyes, pointer, keyboard or as a table: the same language as the chart
//! of days.

mod band;
mod readout;
mod scene;
mod table;
mod view;

pub(crate) use view::{week_chart, week_picture};
