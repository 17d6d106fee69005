use super::values::Days;
use crate::mail::Day;
use crate::page::chart::look::Look;
use crate::text::Catalogue;

/// Numbers of messages for every UTC day of a period.
pub(crate) struct DayChart {
    /// What the numbers are of: the title of a report.
    pub(crate) label: String,
    /// How the named series are drawn.
    pub(crate) kind: DayChartKind,
    /// The first day of every series.
    pub(crate) first: Day,
    /// In the order in which they are listed. Twelve named ones can be told
    /// apart.
    pub(crate) series: Vec<DaySeries>,
}

/// How the series of a chart are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum DayChartKind {
    /// A line each.
    Lines,
    /// Bands on each other, which end at the sum.
    Stack,
}

/// One line or area.
pub(crate) struct DaySeries {
    /// Its name.
    pub(crate) name: SeriesName,
    /// Messages a day; `None` where no file covers the day, which is not 0.
    pub(crate) days: Days,
}

/// What a series is called.
pub(crate) enum SeriesName {
    /// By a name, which may be any text of a file.
    Named(String),
    /// So many series together.
    Other(u32),
    /// All together: a pale area behind the others.
    Total,
}

impl DayChart {
    /// How many days it has.
    pub(super) fn days(&self) -> usize {
        self.series.iter().map(|series| series.days.len()).max().unwrap_or(0)
    }

    /// How each series looks.
    pub(super) fn looks(&self) -> Vec<Look> {
        let mut named = 0;
        let look = |series: &DaySeries| match series.name {
            SeriesName::Named(_) => {
                named += 1;
                Look::of(named - 1)
            }
            SeriesName::Other(_) => Look::OTHER,
            SeriesName::Total => Look::TOTAL,
        };
        self.series.iter().map(look).collect()
    }
}

impl SeriesName {
    /// As a person reads it.
    pub(super) fn text(&self, t: &Catalogue) -> String {
        match self {
            Self::Named(name) if name.trim_ascii().is_empty() => t.chart.unnamed.to_owned(),
            Self::Named(name) => name.clone(),
            Self::Other(holds) => (t.chart.other)(*holds),
            Self::Total => t.chart.total.to_owned(),
        }
    }
}
