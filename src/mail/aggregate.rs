use super::{Crossing, Day, TlsState};

/// A row of a source that counted by itself: so many messages of one day, or
/// of a whole period, that crossed the same way.
#[derive(Clone, Copy, Debug)]
pub struct Aggregate<'a> {
    /// First and last UTC day, both included.
    pub days: (Day, Day),
    /// The source names the day, so that both are the same. Else the days of
    /// the messages are not known.
    pub dated: bool,
    /// What the messages have in common; its `tls` says nothing.
    pub crossing: Crossing<'a>,
    /// Messages by TLS, in the order of [`TlsState::ALL`].
    pub counts: [u64; TlsState::ALL.len()],
    /// The counts are worked out from rounded percentages; their sum is exact.
    pub rounded: bool,
    /// Where other rows tell of messages of these days and this direction,
    /// they count and this does not.
    pub yields: bool,
}
