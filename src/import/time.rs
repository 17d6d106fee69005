//! Points in time as exports write them, to seconds since 1970 (UTC).

use time::{Date, Month};

use crate::account::DateOrder;

/// Why a time could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum TimeError {
    /// Not a date and time that is known.
    NotATime,
    /// `3/4/2026`: day and month cannot be told apart in this value alone.
    Ambiguous,
}

const UNIX_EPOCH_JULIAN_DAY: i64 = 2_440_588;

/// Seconds since 1970 (UTC) of `text`. Without a zone it is UTC, as the
/// exports of Exchange Online are. Known are, among others:
///
/// - `2026-09-03T15:21:05.1234567Z`, `2026-09-03 15:21:05+09:00`
/// - `3/23/2021 10:00:09 AM`, `23.03.2021 10:00:09`
/// - `2026-09-03 오후 3:21:05`, `2026. 9. 3. 오후 3:21:05`
///
/// `order` settles which of day and month comes first where the value itself
/// does not.
///
/// # Errors
/// [`TimeError::NotATime`] or, when `order` is needed and not given,
/// [`TimeError::Ambiguous`].
pub(crate) fn parse_time(text: &[u8], order: Option<DateOrder>) -> Result<i64, TimeError> {
    if let Some(seconds) = parse_iso(text) {
        return Ok(seconds);
    }
    if let Some(seconds) = parse_odata(text) {
        return Ok(seconds);
    }
    let text = str::from_utf8(text).map_err(|_| TimeError::NotATime)?;
    parse_loose(text.trim(), order)
}

/// Which of day and month comes first, as far as this value shows it.
pub(crate) fn date_order_evidence(text: &[u8]) -> Option<DateOrder> {
    if parse_time(text, None).is_err() {
        return None;
    }
    // Unambiguous for a reason: it fails under one of the orders.
    let day_month = parse_numeric_date(text, DateOrder::DayMonth);
    let month_day = parse_numeric_date(text, DateOrder::MonthDay);
    match (day_month, month_day) {
        (true, false) => Some(DateOrder::DayMonth),
        (false, true) => Some(DateOrder::MonthDay),
        _ => None,
    }
}

/// Whether either of the first two numbers may be the day: such a value says
/// nothing of the order, and the next one may need it.
pub(crate) fn hangs_on_order(text: &[u8]) -> bool {
    parse_numeric_date(text, DateOrder::DayMonth) && parse_numeric_date(text, DateOrder::MonthDay)
}

fn parse_numeric_date(text: &[u8], order: DateOrder) -> bool {
    let Ok(text) = str::from_utf8(text) else { return false };
    let Some((parts, separator, _)) = take_date(text.trim()) else { return false };
    separator != '.'
        && parts[0] <= 31
        && civil(parts[2], order.month(parts), order.day(parts)).is_some()
}

impl DateOrder {
    fn day(self, parts: [u32; 3]) -> u32 {
        if self == Self::DayMonth { parts[0] } else { parts[1] }
    }

    fn month(self, parts: [u32; 3]) -> u32 {
        if self == Self::DayMonth { parts[1] } else { parts[0] }
    }
}

/// The shape that matters for speed: `YYYY-MM-DDTHH:MM:SS[.fraction][Z]`.
fn parse_iso(text: &[u8]) -> Option<i64> {
    let (head, tail) = text.split_at_checked(19)?;
    if head[4] != b'-'
        || head[7] != b'-'
        || !matches!(head[10], b'T' | b' ')
        || head[13] != b':'
        || head[16] != b':'
    {
        return None;
    }
    let days = civil(digits(&head[..4])?, digits(&head[5..7])?, digits(&head[8..10])?)?;
    let clock = clock(digits(&head[11..13])?, digits(&head[14..16])?, digits(&head[17..19])?)?;
    let zone = match tail {
        [] | [b'Z'] => 0,
        _ => zone_behind_fraction(tail)?,
    };
    Some(days * 86_400 + clock - zone)
}

/// `/Date(1658751973240)/` of `OData` 2: milliseconds since 1970, UTC.
fn parse_odata(text: &[u8]) -> Option<i64> {
    let text = text.strip_prefix(b"/Date(")?.strip_suffix(b")/")?;
    let end = text.iter().position(|byte| matches!(byte, b'+' | b'-')).unwrap_or(text.len());
    let milliseconds: i64 = str::from_utf8(&text[..end]).ok()?.parse().ok()?;
    Some(milliseconds.div_euclid(1_000))
}

pub(super) fn digits(text: &[u8]) -> Option<u32> {
    let mut value = 0_u32;
    for &byte in text {
        let digit = byte.wrapping_sub(b'0');
        if digit > 9 {
            return None;
        }
        value = value.checked_mul(10)?.checked_add(u32::from(digit))?;
    }
    Some(value)
}

/// Days since 1970 of a date of the (proleptic) Gregorian calendar.
pub(super) fn civil(year: u32, month: u32, day: u32) -> Option<i64> {
    let month = Month::try_from(u8::try_from(month).ok()?).ok()?;
    let date =
        Date::from_calendar_date(i32::try_from(year).ok()?, month, u8::try_from(day).ok()?).ok()?;
    Some(i64::from(date.to_julian_day()) - UNIX_EPOCH_JULIAN_DAY)
}

/// Seconds of the day.
pub(super) fn clock(hour: u32, minute: u32, second: u32) -> Option<i64> {
    // 60 is a leap second; it belongs to the minute it ends.
    (hour < 24 && minute < 60 && second <= 60)
        .then(|| i64::from(hour * 3_600 + minute * 60 + second.min(59)))
}

/// Zones that go by a name, in hours east of UTC: those of RFC 5322 and a few
/// that mean one thing only.
const ZONES: [(&str, i64); 17] = [
    ("Z", 0),
    ("z", 0),
    ("UTC", 0),
    ("GMT", 0),
    ("(UTC)", 0),
    ("EST", -5),
    ("EDT", -4),
    ("CST", -6),
    ("CDT", -5),
    ("MST", -7),
    ("MDT", -6),
    ("PST", -8),
    ("PDT", -7),
    ("CET", 1),
    ("CEST", 2),
    ("KST", 9),
    ("JST", 9),
];

/// Offset from UTC in seconds of what follows the seconds of a time: a
/// fraction, spaces, a zone; `None` if it is none of these.
pub(super) fn zone_behind_fraction(tail: &[u8]) -> Option<i64> {
    let tail = match tail.split_first() {
        Some((b'.' | b',', rest)) => {
            let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
            if digits == 0 {
                return None;
            }
            &rest[digits..]
        }
        _ => tail,
    };
    let tail = tail.trim_ascii();
    let (sign, offset) = match tail.split_first() {
        None => return Some(0),
        Some((b'+', rest)) => (1, rest),
        Some((b'-', rest)) => (-1, rest),
        Some(_) => {
            let known = ZONES.iter().find(|(name, _)| name.as_bytes() == tail);
            return known.map(|(_, hours)| hours * 3_600);
        }
    };
    let digits_only: Vec<u8> = offset.iter().copied().filter(|&byte| byte != b':').collect();
    let (hours, minutes) = match digits_only.len() {
        1 | 2 => (digits(&digits_only)?, 0),
        4 => (digits(&digits_only[..2])?, digits(&digits_only[2..])?),
        _ => return None,
    };
    (hours <= 14 && minutes < 60).then(|| sign * i64::from(hours * 3_600 + minutes * 60))
}

fn parse_loose(text: &str, order: Option<DateOrder>) -> Result<i64, TimeError> {
    let (parts, separator, rest) = take_date(text).ok_or(TimeError::NotATime)?;
    let seconds = take_clock(rest).ok_or(TimeError::NotATime)?;
    let date = |year, month, day| civil(year, month, day).ok_or(TimeError::NotATime);
    let days = if parts[0] > 31 {
        date(parts[0], parts[1], parts[2])?
    } else if separator == '.' {
        // Dots are written where the day comes first.
        date(parts[2], parts[1], parts[0])?
    } else if let Some(order) = order {
        date(parts[2], order.month(parts), order.day(parts))?
    } else {
        let day_month = civil(parts[2], parts[1], parts[0]);
        let month_day = civil(parts[2], parts[0], parts[1]);
        match (day_month, month_day) {
            (Some(same), Some(other)) if same == other => same,
            (Some(_), Some(_)) => return Err(TimeError::Ambiguous),
            (Some(days), None) | (None, Some(days)) => days,
            (None, None) => return Err(TimeError::NotATime),
        }
    };
    Ok(days * 86_400 + seconds)
}

/// Three numbers of a date at the start of `text`, the sign between them, and
/// what follows. Month names are English.
fn take_date(text: &str) -> Option<([u32; 3], char, &str)> {
    let mut parts = [0; 3];
    let mut separator = None;
    let mut rest = text;
    for (index, part) in parts.iter_mut().enumerate() {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 {
            let word = rest.bytes().take_while(u8::is_ascii_alphabetic).count();
            *part = (index == 1).then(|| month_of(&rest[..word])).flatten()?;
            rest = &rest[word..];
            // With the month in words the day comes first, as with dots.
            separator = Some('.');
        } else {
            if length > 4 {
                return None;
            }
            *part = rest[..length].parse().ok()?;
            rest = &rest[length..];
        }
        if index == 2 {
            // `2026. 9. 3. 오후` ends its date with a dot.
            rest = rest.strip_prefix(['.', '일', ',']).unwrap_or(rest);
            break;
        }
        let sign = rest.chars().next()?;
        if !matches!(sign, '/' | '-' | '.' | '년' | '월' | ' ') {
            return None;
        }
        separator.get_or_insert(sign);
        rest = rest[sign.len_utf8()..].trim_start();
    }
    // A year of two digits comes last: `3/23/21`.
    if parts[0] <= 31 && parts[2] < 100 {
        parts[2] += if parts[2] < 70 { 2000 } else { 1900 };
    }
    Some((parts, separator?, rest))
}

pub(super) fn month_of(word: &str) -> Option<u32> {
    const MONTHS: [[u8; 3]; 12] = [
        *b"jan", *b"feb", *b"mar", *b"apr", *b"may", *b"jun", *b"jul", *b"aug", *b"sep", *b"oct",
        *b"nov", *b"dec",
    ];
    let start = word.as_bytes().first_chunk()?.map(|byte: u8| byte.to_ascii_lowercase());
    let index = MONTHS.iter().position(|month| *month == start)?;
    u32::try_from(index + 1).ok()
}

/// Seconds of the day, less the zone, of the rest of a time behind its date.
fn take_clock(rest: &str) -> Option<i64> {
    let mut rest = rest.trim_start_matches([' ', ',', 'T', '\u{a0}', '\u{202f}']);
    if rest.is_empty() {
        return Some(0);
    }
    let mut half = take_half(&mut rest);
    let mut parts = [0; 3];
    for (index, part) in parts.iter_mut().enumerate() {
        let length = rest.bytes().take_while(u8::is_ascii_digit).count();
        if length == 0 || length > 2 {
            return None;
        }
        *part = rest[..length].parse().ok()?;
        rest = &rest[length..];
        match rest.strip_prefix(':') {
            Some(tail) if index < 2 => rest = tail,
            _ if index == 0 => return None,
            _ => break,
        }
    }
    let trimmed = rest.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    if half.is_none() {
        rest = trimmed;
        half = take_half(&mut rest);
    }
    let mut hour = parts[0];
    if let Some(afternoon) = half {
        if !(1..=12).contains(&hour) {
            return None;
        }
        hour = hour % 12 + if afternoon { 12 } else { 0 };
    }
    let zone = zone_behind_fraction(rest.as_bytes())?;
    Some(clock(hour, parts[1], parts[2])? - zone)
}

/// Takes "AM" or "PM" in the words of several languages; `true` for PM.
fn take_half(rest: &mut &str) -> Option<bool> {
    const WORDS: [(&str, bool); 14] = [
        ("오전", false),
        ("오후", true),
        ("午前", false),
        ("午後", true),
        ("上午", false),
        ("下午", true),
        ("AM", false),
        ("PM", true),
        ("am", false),
        ("pm", true),
        ("a.m.", false),
        ("p.m.", true),
        ("A.M.", false),
        ("P.M.", true),
    ];
    for (word, afternoon) in WORDS {
        if let Some(tail) = rest.strip_prefix(word) {
            *rest = tail.trim_start();
            return Some(afternoon);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const AFTERNOON: i64 = 1_788_448_865; // 2026-09-03T15:21:05Z

    #[test]
    fn reads_every_shape() {
        for text in [
            "2026-09-03T15:21:05Z",
            "2026-09-03T15:21:05",
            "2026-09-03 15:21:05",
            "2026-09-03T15:21:05.1Z",
            "2026-09-03T15:21:05.1234567Z",
            "2026-09-03T15:21:05.1234567",
            "2026-09-04T00:21:05+09:00",
            "2026-09-04T00:21:05.5+0900",
            "2026-09-03T15:21:05 UTC",
            "2026/09/04 00:21:05 KST",
            "2026/09/03 08:21:05 PDT",
            "2026-09-03 오후 3:21:05",
            "2026. 9. 3. 오후 3:21:05",
            "2026년 9월 3일 오후 3:21:05",
            "2026/09/03 15:21:05",
            "2026-09-03 3:21:05 PM",
            "03.09.2026 15:21:05",
            "3.9.2026 15:21:05",
            "03-Sep-2026 15:21:05",
            "3 September 2026 15:21:05",
        ] {
            assert_eq!(parse_time(text.as_bytes(), None), Ok(AFTERNOON), "{text}");
        }
        let order = Some(DateOrder::MonthDay);
        assert_eq!(parse_time(b"9/3/2026 3:21:05 PM", order), Ok(AFTERNOON));
        assert_eq!(parse_time(b"9/3/26 3:21:05 PM", order), Ok(AFTERNOON));
        assert_eq!(parse_time(b"3/9/2026 15:21:05", Some(DateOrder::DayMonth)), Ok(AFTERNOON));
        assert_eq!(parse_time(b"9/3/2026 3:21:05 PM", None), Err(TimeError::Ambiguous));
        assert_eq!(parse_time(b"3/23/2021 10:00:09 AM", None), Ok(1_616_493_609));
        assert_eq!(parse_time(b"2026-09-03", None), Ok(AFTERNOON - 15 * 3600 - 21 * 60 - 5));
        assert_eq!(parse_time(b"3/3/2026", None), Ok(1_772_496_000));
    }

    #[test]
    fn refuses_what_is_no_time() {
        for text in [
            "",
            "n/a",
            "2026-13-01T00:00:00Z",
            "2026-02-30",
            "2026-09-03T25:00:00Z",
            "46268.5",
            "5",
        ] {
            assert_eq!(parse_time(text.as_bytes(), None), Err(TimeError::NotATime), "{text}");
        }
    }

    #[test]
    fn evidence_of_the_order() {
        assert_eq!(date_order_evidence(b"3/23/2021 1:00:00 PM"), Some(DateOrder::MonthDay));
        assert_eq!(date_order_evidence(b"23/3/2021 13:00"), Some(DateOrder::DayMonth));
        assert_eq!(date_order_evidence(b"3/4/2021 13:00"), None);
        assert_eq!(date_order_evidence(b"2021-03-23T00:00:00Z"), None);
        assert_eq!(date_order_evidence(b"23.03.2021 13:00"), None);
        assert!(hangs_on_order(b"3/4/2021 13:00") && hangs_on_order(b"9/9/2021 13:00"));
        assert!(!hangs_on_order(b"23/3/2021 13:00") && !hangs_on_order(b"2021-03-04T00:00:00Z"));
        assert!(!hangs_on_order(b"03.04.2021 13:00"));
    }
}
