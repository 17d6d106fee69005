//! What exports of ready-made counts have in common: a column for each TLS
//! version, whose cells hold numbers of messages, percentages, or both.
//!
//! How the cells are written is not published (`formats.md` B), so all of
//! these are read: `12`, `1,234`, `12%`, `12.5 %`, `0,125`, `50% (3)`,
//! `3 (50%)`, nothing; digits and signs of full width, and `12건`, too.
//!
//! - A number beside a percentage is exact, and so is a whole number in a
//!   column whose title does not speak of percent.
//! - Everything else is a share of the row's volume, and gives a rounded
//!   number. A number without `%` is a percentage where the column's title
//!   says so, or where the row's are above 1; else (`0,125`) a fraction of 1.
//!   Shares that together are 1 are fractions whatever the title says.
//! - Where the shares are 100% but for their own rounding, the largest (of
//!   equal ones the strongest TLS) takes what is missing to the volume. What is missing to 100% otherwise, such as
//!   TLS 1.3 in exports without a column for it, is not recorded.
//! - More than 100%, or more messages than the volume, cannot be.

use crate::account::{Field, LeftOut, Mapping, Unreadable};
use crate::import::columns::{Columns, Header, squeeze};
use crate::import::csv::Record;
use crate::mail::TlsState;

use super::{Notes, words};

/// A column that counts the messages of one TLS state.
#[derive(Clone, Copy, Debug)]
struct StateColumn {
    position: usize,
    state: TlsState,
    /// Its title speaks of percent.
    percent: bool,
}

/// The columns of TLS states in a header.
#[derive(Debug, Default)]
pub(super) struct States {
    columns: Vec<StateColumn>,
    /// Tables of our own say here which rows were rounded before.
    rounded: Option<usize>,
}

impl States {
    pub(super) fn of(header: &Header) -> Self {
        let rounded = ["rounded", "반올림"].iter().find_map(|key| header.position(key));
        Self { columns: state_columns(header), rounded }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }
}

/// Messages by TLS, and whether they are worked out from percentages.
pub(super) type Counts = ([u64; TlsState::ALL.len()], bool);

fn state_columns(header: &Header) -> Vec<StateColumn> {
    let columns = header.cells.iter().enumerate().filter_map(|(position, title)| {
        let key = squeeze(title).replace("tlsv", "tls");
        let (state, rest) = STATES
            .iter()
            .find_map(|(name, state)| Some((*state, key.strip_prefix(name)?)))
            .filter(|(_, rest)| PERCENT.contains(rest) || NUMBER.contains(rest))?;
        let percent = title.contains(['%', '％']) || PERCENT.contains(&rest);
        Some(StateColumn { position, state, percent })
    });
    columns.collect()
}

/// Squeezed titles, and what may follow them. The last ones are of our own
/// tables, which can be read again.
const STATES: [(&str, TlsState); 10] = [
    ("notls", TlsState::NoTls),
    ("tls없음", TlsState::NoTls),
    ("tls10", TlsState::V1_0),
    ("tls11", TlsState::V1_1),
    ("tls12", TlsState::V1_2),
    ("tls13", TlsState::V1_3),
    ("othertls", TlsState::VersionNotStated),
    ("기타tls", TlsState::VersionNotStated),
    ("notrecorded", TlsState::NotRecorded),
    ("기록되지않음", TlsState::NotRecorded),
];
const PERCENT: [&str; 5] = ["percentage", "percent", "백분율", "비율", "퍼센트"];
const NUMBER: [&str; 5] = ["", "messages", "count", "메시지", "메시지수"];

/// Titles of the number of messages, squeezed, best first.
const VOLUME: [&str; 7] = [
    "volume",
    "volumenumberofmessages",
    "볼륨",
    "messagessent",
    "보낸메시지",
    "보낸메시지수",
    "전송된메시지",
];

/// Whether a table counts messages by version, one column each.
pub(super) fn is_aggregate(header: &Header) -> bool {
    let states = state_columns(header);
    let definite = states.iter().filter(|column| column.state.is_definite());
    let version = definite.clone().any(|column| column.state != TlsState::NoTls);
    version && (definite.count() >= 2 || VOLUME.iter().any(|key| header.has(key)))
}

/// The columns of such a table; `further` are titles that only these have.
pub(super) fn columns_of(
    header: &Header,
    mapping: &Mapping,
    further: &[(Field, &[&str])],
) -> Columns {
    let mut mapping = mapping.clone();
    for (field, keys) in further.iter().chain(&[(Field::MessageCount, &VOLUME[..])]) {
        let named = mapping.columns.iter().any(|(own, _)| own == field);
        let found = keys.iter().find_map(|key| header.cells.get(header.position(key)?));
        if let Some(title) = found.filter(|_| !named) {
            mapping.columns.push((*field, title.clone()));
        }
    }
    Columns::guess(header, &mapping)
}

/// The messages of a row by TLS.
pub(super) fn counts(
    columns: &Columns,
    states: &States,
    record: &Record<'_>,
    notes: &mut Notes,
) -> Result<Counts, LeftOut> {
    let volume = notes.cell(columns, Field::MessageCount, record);
    let mut cells = Vec::with_capacity(states.columns.len());
    for column in &states.columns {
        let text = notes.text(record.get(column.position)).into_owned();
        cells.push((column.state, column.percent, text));
    }
    let settled = settle(&volume, &cells).ok_or(LeftOut::Unreadable(Unreadable::BadCount));
    let word = states.rounded.map(|position| notes.text(record.get(position)));
    let before = word.is_some_and(|word| words::forced(&word) == Some(Some(true)));
    settled.map(|(counts, rounded)| (counts, rounded || before))
}

/// What stands in a cell.
enum Cell {
    Nothing,
    /// A number without `%`.
    Bare(String),
    Percent(String),
    /// A number of messages, beside its percentage.
    Exact(u64),
}

/// A percentage, in millionths of one percent, and the unit in which it is
/// written.
#[derive(Clone, Copy)]
struct Share {
    parts: u64,
    unit: u64,
}

const PERCENT_PARTS: u64 = 1_000_000;
const WHOLE: u64 = 100 * PERCENT_PARTS;

/// A row's messages by TLS, from its cells: state, whether the title speaks of
/// percent, text. `None` where they cannot be.
fn settle(volume: &str, cells: &[(TlsState, bool, String)]) -> Option<Counts> {
    let volume = match cell(volume)? {
        Cell::Bare(number) => whole(&number)?,
        _ => return None,
    };
    let mut read = Vec::with_capacity(cells.len());
    for (state, percent, text) in cells {
        read.push((*state, *percent, cell(text)?));
    }
    let is_fraction = |cell: &Cell| matches!(cell, Cell::Bare(number) if whole(number).is_none());
    let fractions = read.iter().any(|(.., cell)| is_fraction(cell));
    // Numbers without `%` that are shares, all on one scale.
    let mut bare = Vec::new();
    for (_, percent, cell) in &read {
        if let Cell::Bare(number) = cell
            && (*percent || fractions)
        {
            bare.push(share(number)?);
        }
    }
    let sum: u64 = bare.iter().map(|share| share.parts).sum();
    let most = bare.iter().map(|share| share.parts).max().unwrap_or(0);
    let titled = read.iter().any(|(_, percent, cell)| *percent && matches!(cell, Cell::Bare(_)));
    let together = sum.abs_diff(PERCENT_PARTS) <= PERCENT_PARTS / 50;
    let of_one = most <= PERCENT_PARTS && (together || !titled);
    let mut counts = [0; TlsState::ALL.len()];
    let (mut told, mut parts, mut shares) = (0, 0, 0);
    // What is written without decimals is as fine as its neighbours.
    let mut unit = PERCENT_PARTS;
    let mut rounded = [false; TlsState::ALL.len()];
    for (state, percent, cell) in read {
        let index = state.index();
        let share = match cell {
            Cell::Nothing => continue,
            Cell::Exact(count) => Err(count),
            Cell::Percent(number) => Ok(share(&number)?),
            Cell::Bare(number) if percent || fractions => {
                let Share { parts, unit } = share(&number)?;
                let scale = if of_one { 100 } else { 1 };
                Ok(Share { parts: parts * scale, unit: unit * scale })
            }
            Cell::Bare(number) => Err(whole(&number)?),
        };
        let count = match share {
            Ok(share) => {
                rounded[index] = true;
                parts += share.parts;
                unit = unit.min(share.unit);
                shares += u64::from(share.parts > 0);
                of_volume(volume, share.parts)
            }
            Err(count) if count > volume => return None,
            Err(count) => {
                parts += (count * WHOLE).checked_div(volume).unwrap_or(0);
                count
            }
        };
        counts[index] += count;
        told += count;
    }
    let any = rounded.contains(&true);
    // Rounding moves each by half a unit at most.
    let doubt = shares * unit / 2;
    let exact: u64 = counts.iter().zip(rounded).filter(|(_, r)| !r).map(|(n, _)| n).sum();
    if exact > volume || parts > WHOLE + doubt.max(PERCENT_PARTS) && any {
        return None;
    }
    // The largest share takes what rounding put in or left out.
    while told > volume || told < volume && any && parts + doubt >= WHOLE {
        let largest = (0..counts.len()).filter(|index| rounded[*index]);
        let Some(largest) = largest.max_by_key(|index| counts[*index]) else { break };
        if told < volume {
            counts[largest] += volume - told;
            told = volume;
        } else {
            let less = counts[largest].min(told - volume);
            counts[largest] -= less;
            told -= less;
        }
    }
    counts[TlsState::NotRecorded.index()] += volume.saturating_sub(told);
    Some((counts, any && volume > 0))
}

/// So many parts of the volume, halves up.
fn of_volume(volume: u64, parts: u64) -> u64 {
    let doubled = u128::from(volume) * u128::from(parts) * 2 + u128::from(WHOLE);
    u64::try_from(doubled / (2 * u128::from(WHOLE))).unwrap_or(u64::MAX)
}

/// What stands in a cell; `None` for what is no number.
fn cell(text: &str) -> Option<Cell> {
    let mut numbers: Vec<(String, bool)> = Vec::new();
    let mut open = false;
    let text: Vec<char> = text.trim().chars().map(plain).collect();
    for (at, &sign) in text.iter().enumerate() {
        let digit = |at: usize| text.get(at).is_some_and(char::is_ascii_digit);
        // A blank or an apostrophe between groups of three digits.
        let groups = || at > 0 && digit(at - 1) && (1..4).all(|n| digit(at + n)) && !digit(at + 4);
        match sign {
            '0'..='9' | '.' | ',' => {
                if !open {
                    numbers.push((String::new(), false));
                    open = true;
                }
                numbers.last_mut()?.0.push(sign);
            }
            ' ' | '\'' if open && groups() => {}
            '%' => {
                let number = numbers.last_mut().filter(|number| !number.1)?;
                number.1 = true;
                open = false;
            }
            // Counting words, and the signs of what is about so much.
            ' ' | '(' | ')' | '건' | '개' | '통' | '<' | '>' | '~' | '≈' => open = false,
            // A dash stands for nothing.
            '-' if text.len() == 1 => return Some(Cell::Nothing),
            _ => return None,
        }
    }
    Some(match numbers.as_slice() {
        [] => Cell::Nothing,
        [(number, false)] => Cell::Bare(number.clone()),
        [(number, true)] => Cell::Percent(number.clone()),
        [(percent, true), (number, false)] | [(number, false), (percent, true)] => {
            share(percent)?;
            Cell::Exact(whole(number)?)
        }
        _ => return None,
    })
}

/// Signs of full width as their usual ones, all blanks, dashes and apostrophes
/// as one of each.
fn plain(sign: char) -> char {
    match sign {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '\u{a0}' | '\u{2009}' | '\u{202f}' | '\u{3000}' | '\t' => ' ',
        '\u{2010}'..='\u{2014}' | '\u{2212}' => '-',
        '\u{2019}' => '\'',
        other => other,
    }
}

/// A number of messages, with or without thousands separators: `1,234`,
/// `1.234`, `12`, `12.0`.
fn whole(number: &str) -> Option<u64> {
    let mut parts: Vec<&str> = number.split(['.', ',']).collect();
    let mut signs = number.chars().filter(|sign| !sign.is_ascii_digit());
    let first = signs.next();
    let last = signs.next_back().or(first);
    let groups = |parts: &[&str]| {
        let head = parts.first().is_some_and(|head| matches!(head.len(), 1..=3) && *head != "0");
        head && parts.iter().skip(1).all(|part| part.len() == 3)
    };
    let one_sign = signs.all(|sign| Some(sign) == first) && first == last;
    if parts.len() > 1 && !(one_sign && groups(&parts)) {
        // Decimals of a whole number are zeros.
        let decimals = parts.pop()?;
        let grouped = parts.len() == 1 || first != last && groups(&parts);
        if !grouped || !decimals.bytes().all(|digit| digit == b'0') {
            return None;
        }
    }
    // As many as a row may stand for.
    parts.concat().parse::<u32>().ok().map(u64::from)
}

/// A number with or without decimals, as so many percent.
fn share(number: &str) -> Option<Share> {
    let (before, decimals) = number.split_once(['.', ',']).unwrap_or((number, ""));
    let all: u64 = before.parse().ok().filter(|percent| *percent <= 1_000)?;
    let (mut parts, mut unit) = (all * PERCENT_PARTS, PERCENT_PARTS);
    for digit in decimals.chars().take(6) {
        unit /= 10;
        parts += u64::from(digit.to_digit(10)?) * unit;
    }
    decimals.chars().all(|digit| digit.is_ascii_digit()).then_some(Share { parts, unit })
}

#[cfg(test)]
mod tests {
    #![allow(clippy::expect_used, reason = "a test may stop")]

    use proptest::prelude::*;

    use super::*;

    /// No TLS, 1.0, 1.1, 1.2 of a row, and whether the titles speak of
    /// percent; answers the four, what is not recorded, and whether rounded.
    fn row(volume: &str, cells: [&str; 4], percent: bool) -> Option<([u64; 5], bool)> {
        use TlsState::{NoTls, NotRecorded, V1_0, V1_1, V1_2};
        let cells: Vec<_> = [NoTls, V1_0, V1_1, V1_2]
            .into_iter()
            .zip(cells)
            .map(|(state, text)| (state, percent, text.to_owned()))
            .collect();
        let (counts, rounded) = settle(volume, &cells)?;
        let of = [NoTls, V1_0, V1_1, V1_2, NotRecorded].map(|state| counts[state.index()]);
        Some((of, rounded))
    }

    #[test]
    fn the_grammar_of_cells() {
        for (volume, cells, percent, of, rounded) in [
            // Numbers are exact; what is missing to the volume is not recorded.
            ("15", ["1", "2", "", "12"], false, [1, 2, 0, 12, 0], false),
            ("15", ["1", "2", "-", "10"], false, [1, 2, 0, 10, 2], false),
            ("1,500", ["300", "0", "0", "1,200"], false, [300, 0, 0, 1_200, 0], false),
            ("1.500", ["300", "0", "0", "1.200"], false, [300, 0, 0, 1_200, 0], false),
            ("1 500", ["300", "0.0", "0", "1'200"], false, [300, 0, 0, 1_200, 0], false),
            ("1,234,567.00", ["", "", "", ""], false, [0, 0, 0, 0, 1_234_567], false),
            ("12건", ["３", "０", "９건", ""], false, [3, 0, 9, 0, 0], false),
            // Percentages with their numbers, either first.
            ("6", ["50% (3)", "0% (0)", "", "3 (50%)"], false, [3, 0, 0, 3, 0], false),
            ("6", ["33.3 % (2)", "<0.1% (0)", "–", "66.7% (4)"], true, [2, 0, 0, 4, 0], false),
            ("6", ["５０％（３）", "", "", "50％ (3)"], true, [3, 0, 0, 3, 0], false),
            // Percentages alone are rounded.
            ("8", ["12%", "0%", "0%", "88%"], false, [1, 0, 0, 7, 0], true),
            ("8", ["12.5 %", "0", "0", "87,5%"], false, [1, 0, 0, 7, 0], true),
            ("8", ["12", "0", "0", "88"], true, [1, 0, 0, 7, 0], true),
            ("8", ["0,125", "0", "0", "0,875"], false, [1, 0, 0, 7, 0], true),
            ("8", ["0.125", "0", "0", "0.875"], true, [1, 0, 0, 7, 0], true),
            ("8", ["0", "0", "0", "1"], true, [0, 0, 0, 8, 0], true),
            ("800", ["12,5", "0", "0", "87,5"], false, [100, 0, 0, 700, 0], true),
            // In a column of percent, 0.5 is half a percent unless all is 1.
            ("1000", ["0.5", "0", "0", "0.2"], true, [5, 0, 0, 2, 993], true),
            ("1000", ["0.5", "0", "0", "0.2"], false, [500, 0, 0, 200, 300], true),
            // The largest takes what rounding left out, or put in.
            ("100", ["33%", "33%", "33%", "0%"], false, [33, 33, 34, 0, 0], true),
            ("1", ["50%", "50%", "0%", "0%"], false, [1, 0, 0, 0, 0], true),
            ("3", ["17%", "17%", "17%", "50%"], false, [1, 1, 1, 0, 0], true),
            // Without a column for TLS 1.3, the rest is not recorded.
            ("200", ["1%", "2%", "0%", "37%"], false, [2, 4, 0, 74, 120], true),
            // Some numbers and some percentages.
            ("10", ["1 (10%)", "", "40%", "50%"], false, [1, 0, 4, 5, 0], true),
            ("7", ["", "", "", ""], false, [0, 0, 0, 0, 7], false),
            ("0", ["0%", "0%", "0%", "100%"], false, [0, 0, 0, 0, 0], false),
        ] {
            let shown = format!("{volume} {cells:?} {percent}");
            assert_eq!(row(volume, cells, percent), Some((of, rounded)), "{shown}");
        }
    }

    #[test]
    fn what_cannot_be_is_not_read() {
        for (volume, cells) in [
            ("10", ["60%", "60%", "", ""]),
            ("10", ["8", "", "", "4"]),
            ("10", ["11 (50%)", "", "", ""]),
            ("10", ["many", "", "", ""]),
            ("10", ["5% 5%", "", "", ""]),
            ("10", ["1 2 3", "", "", ""]),
            ("10", ["%", "", "", ""]),
            ("10", ["50% (0,5)", "", "", ""]),
            ("10", ["-1", "", "", ""]),
            ("", ["50%", "", "", "50%"]),
            ("50%", ["", "", "", ""]),
            ("1.5", ["", "", "", ""]),
            ("99999999999", ["", "", "", ""]),
        ] {
            assert_eq!(row(volume, cells, false), None, "{volume} {cells:?}");
        }
    }

    #[test]
    fn no_header_is_two_formats() {
        for (header, name) in [
            (
                "Date,Connector direction and name,Connector type,Forced TLS?,No TLS,TLS 1.0,TLS 1.1,TLS 1.2,Volume",
                "Messages report",
            ),
            ("Date,Direction,Connector name,TLSv1.2,Messages,Volume", "Messages report"),
            ("Date,TLS 1.2,TLS 1.3,Volume", "Messages report"),
            ("Sender address,Domain,TLS 1.0,TLS 1.1,TLS 1.2,Messages sent", "SMTP AUTH clients"),
            (
                "Sender address,TLS1.0%,TLS1.1%,TLS1.2%,TLS1.3%,No TLS,Message count",
                "SMTP AUTH clients",
            ),
            (
                "Sender address,Domain,Authentication Protocol,TLS 1.0,TLS 1.2,Messages sent",
                "SMTP AUTH clients",
            ),
            ("Sender address,Message count", "SMTP AUTH clients"),
            ("보낸 사람 주소,도메인,메시지 수", "SMTP AUTH clients"),
            ("보낸 사람 주소,도메인,TLS 1.2,TLS 1.3,보낸 메시지", "SMTP AUTH clients"),
            (
                "date,senderName,senderDomain,authMethod,original_client_ip,tls_version,tls_cipher,message_count,message_id",
                "SmtpCSReport",
            ),
            (
                "date,message_id,sender_address,direction,connector_name,connector_type,tls_version,tls_forced",
                "ConnectorReport",
            ),
        ] {
            let cells: Vec<String> = header.split(',').map(str::to_owned).collect();
            let header = Header::new(&cells);
            let formats = super::super::FORMATS.iter().filter(|f| (f.signature)(&header));
            assert_eq!(formats.map(|format| format.name).collect::<Vec<_>>(), [name], "{cells:?}");
        }
    }

    proptest! {
        #[test]
        fn the_states_of_a_row_are_its_volume(
            volume in 0_u32..5_000, cells in prop::array::uniform4("[0-9]{0,2}[.,]?[0-9]{0,3} ?%?( ?\\([0-9]{1,3}\\))?"),
            percent in any::<bool>(),
        ) {
            let cells = [&*cells[0], &*cells[1], &*cells[2], &*cells[3]];
            if let Some((of, _)) = row(&volume.to_string(), cells, percent) {
                prop_assert_eq!(of.iter().sum::<u64>(), u64::from(volume), "{:?}", cells);
            }
        }
    }
}
