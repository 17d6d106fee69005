use std::num::NonZeroU32;

use hashbrown::HashTable;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

/// A text that is kept once: its number, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub(crate) struct Symbol(NonZeroU32);

impl Symbol {
    /// Where it stands in the order in which texts came.
    pub(super) const fn index(self) -> usize {
        self.0.get() as usize - 1
    }

    /// Its number, from 1; 0 for none.
    pub(super) fn number(symbol: Option<Self>) -> u32 {
        symbol.map_or(0, |symbol| symbol.0.get())
    }
}

/// Texts by symbol, and back.
#[derive(Clone, Debug, Default)]
pub(crate) struct Interner {
    /// All texts, one behind the other.
    text: String,
    /// Where each ends.
    ends: Vec<u32>,
    symbols: HashTable<Symbol>,
}

impl Interner {
    /// The symbol of `text`.
    pub(crate) fn symbol(&mut self, text: &str) -> Symbol {
        let Self { text: all, ends, symbols } = self;
        let hash = xxh3_64(text.as_bytes());
        let same = |symbol: &Symbol| of(all, ends, *symbol) == text;
        if let Some(symbol) = symbols.find(hash, same) {
            return *symbol;
        }
        // So many texts, or so long ones, do not fit any memory this runs in.
        let number = u32::try_from(ends.len() + 1).unwrap_or(u32::MAX);
        let symbol = Symbol(NonZeroU32::new(number).unwrap_or(NonZeroU32::MAX));
        all.push_str(text);
        ends.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        symbols.insert_unique(hash, symbol, |symbol| xxh3_64(of(all, ends, *symbol).as_bytes()));
        symbol
    }

    /// All texts, in the order of their symbols.
    pub(crate) fn texts(&self) -> impl ExactSizeIterator<Item = &str> {
        (0..self.ends.len()).map(|index| at(&self.text, &self.ends, index))
    }

    /// The text of `symbol`.
    pub(crate) fn text(&self, symbol: Symbol) -> &str {
        of(&self.text, &self.ends, symbol)
    }
}

fn of<'t>(text: &'t str, ends: &[u32], symbol: Symbol) -> &'t str {
    at(text, ends, symbol.index())
}

fn at<'t>(text: &'t str, ends: &[u32], index: usize) -> &'t str {
    let start = index.checked_sub(1).and_then(|before| ends.get(before)).copied().unwrap_or(0);
    let Some(end) = ends.get(index) else { return "" };
    text.get(start as usize..*end as usize).unwrap_or_default()
}
