use super::paint::Paint;
use super::tls_rows::state_names;
use crate::mail::TlsState;
use crate::report::{ROUNDED, Share, TlsCounts};
use crate::text::Catalogue;

/// One row beside a chart and one slice in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Slice {
    /// Name of the TLS state.
    pub(crate) name: &'static str,
    /// What the name means, where it does not speak for itself.
    pub(crate) explained: Option<&'static str>,
    /// Messages.
    pub(crate) messages: u64,
    /// They are worked out from rounded percentages.
    rounded: bool,
    /// Share of what is recorded; `None` for what is not recorded.
    pub(crate) share: Option<Share>,
    /// The strongest version.
    pub(crate) most_secure: bool,
    paint: Paint,
}

impl Slice {
    /// The class that carries its colour.
    pub(crate) fn class(&self) -> &'static str {
        self.paint.class()
    }

    /// The pattern laid over its colour.
    pub(crate) fn pattern(&self) -> Option<&'static str> {
        self.paint.pattern()
    }

    pub(super) fn paint(&self) -> Paint {
        self.paint
    }

    /// `TLS 1.2: 4,975 messages (97.25%)`
    pub(super) fn exact(&self, t: &Catalogue) -> String {
        let mark = if self.rounded { ROUNDED } else { "" };
        let mut figure = [mark, &(t.tls.messages)(self.messages)].concat();
        if let Some(share) = self.share {
            figure = format!("{figure} ({})", t.exact_percent(share));
        }
        (t.tls.call_out)(self.name, &figure)
    }

    /// How many messages.
    pub(super) fn number(&self, t: &Catalogue) -> String {
        t.amount((self.messages, self.rounded))
    }

    /// `TLS 1.2: 97.25%`; what is not recorded has a count and no share.
    pub(crate) fn call_out(&self, t: &Catalogue) -> String {
        let figure = self.share.map_or_else(|| self.number(t), |share| t.exact_percent(share));
        (t.tls.call_out)(self.name, &figure)
    }
}

/// The rows of `counts`, weakest first: the five that are always shown, and
/// "Other TLS" and "Not recorded" where they are not zero.
pub(crate) fn slices(t: &Catalogue, counts: &TlsCounts) -> Vec<Slice> {
    let recorded = counts.recorded();
    let stated = state_names(t);
    let mut slices: Vec<_> = stated
        .into_iter()
        .map(|(state, name)| Slice {
            name,
            explained: None,
            messages: counts.get(state),
            rounded: counts.is_rounded(state),
            share: Share::of(counts.get(state), recorded),
            most_secure: state == TlsState::V1_3,
            paint: Paint::of(state),
        })
        .collect();
    if counts.other() > 0 {
        slices.push(Slice {
            name: t.tls.other,
            explained: Some(t.tls.other_explained),
            messages: counts.other(),
            rounded: counts.other_amount().1,
            share: Share::of(counts.other(), recorded),
            most_secure: false,
            paint: Paint::Other,
        });
    }
    let silent = counts.get(TlsState::NotRecorded);
    if silent > 0 {
        slices.push(Slice {
            name: t.tls.not_recorded,
            explained: Some(t.tls.not_recorded_explained),
            messages: silent,
            rounded: counts.is_rounded(TlsState::NotRecorded),
            share: None,
            most_secure: false,
            paint: Paint::NotRecorded,
        });
    }
    slices
}
