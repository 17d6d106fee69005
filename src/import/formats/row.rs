//! What the readers of one-row and many-row tables have in common.

use std::borrow::Cow;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::words;
use crate::account::{DateOrder, Field, Inference, LeftOut, Unfamiliar, Unreadable};
use crate::import::columns::Columns;
use crate::import::csv::Record;
use crate::import::open::Charset;
use crate::import::time::{TimeError, parse_time};
use crate::mail::{
    ConnectorType, Direction, Identity, MessageKey, TlsState, Zone, names_no_connector,
    organization,
};
use crate::order::sort_by;

/// What a reader takes note of while it reads.
#[derive(Debug, Default)]
pub(crate) struct Notes {
    /// Encoding of values that are not UTF-8.
    pub(crate) charset: Charset,
    /// Which of day and month comes first, where that is known.
    pub(crate) order: Option<DateOrder>,
    /// The order was concluded, not given by a person.
    pub(crate) order_concluded: bool,
    /// The zone of times without one, in formats that write local time.
    pub(crate) zone: Zone,
    /// Values that are neither UTF-8 nor of the file's encoding.
    pub(crate) mixed: u64,
    inferred: [u64; Inference::ALL.len()],
    /// What the person says that words of the file mean: their codes.
    pub(crate) words: Vec<(Field, String, String)>,
    /// Every word is taken note of, not only unfamiliar values.
    pub(crate) every_word: bool,
    unfamiliar: FxHashMap<(Field, Vec<u8>), u64>,
    tls_words: Memo<Option<TlsState>>,
    type_words: Memo<Option<ConnectorType>>,
    direction_words: Memo<Option<Direction>>,
    #[expect(clippy::option_option, reason = "as in `words`")]
    forced_words: Memo<Option<Option<bool>>>,
    connectors: Memo<Named>,
}

/// What the words of a column mean, of which there are few.
#[derive(Debug)]
struct Memo<V>(FxHashMap<Box<[u8]>, V>);

impl<V> Default for Memo<V> {
    fn default() -> Self {
        Self(FxHashMap::default())
    }
}

impl<V: Copy> Memo<V> {
    /// What `word` means: what `ask` answers, unless it is known.
    fn get(&mut self, word: &[u8], ask: impl FnOnce() -> V) -> V {
        const MOST: usize = 1_000;
        if let Some(known) = self.0.get(word) {
            return *known;
        }
        let answer = ask();
        if self.0.len() < MOST {
            self.0.insert(word.into(), answer);
        }
        answer
    }
}

/// What the name of a connector says.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Named {
    /// That there is none.
    pub(crate) none: bool,
    /// That it only joins servers of one organization.
    pub(crate) intra: bool,
    /// Of which type it is.
    pub(crate) hybrid: ConnectorType,
}

/// More distinct unfamiliar values than this are counted together.
const MOST_UNFAMILIAR: usize = 200;

impl Notes {
    /// Notes for a file in which this order of day and month holds, and
    /// whether that was concluded, not given.
    pub(crate) fn with_order(order: Option<(DateOrder, bool)>) -> Self {
        Self {
            order: order.map(|(order, _)| order),
            order_concluded: order.is_some_and(|(_, concluded)| concluded),
            ..Self::default()
        }
    }

    /// Counts a row for which something was concluded.
    pub(crate) fn infer(&mut self, inference: Inference) {
        self.inferred[inference as usize] += 1;
    }

    /// Counts a row for which several things may have been concluded.
    pub(crate) fn infer_all(&mut self, inferences: [Option<Inference>; 2]) {
        for inference in inferences.into_iter().flatten() {
            self.infer(inference);
        }
    }

    /// What was concluded, with the number of rows.
    pub(crate) fn inferred(&self) -> Vec<(Inference, u64)> {
        Inference::ALL
            .into_iter()
            .map(|inference| (inference, self.inferred[inference as usize]))
            .filter(|(_, rows)| *rows > 0)
            .collect()
    }

    /// Forgets what was counted, to count anew from another place of the file.
    pub(crate) fn forget_counts(&mut self) {
        self.inferred = [0; Inference::ALL.len()];
        self.unfamiliar.clear();
        self.mixed = 0;
    }

    /// Whether all values that are not understood are known by what they are.
    pub(crate) fn is_sure_of_values(&self) -> bool {
        self.unfamiliar.len() < MOST_UNFAMILIAR
            && self.unfamiliar.keys().all(|(_, value)| str::from_utf8(value).is_ok())
    }

    /// Adds what was counted in another place; `false`, and nothing is added,
    /// where there would be too many values to tell which came first.
    pub(crate) fn absorb(
        &mut self,
        inferred: &[(Inference, u64)],
        unfamiliar: &[Unfamiliar],
        mixed: u64,
    ) -> bool {
        if self.unfamiliar.len() + unfamiliar.len() > MOST_UNFAMILIAR {
            return false;
        }
        for value in unfamiliar {
            let key = (value.field, value.value.clone().into_bytes());
            *self.unfamiliar.entry(key).or_default() += value.rows;
        }
        for (inference, rows) in inferred {
            self.inferred[*inference as usize] += rows;
        }
        self.mixed += mixed;
        true
    }

    /// Counts a value that is not understood; its row counts all the same.
    pub(crate) fn unfamiliar(&mut self, field: Field, value: &[u8]) {
        if !self.every_word {
            self.note(field, value);
        }
    }

    fn note(&mut self, field: Field, value: &[u8]) {
        const LONGEST: usize = 120;
        let value = &value[..value.len().min(LONGEST)];
        if let Some(rows) = self.unfamiliar.get_mut(&(field, value.to_vec())) {
            *rows += 1;
        } else if self.unfamiliar.len() < MOST_UNFAMILIAR {
            self.unfamiliar.insert((field, value.to_vec()), 1);
        } else {
            *self.unfamiliar.entry((field, "…".as_bytes().to_vec())).or_default() += 1;
        }
    }

    /// The code that the person says a trimmed word of that field's column
    /// means.
    fn said(&mut self, field: Field, word: &str) -> Option<String> {
        if self.every_word && field.holds_words() {
            self.note(field, word.as_bytes());
        }
        let said = self.words.iter().find(|(of, own, _)| *of == field && own == word);
        said.map(|(.., code)| code.clone())
    }

    /// The values that are not understood, most frequent first.
    pub(crate) fn unfamiliar_values(&self) -> Vec<Unfamiliar> {
        let mut values: Vec<Unfamiliar> = self
            .unfamiliar
            .iter()
            .map(|((field, value), rows)| Unfamiliar {
                field: *field,
                value: String::from_utf8_lossy(value).into_owned(),
                rows: *rows,
            })
            .collect();
        sort_by(&mut values, &|a, b| {
            b.rows.cmp(&a.rows).then_with(|| (a.field, &a.value).cmp(&(b.field, &b.value)))
        });
        values
    }

    /// Seconds since 1970 of the row's time.
    pub(crate) fn seconds(&mut self, text: &[u8]) -> Result<u32, LeftOut> {
        let decoded;
        let mut text = text;
        let mut parsed = parse_time(text, None);
        if parsed == Err(TimeError::NotATime) {
            // "오후" may be in the file's own encoding, and NUL bytes may stand
            // before a row that was written after a crash.
            decoded = self.charset.text(text).0;
            text = decoded.trim_start_matches('\0').as_bytes();
            parsed = parse_time(text, None);
        }
        if parsed == Err(TimeError::Ambiguous) {
            if self.order_concluded {
                self.infer(Inference::DateOrder);
            }
            parsed = parse_time(text, self.order);
        }
        in_range(parsed.map_err(|_| LeftOut::Unreadable(Unreadable::BadTime))?)
    }

    /// Seconds since 1970 of the row's time, where a time without a zone is
    /// that of the zone which the person gave.
    pub(crate) fn local_seconds(&mut self, text: &[u8]) -> Result<u32, LeftOut> {
        let seconds = self.seconds(text)?;
        if has_zone(text) {
            return Ok(seconds);
        }
        let seconds = self.zone.to_utc(i64::from(seconds), None);
        u32::try_from(seconds).map_err(|_| LeftOut::Unreadable(Unreadable::TimeOutOfRange))
    }

    /// The TLS state that a word of the TLS column stands for.
    pub(crate) fn tls(&mut self, word: &[u8]) -> TlsState {
        let word = self.charset.text(word).0;
        if let Some(code) = self.said(Field::Tls, word.trim()) {
            let meant = TlsState::ALL.into_iter().find(|state| state.code() == code);
            return meant.unwrap_or(TlsState::NotRecorded);
        }
        self.tls_word(word.as_bytes()).unwrap_or_else(|| {
            self.unfamiliar(Field::Tls, word.as_bytes());
            TlsState::NotRecorded
        })
    }

    /// What [`TlsState::parse`] makes of a word.
    pub(crate) fn tls_word(&mut self, word: &[u8]) -> Option<TlsState> {
        self.tls_words.get(word, || TlsState::parse(word))
    }

    /// What [`words::connector_type`] makes of a word.
    pub(crate) fn connector_type(&mut self, word: &str) -> Option<ConnectorType> {
        self.type_words.get(word.as_bytes(), || words::connector_type(word))
    }

    /// What [`words::direction`] makes of a word.
    pub(crate) fn direction(&mut self, word: &str) -> Option<Direction> {
        self.direction_words.get(word.as_bytes(), || words::direction(word))
    }

    /// What [`words::forced`] makes of a word.
    #[expect(clippy::option_option, reason = "as there")]
    pub(crate) fn forced(&mut self, word: &str) -> Option<Option<bool>> {
        self.forced_words.get(word.as_bytes(), || words::forced(word))
    }

    /// What the name of a connector says.
    pub(crate) fn connector(&mut self, name: &str) -> Named {
        self.connectors.get(name.as_bytes(), || Named {
            none: names_no_connector(name),
            intra: words::is_intra_organization(name),
            hybrid: words::hybrid_type(name),
        })
    }

    /// A value as text, from the file's encoding where it is not UTF-8.
    pub(crate) fn text<'a>(&mut self, value: Cow<'a, [u8]>) -> Cow<'a, str> {
        let (text, clean) = match value {
            Cow::Borrowed(bytes) => self.charset.text(bytes),
            Cow::Owned(bytes) => {
                let (text, clean) = self.charset.text(&bytes);
                (Cow::Owned(text.into_owned()), clean)
            }
        };
        if !clean {
            self.mixed += 1;
        }
        text
    }

    /// A trimmed value of a column as text; where the person says what it
    /// means, the code of that.
    pub(crate) fn cell<'a>(
        &mut self,
        columns: &Columns,
        field: Field,
        record: &Record<'a>,
    ) -> Cow<'a, str> {
        let cell = match self.text(columns.get(field, record)) {
            Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
            Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
        };
        self.said(field, &cell).map_or(cell, Cow::Owned)
    }

    /// An address, trimmed, without angle brackets and in lower case, as
    /// addresses are compared.
    pub(crate) fn address<'a>(
        &mut self,
        columns: &Columns,
        field: Field,
        record: &Record<'a>,
    ) -> Cow<'a, str> {
        let cell = self.cell(columns, field, record);
        if cell.bytes().any(|byte| byte.is_ascii_uppercase() || !byte.is_ascii())
            || cell.starts_with('<')
        {
            Cow::Owned(crate::mail::lower(cell.trim_matches(['<', '>'])))
        } else {
            cell
        }
    }
}

/// A time that a tally can take.
fn in_range(seconds: i64) -> Result<u32, LeftOut> {
    u32::try_from(seconds).map_err(|_| LeftOut::Unreadable(Unreadable::TimeOutOfRange))
}

/// Whether a time names its zone, behind its clock.
fn has_zone(time: &[u8]) -> bool {
    let clock = time.iter().position(|&byte| byte == b':').unwrap_or(time.len());
    let behind = time[clock..].trim_ascii_end();
    // `PM` is no zone, `PDT` and `Z` are.
    behind.ends_with(b"Z")
        || behind.ends_with(b"T")
        || behind.ends_with(b"UTC")
        || behind.ends_with(b")")
        || behind.iter().any(|b| matches!(b, b'+' | b'-' | b'('))
}

/// Fingerprint of a row, by which a second copy of it is known.
pub(crate) fn fingerprint(record: &Record<'_>) -> u64 {
    xxh3_64(record.raw())
}

/// The ids of a row, from its own cells.
pub(crate) fn identity<'a>(network: &[u8], message_id: &'a [u8]) -> Identity<'a> {
    let id = message_id.trim_ascii();
    let id = id.strip_prefix(b"<").unwrap_or(id);
    let id = id.strip_suffix(b">").unwrap_or(id);
    let network = network.trim_ascii();
    Identity { network: MessageKey::of_guid(network), message_id: id }
}

/// The domain of an address, if it has one.
pub(crate) fn domain_of(address: &str) -> Option<&str> {
    let (_, domain) = address.rsplit_once('@')?;
    let domain = domain.trim_end_matches(['>', '"', '\'', '.', ' ']);
    (!domain.is_empty()).then_some(domain)
}

/// The sender, where a recipient may be of the sender's own organization: mail
/// that comes in so may be Direct Send. Domains count as one organization's
/// if they are named alike, `contoso.example` and `eu.contoso.test`.
pub(crate) fn sent_within<'a>(sender: &'a str, recipients: &str) -> Option<&'a str> {
    let name = |domain| organization(domain).split('.').next().unwrap_or_default();
    let own = name(domain_of(sender)?);
    let mut to = recipients.split(';').filter_map(domain_of);
    to.any(|domain| name(domain) == own).then_some(sender)
}

/// `None` for an empty text.
pub(crate) fn some(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}
