//! Charts: plotters draws, [`Recorder`] keeps the shapes, `svg` shows them as
//! SVG. Colours are classes, text is measured without the page, and every
//! text is a text node, so that a name out of a file stays a name.

mod angle;
mod call_outs;
mod day;
mod donut;
mod keep;
mod look;
mod paint;
mod patterns;
mod pie;
mod pie_drawing;
mod recorder;
mod shape;
mod sheet;
mod simplify;
mod slices;
mod stage;
mod svg;
mod text_width;
mod tls_rows;
mod walk;
mod wedges;
mod week;
mod write;

pub(crate) use day::{DayChart, DayChartKind, DaySeries, SeriesName, day_chart, day_picture};
pub(crate) use donut::{donut, kept_donut};
pub(crate) use patterns::patterns;
pub(crate) use pie::pie;
pub(crate) use tls_rows::{state_names, tls_legend, tls_rows};
pub(crate) use week::{week_chart, week_picture};
