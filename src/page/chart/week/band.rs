use crate::mail::TlsState;
use crate::page::chart::paint::Paint;
use crate::page::chart::tls_rows::state_names;
use crate::report::{Amount, ROUNDED, Share, TlsCounts, Week};
use crate::text::Catalogue;

/// One TLS version in every column.
#[derive(Clone, Copy)]
pub(super) struct Band {
    /// As a person reads it.
    pub(super) name: &'static str,
    /// Its colour and pattern.
    pub(super) paint: Paint,
    /// [`TlsState::Older`] stands for all of "Other TLS".
    state: TlsState,
}

impl Band {
    /// Those that any of the weeks has, weakest first.
    pub(super) fn all(t: &Catalogue, weeks: &[Week]) -> Vec<Self> {
        let stated = state_names(t).into_iter();
        let other = [(TlsState::Older, t.tls.other)];
        let band = |(state, name)| Self { name, state, paint: Paint::of(state) };
        let bands = stated.chain(other).map(band);
        let used = |band: &Self| weeks.iter().any(|week| band.amount(&week.counts).0 > 0);
        bands.filter(used).collect()
    }

    /// Its messages.
    pub(super) fn amount(&self, counts: &TlsCounts) -> Amount {
        match self.state {
            TlsState::Older => counts.other_amount(),
            state => counts.amount(state),
        }
    }

    /// Its share of what is recorded, with its messages: `97.3% (4,975)`.
    pub(super) fn figure(&self, t: &Catalogue, week: &Week) -> String {
        let amount = self.amount(&week.counts);
        match Share::of(amount.0, week.counts.recorded()) {
            Some(share) => format!("{} ({})", t.percent(share), t.amount(amount)),
            None => nothing(t, week).to_owned(),
        }
    }
}

/// Why a week has no shares. These silences are different things.
pub(super) fn nothing<'t>(t: &'t Catalogue, week: &Week) -> &'t str {
    if week.covered() == 0 {
        t.chart.no_data
    } else if week.counts.volume() == 0 {
        t.trend.no_messages
    } else {
        t.trend.nothing_recorded
    }
}

/// Messages whose TLS is not recorded; `None` where there are none.
pub(super) fn silent(t: &Catalogue, counts: &TlsCounts) -> Option<String> {
    let (messages, rounded) = counts.amount(TlsState::NotRecorded);
    let mark = if rounded { ROUNDED } else { "" };
    (messages > 0).then(|| [mark, &t.count(messages)].concat())
}
