use plotters_backend::BackendColor;

use super::look::Look;
use crate::mail::TlsState;

/// What a shape is painted with: a class of the style sheet, since the page's
/// policy and its dark mode both want no colours in the drawing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// No TLS.
    None,
    /// TLS 1.0.
    V1_0,
    /// TLS 1.1.
    V1_1,
    /// TLS 1.2.
    V1_2,
    /// TLS 1.3.
    V1_3,
    /// Older than TLS 1.0, or version not stated.
    Other,
    /// Not recorded.
    NotRecorded,
    /// The ring of a donut that has nothing to show.
    Empty,
    /// Text of the first rank.
    Strong,
    /// Text of the second rank.
    Weak,
    /// A line that leads from a slice to its name.
    Leader,
    /// A line at the height of a number.
    Grid,
    /// The axis of the days.
    Axis,
    /// A line or an area of a series.
    Series(Look),
    /// The marks on a line of a series.
    Marks(Look),
}

impl Paint {
    /// Those that stand for one thing.
    const SINGLE: [Self; 13] = [
        Self::None,
        Self::V1_0,
        Self::V1_1,
        Self::V1_2,
        Self::V1_3,
        Self::Other,
        Self::NotRecorded,
        Self::Empty,
        Self::Strong,
        Self::Weak,
        Self::Leader,
        Self::Grid,
        Self::Axis,
    ];
    /// Those that stand for a series are told apart behind them.
    const SERIES: u8 = 100;
    const MARKS: u8 = 101;

    /// The paint of a TLS state, the same wherever it is shown.
    pub(super) const fn of(state: TlsState) -> Self {
        match state {
            TlsState::NoTls => Self::None,
            TlsState::V1_0 => Self::V1_0,
            TlsState::V1_1 => Self::V1_1,
            TlsState::V1_2 => Self::V1_2,
            TlsState::V1_3 => Self::V1_3,
            TlsState::Older | TlsState::VersionNotStated => Self::Other,
            TlsState::NotRecorded => Self::NotRecorded,
        }
    }

    /// Its class.
    pub(super) fn class(self) -> &'static str {
        match self {
            Self::None => "tls-none",
            Self::V1_0 => "tls-1-0",
            Self::V1_1 => "tls-1-1",
            Self::V1_2 => "tls-1-2",
            Self::V1_3 => "tls-1-3",
            Self::Other => "tls-other",
            Self::NotRecorded => "tls-not-recorded",
            Self::Empty => "chart-empty",
            Self::Strong => "chart-strong",
            Self::Weak => "chart-weak",
            Self::Leader => "chart-leader",
            Self::Grid => "chart-grid",
            Self::Axis => "chart-axis",
            Self::Series(look) | Self::Marks(look) => look.class(),
        }
    }

    /// The pattern laid over it, by which it is known without its colour.
    pub(super) fn pattern(self) -> Option<&'static str> {
        match self {
            Self::None => Some("url(#pattern-none)"),
            Self::V1_0 => Some("url(#pattern-1-0)"),
            Self::V1_1 => Some("url(#pattern-1-1)"),
            Self::Other => Some("url(#pattern-other)"),
            Self::NotRecorded => Some("url(#pattern-not-recorded)"),
            Self::Series(look) => look.pattern(),
            _ => None,
        }
    }

    /// As a colour that plotters hands through to the recorder.
    pub(super) fn rgb(self) -> (u8, u8, u8) {
        match self {
            Self::Series(look) => (Self::SERIES, look.number(), 0),
            Self::Marks(look) => (Self::MARKS, look.number(), 0),
            single => {
                let place = Self::SINGLE.iter().position(|paint| *paint == single);
                (u8::try_from(place.unwrap_or_default()).unwrap_or_default(), 0, 0)
            }
        }
    }

    /// Back from such a colour.
    pub(super) fn from_color(color: BackendColor) -> Self {
        match color.rgb {
            (Self::SERIES, number, _) => Self::Series(Look::numbered(number)),
            (Self::MARKS, number, _) => Self::Marks(Look::numbered(number)),
            (place, ..) => Self::SINGLE.get(usize::from(place)).copied().unwrap_or(Self::Strong),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{BackendColor, Look, Paint};

    #[test]
    fn a_paint_survives_as_a_colour() {
        let series = (0..14).map(Look::numbered);
        let series = series.flat_map(|look| [Paint::Series(look), Paint::Marks(look)]);
        for paint in Paint::SINGLE.into_iter().chain(series) {
            assert_eq!(Paint::from_color(BackendColor { alpha: 1.0, rgb: paint.rgb() }), paint);
        }
    }
}
