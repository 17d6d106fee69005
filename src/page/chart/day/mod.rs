//! Messages a day as lines or as bands, to be read with eyes, pointer,
//! keyboard or as a table. `Scene` is what is drawn at a width; only a marker
//! and a box are built anew when another day is looked at.

mod dates;
mod legend;
mod plot;
mod readout;
mod scene;
mod series;
mod table;
mod ticks;
mod values;
mod view;

pub(super) use dates::FONT;
pub(super) use readout::{is_narrow, place};
pub(crate) use series::{DayChart, DayChartKind, DaySeries, SeriesName};
pub(super) use ticks::Ticks;
pub(crate) use view::{day_chart, day_picture};
