use super::WEAK;
use serde::{Deserialize, Serialize};

use crate::mail::TlsState;

/// A number of messages, and whether it is worked out from rounded
/// percentages.
pub type Amount = (u64, bool);

/// Messages by TLS state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TlsCounts {
    messages: [u64; TlsState::ALL.len()],
    /// The states whose messages are worked out from rounded percentages, a
    /// bit each. The volume is exact all the same.
    rounded: u8,
}

impl TlsCounts {
    /// `messages` of `state` alone.
    pub fn of(state: TlsState, messages: u64) -> Self {
        let mut counts = Self::default();
        counts.add(state, messages);
        counts
    }

    /// Adds `messages` of `state`.
    pub fn add(&mut self, state: TlsState, messages: u64) {
        self.messages[state.index()] += messages;
    }

    /// Adds messages of `state`, which may be rounded.
    pub fn add_amount(&mut self, state: TlsState, (messages, rounded): Amount) {
        self.add(state, messages);
        self.rounded |= u8::from(rounded) << state.index();
    }

    /// Adds all of `other`.
    pub fn add_all(&mut self, other: &Self) {
        for (mine, theirs) in self.messages.iter_mut().zip(other.messages) {
            *mine += theirs;
        }
        self.rounded |= other.rounded;
    }

    /// Whether the messages of `state` are rounded.
    pub const fn is_rounded(&self, state: TlsState) -> bool {
        self.rounded >> state.index() & 1 == 1
    }

    /// Whether those of any state are.
    pub const fn any_rounded(&self) -> bool {
        self.rounded != 0
    }

    /// Messages of `state`, and whether they are rounded.
    pub const fn amount(&self, state: TlsState) -> Amount {
        (self.get(state), self.is_rounded(state))
    }

    /// The same of "Other TLS".
    pub fn other_amount(&self) -> Amount {
        let either = [TlsState::Older, TlsState::VersionNotStated];
        (self.other(), either.iter().any(|state| self.is_rounded(*state)))
    }

    /// Messages in the states that are to go away ([`WEAK`]).
    pub fn weak(&self) -> u64 {
        WEAK.iter().map(|state| self.get(*state)).sum()
    }

    /// Messages of `state`.
    pub const fn get(&self, state: TlsState) -> u64 {
        self.messages[state.index()]
    }

    /// All messages, recorded or not: the "Volume" of a report.
    pub fn volume(&self) -> u64 {
        self.messages.iter().sum()
    }

    /// Messages whose TLS the source records: what shares are shares of.
    pub fn recorded(&self) -> u64 {
        self.volume() - self.get(TlsState::NotRecorded)
    }

    /// Messages protected in transit by TLS of any version.
    pub fn protected(&self) -> u64 {
        TlsState::ALL.into_iter().filter(|state| state.is_protected()).map(|s| self.get(s)).sum()
    }

    /// "Other TLS": older than TLS 1.0, or version not stated.
    pub fn other(&self) -> u64 {
        self.get(TlsState::Older) + self.get(TlsState::VersionNotStated)
    }

    /// Share of `state` of what is recorded; `None` where nothing is.
    pub fn share(&self, state: TlsState) -> Option<Share> {
        Share::of(self.get(state), self.recorded())
    }

    /// Share protected by TLS, of what is recorded.
    pub fn protected_share(&self) -> Option<Share> {
        Share::of(self.protected(), self.recorded())
    }

    /// The lowest and highest possible protected share of all messages, where
    /// more than 5% are not recorded and one figure alone would mislead.
    pub fn protected_bounds(&self) -> Option<Bounds> {
        let silent = self.get(TlsState::NotRecorded);
        let volume = self.volume();
        if u128::from(silent) * 20 <= u128::from(volume) {
            return None;
        }
        Some(Bounds {
            lowest: Share::of(self.protected(), volume)?,
            highest: Share::of(self.protected() + silent, volume)?,
        })
    }
}

/// A part of a whole, kept as the two numbers it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// The part.
    pub part: u64,
    /// The whole; never zero.
    pub whole: u64,
}

impl Share {
    /// `part` of `whole`; `None` when there is no whole.
    pub const fn of(part: u64, whole: u64) -> Option<Self> {
        if whole == 0 { None } else { Some(Self { part, whole }) }
    }

    /// From 0 to 1.
    pub fn fraction(self) -> f64 {
        self.part as f64 / self.whole as f64
    }

    /// In percent with `decimals` digits after `point`: `97.7%`. `100%` and
    /// `0%` only when exact, else `>99.9%` and `<0.1%`. Halves round up.
    pub fn percent(self, decimals: u32, point: char) -> String {
        if self.part == 0 {
            return "0%".to_owned();
        }
        if self.part == self.whole {
            return "100%".to_owned();
        }
        let unit = 10_u128.pow(decimals);
        let whole = u128::from(self.whole);
        let scaled = (u128::from(self.part) * 100 * unit * 2 + whole) / (whole * 2);
        let (sign, shown) = if scaled == 0 {
            ("<", 1)
        } else if scaled >= 100 * unit {
            (">", 100 * unit - 1)
        } else {
            ("", scaled)
        };
        if decimals == 0 {
            return format!("{sign}{shown}%");
        }
        let (integer, fraction) = (shown / unit, shown % unit);
        format!("{sign}{integer}{point}{fraction:0width$}%", width = decimals as usize)
    }
}

/// Lowest and highest possible share.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Bounds {
    /// If nothing of what is not recorded was protected.
    pub lowest: Share,
    /// If all of it was.
    pub highest: Share,
}
