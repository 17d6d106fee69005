use crate::mail::TlsState;
use crate::page::dom::El;
use crate::page::shell::{cell, column};
use crate::report::{Share, TlsCounts};
use crate::text::Catalogue;

/// Which columns a table of TLS states has: its own five, and those of the
/// rare states where they are not all zero.
pub(super) struct TlsColumns {
    states: [(TlsState, &'static str); 5],
    other: bool,
    silent: bool,
}

impl TlsColumns {
    /// Columns for rows with such counts.
    pub(super) fn new<'a>(
        states: [(TlsState, &'static str); 5],
        rows: impl Iterator<Item = &'a TlsCounts>,
    ) -> Self {
        let mut columns = Self { states, other: false, silent: false };
        for counts in rows {
            columns.other |= counts.other() > 0;
            columns.silent |= counts.get(TlsState::NotRecorded) > 0;
        }
        columns
    }

    /// Their heads.
    pub(super) fn heads(&self, t: &'static Catalogue) -> Vec<El> {
        let states = self.states.iter().map(|(_, name)| *name);
        let other = self.other.then_some(t.tls.other);
        let silent = self.silent.then_some(t.tls.not_recorded);
        states.chain(other).chain(silent).map(|name| column(name, "figure")).collect()
    }

    /// The cells of a row: `100% (472)`, of what is recorded; what is not
    /// recorded has no percentage.
    pub(super) fn cells(&self, t: &'static Catalogue, counts: &TlsCounts) -> Vec<El> {
        let share = |messages, share: Option<Share>| {
            let text = share.map_or_else(
                || "\u{2013}".to_owned(),
                |share| format!("{} ({})", t.percent(share), t.count(messages)),
            );
            figure(&text, messages)
        };
        let mut cells = Vec::with_capacity(7);
        for (state, _) in self.states {
            cells.push(share(counts.get(state), counts.share(state)));
        }
        if self.other {
            cells.push(share(counts.other(), Share::of(counts.other(), counts.recorded())));
        }
        if self.silent {
            let silent = counts.get(TlsState::NotRecorded);
            cells.push(figure(&t.count(silent), silent));
        }
        cells
    }
}

fn figure(text: &str, messages: u64) -> El {
    cell(text, if messages == 0 { "figure zero" } else { "figure" })
}
