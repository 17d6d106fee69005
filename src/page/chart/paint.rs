use plotters_backend::BackendColor;

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
}

impl Paint {
    const ALL: [Self; 11] = [
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
    ];

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
    pub(super) const fn class(self) -> &'static str {
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
        }
    }

    /// The pattern laid over it, by which it is known without its colour.
    pub(super) const fn pattern(self) -> Option<&'static str> {
        match self {
            Self::None => Some("url(#pattern-none)"),
            Self::V1_0 => Some("url(#pattern-1-0)"),
            Self::V1_1 => Some("url(#pattern-1-1)"),
            Self::Other => Some("url(#pattern-other)"),
            Self::NotRecorded => Some("url(#pattern-not-recorded)"),
            _ => None,
        }
    }

    /// As a colour that plotters hands through to the recorder.
    pub(super) const fn rgb(self) -> (u8, u8, u8) {
        (self as u8, 0, 0)
    }

    /// Back from such a colour.
    pub(super) fn from_color(color: BackendColor) -> Self {
        Self::ALL.get(usize::from(color.rgb.0)).copied().unwrap_or(Self::Strong)
    }
}

#[cfg(test)]
mod tests {
    use super::{BackendColor, Paint};

    #[test]
    fn a_paint_survives_as_a_colour() {
        for paint in Paint::ALL {
            assert_eq!(Paint::from_color(BackendColor { alpha: 1.0, rgb: paint.rgb() }), paint);
        }
    }
}
