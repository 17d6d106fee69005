use crate::mail::{AuthMethod, TlsState};
use crate::report::{Policy, ReadinessColumn, ReadinessRow, ReadinessWords, ThingKind};
use crate::text::Catalogue;

/// The words that the worker needs to write the work list as a file.
pub(super) fn words(t: &'static Catalogue, policy: Policy) -> ReadinessWords {
    let w = &t.readiness;
    let own = String::from;
    let heads = [
        w.done,
        w.kind_head,
        w.name,
        w.client,
        w.refused,
        w.untold,
        w.all,
        w.first_seen,
        w.last_seen,
        w.versions,
        t.report.ciphers,
        t.report.methods,
        w.others,
        w.todo,
        t.report.rounded,
    ];
    ReadinessWords {
        heads: heads.map(own).to_vec(),
        kinds: ThingKind::ALL.map(|kind| own((w.kind)(kind))).to_vec(),
        todos: ThingKind::ALL.map(|kind| own((w.todo_of)(policy, kind))).to_vec(),
        states: TlsState::ALL.map(|state| own(t.tls_state(state))).to_vec(),
        methods: AuthMethod::ALL.map(|method| own((t.report.method_word)(method))).to_vec(),
        unnamed: own(w.no_name),
        yes_no: [w.yes, w.no].map(own),
    }
}

/// The head of a column.
pub(super) const fn head(t: &'static Catalogue, column: ReadinessColumn) -> &'static str {
    let w = &t.readiness;
    match column {
        ReadinessColumn::Done => w.done,
        ReadinessColumn::Name => w.name,
        ReadinessColumn::Todo => w.todo,
        ReadinessColumn::Client => w.client,
        ReadinessColumn::Refused => w.refused,
        ReadinessColumn::Untold => w.untold,
        ReadinessColumn::All => w.all,
        ReadinessColumn::Seen => w.seen,
        ReadinessColumn::Tls => w.versions,
    }
}

/// The name of what a row is of.
pub(crate) fn name<'r>(t: &'static Catalogue, row: &'r ReadinessRow) -> &'r str {
    match row.thing.name() {
        "" => t.readiness.no_name,
        name => name,
    }
}
