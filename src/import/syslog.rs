//! What stands before a line's own text in the logs of Unix mail servers: a
//! time stamp, the host, the program with its process id.
//!
//! Seen are (`formats.md` D1): RFC 3164 (`Jan 28 07:00:03 host program[1]: `)
//! without year and zone, with a weekday, a year before or behind, fractions;
//! RFC 3339 as rsyslog and `journalctl -o short-iso` write it; RFC 5424; with
//! a priority in front (`<22>`), a service's name as `docker compose logs`
//! puts it (`mail-1  | `), and facility and level behind the host.

use super::bytes::{find, number, until};
use super::time::{clock, digits, month_of, zone_behind_fraction};

/// A time stamp as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Stamp {
    /// The year, where it is written.
    pub(super) year: Option<u32>,
    /// 1 to 12.
    pub(super) month: u32,
    /// 1 to 31.
    pub(super) day: u32,
    /// Seconds of the day.
    pub(super) clock: u32,
    /// Seconds east of UTC, where it is written.
    pub(super) zone: Option<i32>,
    /// Days since Sunday, where it is written.
    pub(super) weekday: Option<u32>,
}

/// The rest of a line, behind its time stamp.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Entry<'a> {
    /// The machine; empty where the line names none.
    pub(crate) host: &'a [u8],
    /// The program, such as `postfix/smtpd`.
    pub(crate) program: &'a [u8],
    /// Its process id, as written.
    pub(crate) pid: &'a [u8],
    /// What it says.
    pub(crate) message: &'a [u8],
}

/// Takes the time stamp off a line; the rest starts with what stands behind
/// the blank that ends the stamp.
pub(super) fn take_stamp(line: &[u8]) -> Option<(Stamp, &[u8])> {
    let line = line.trim_ascii_start();
    if let Some(found) = stamp(line) {
        return Some(found);
    }
    // `mail-1  | Jan 28 …`
    let bar = find(&line[..line.len().min(80)], b"| ")?;
    stamp(line[bar + 2..].trim_ascii_start())
}

fn stamp(line: &[u8]) -> Option<(Stamp, &[u8])> {
    let line = behind_priority(line);
    match line.first()? {
        b'0'..=b'9' if line.get(4) == Some(&b'-') => iso(line),
        b'0'..=b'9' => {
            // `2013 Jun 10 06:27:30.123`
            let year = digits(line.get(..4)?)?;
            let (stamp, rest) = named_month(line.get(5..)?)?;
            Some((Stamp { year: Some(year), ..stamp }, rest))
        }
        // Neither a month nor a weekday: so does nearly no program begin.
        _ if line.get(3) != Some(&b' ') => None,
        _ => {
            let word = until(line, b" ");
            let weekday = WEEKDAYS.iter().position(|day| word.eq_ignore_ascii_case(day));
            let Some(weekday) = weekday else { return named_month(line) };
            let (stamp, rest) = named_month(line[3..].trim_ascii_start())?;
            Some((Stamp { weekday: u32::try_from(weekday).ok(), ..stamp }, rest))
        }
    }
}

const WEEKDAYS: [&[u8]; 7] = [b"Sun", b"Mon", b"Tue", b"Wed", b"Thu", b"Fri", b"Sat"];

/// What stands behind `<22>` of RFC 3164, or `<22>1 ` of RFC 5424.
fn behind_priority(line: &[u8]) -> &[u8] {
    let Some(inside) = line.strip_prefix(b"<") else { return line };
    let length = inside.iter().take_while(|byte| byte.is_ascii_digit()).count();
    match inside[length..].strip_prefix(b">") {
        Some(rest) if (1..=3).contains(&length) => {
            rest.strip_prefix(b"1 ").unwrap_or(rest).trim_ascii_start()
        }
        _ => line,
    }
}

/// `2022-01-08T19:42:12.572958+00:00 `
fn iso(line: &[u8]) -> Option<(Stamp, &[u8])> {
    let head = line.get(..19)?;
    if head[7] != b'-' || !matches!(head[10], b'T' | b' ') || head[13] != b':' || head[16] != b':' {
        return None;
    }
    let behind = &line[19..];
    let end = behind.iter().position(|&byte| byte == b' ').unwrap_or(behind.len());
    let (mut tail, mut rest) = behind.split_at(end);
    // Exim writes the zone behind a blank: `2022-06-29 16:04:05 +0200 `.
    let next = rest.get(1..6).unwrap_or_default();
    if matches!(next, [b'+' | b'-', digits @ ..] if digits.iter().all(u8::is_ascii_digit))
        && rest.get(6) == Some(&b' ')
    {
        (tail, rest) = behind.split_at(end + 6);
    }
    let zone = if tail.iter().any(|b| matches!(b, b'Z' | b'+' | b'-')) {
        Some(i32::try_from(zone_behind_fraction(tail)?).ok()?)
    } else {
        // A fraction, or nothing.
        zone_behind_fraction(tail).filter(|zone| *zone == 0)?;
        None
    };
    let stamp = Stamp {
        year: Some(digits(&head[..4])?),
        month: digits(&head[5..7])?,
        day: digits(&head[8..10])?,
        clock: u32::try_from(clock(
            digits(&head[11..13])?,
            digits(&head[14..16])?,
            digits(&head[17..19])?,
        )?)
        .ok()?,
        zone,
        weekday: None,
    };
    Some((stamp, rest.get(1..).unwrap_or_default()))
}

/// `Jan 28 07:00:03 `, `Jan  8 2022 07:00:03.123 `
fn named_month(line: &[u8]) -> Option<(Stamp, &[u8])> {
    let month = month_of(str::from_utf8(line.get(..3)?).ok()?)?;
    let mut rest = line[3..].strip_prefix(b" ")?.trim_ascii_start();
    let mut take = |longest: usize| {
        let length = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        let value = digits(&rest[..length]).filter(|_| (1..=longest).contains(&length));
        rest = &rest[length..];
        value.map(|value| (value, rest))
    };
    let (day, behind) = take(2)?;
    rest = behind.strip_prefix(b" ")?;
    let year = rest.get(..5).filter(|text| text[4] == b' ').and_then(|text| digits(&text[..4]));
    if year.is_some() {
        rest = &rest[5..];
    }
    let time = rest.get(..8).filter(|time| time[2] == b':' && time[5] == b':')?;
    let clock = clock(digits(&time[..2])?, digits(&time[3..5])?, digits(&time[6..])?)?;
    let end = rest[8..].iter().position(|&byte| byte == b' ').map_or(rest.len(), |at| at + 8);
    let tail = &rest[8..end];
    if !tail.is_empty() && zone_behind_fraction(tail).is_none() {
        return None;
    }
    rest = rest.get(end + 1..).unwrap_or_default();
    // `Wed Jan 28 07:00:03 2026 host …`
    let late = rest.get(..5).filter(|text| year.is_none() && text[4] == b' ');
    let late = late.and_then(|text| digits(&text[..4]));
    if late.is_some() {
        rest = &rest[5..];
    }
    let year = year.or(late);
    let clock = u32::try_from(clock).ok()?;
    Some((Stamp { year, month, day, clock, zone: None, weekday: None }, rest))
}

/// Host, program and text of what stands behind a time stamp.
pub(crate) fn entry(rest: &[u8]) -> Entry<'_> {
    // A second stamp, of the program itself, says nothing more.
    let rest = stamp(rest).map_or(rest, |(_, rest)| rest);
    let mut host: &[u8] = b"";
    let mut at = 0;
    for nth in 0..5 {
        let token = until(&rest[at..], b" ");
        if let Some(name) = token.strip_suffix(b":").filter(|name| !name.is_empty()) {
            let (program, pid) = program_of(name);
            let message = rest.get(at + token.len() + 1..).unwrap_or_default();
            return Entry { host, program, pid, message: behind_solaris_id(message) };
        }
        if nth == 0 {
            host = token;
        }
        at += token.len() + 1;
        if at >= rest.len() {
            break;
        }
    }
    structured(rest).unwrap_or(Entry { host, message: rest, ..Entry::default() })
}

/// `smtpd[19191]` to name and process id.
fn program_of(name: &[u8]) -> (&[u8], &[u8]) {
    let Some(inside) = name.strip_suffix(b"]") else { return (name, b"") };
    match inside.iter().rposition(|&byte| byte == b'[') {
        Some(at) => (&inside[..at], &inside[at + 1..]),
        None => (name, b""),
    }
}

/// RFC 5424: `HOST APP-NAME PROCID MSGID STRUCTURED-DATA MSG`.
fn structured(rest: &[u8]) -> Option<Entry<'_>> {
    let mut parts = rest.splitn(5, |&byte| byte == b' ');
    let (host, program, pid) = (parts.next()?, parts.next()?, parts.next()?);
    let (_, tail) = (parts.next()?, parts.next()?);
    let message = if tail.starts_with(b"[") {
        &tail[find(tail, b"] ")? + 2..]
    } else {
        tail.strip_prefix(b"- ")?
    };
    let message = message.strip_prefix(b"\xef\xbb\xbf").unwrap_or(message);
    (number(pid) > 0 || pid == b"-").then_some(Entry { host, program, pid, message })
}

/// Solaris puts `[ID 197553 mail.info] ` before the text.
fn behind_solaris_id(message: &[u8]) -> &[u8] {
    match message.strip_prefix(b"[ID ").and_then(|inside| find(inside, b"] ")) {
        Some(end) => &message[4 + end + 2..],
        None => message,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(line: &str) -> (Stamp, [String; 4]) {
        let (stamp, rest) = take_stamp(line.as_bytes()).expect(line);
        let Entry { host, program, pid, message } = entry(rest);
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
        (stamp, [host, program, pid, message].map(text))
    }

    #[test]
    fn every_form_of_prefix_is_read() {
        let plain =
            Stamp { year: None, month: 1, day: 28, clock: 25_203, zone: None, weekday: None };
        let dated = Stamp { year: Some(2026), ..plain };
        let utc = Stamp { zone: Some(0), ..dated };
        for (line, expected) in [
            ("Jan 28 07:00:03 mx postfix/smtpd[7]: connect", plain),
            ("Jan 28 07:00:03.250 mx postfix/smtpd[7]: connect", plain),
            ("<22>Jan 28 07:00:03 mx postfix/smtpd[7]: connect", plain),
            ("mail-1  | Jan 28 07:00:03 mx postfix/smtpd[7]: connect", plain),
            ("Jan 28 07:00:03 mx mail.info postfix/smtpd[7]: connect", plain),
            ("Jan 28 07:00:03 mx postfix/smtpd[7]: [ID 197553 mail.info] connect", plain),
            (
                "Wed Jan 28 07:00:03 mx postfix/smtpd[7]: connect",
                Stamp { weekday: Some(3), ..plain },
            ),
            (
                "Wed Jan 28 07:00:03 2026 mx postfix/smtpd[7]: connect",
                Stamp { weekday: Some(3), ..dated },
            ),
            ("2026 Jan 28 07:00:03.123 mx postfix/smtpd[7]: connect", dated),
            ("Jan 28 2026 07:00:03 mx postfix/smtpd[7]: connect", dated),
            ("2026-01-28 07:00:03 mx postfix/smtpd[7]: connect", dated),
            ("2026-01-28T07:00:03.572958 mx postfix/smtpd[7]: connect", dated),
            ("2026-01-28T07:00:03.572958+00:00 mx postfix/smtpd[7]: connect", utc),
            ("2026-01-28T07:00:03Z mx postfix/smtpd[7]: connect", utc),
            ("2026-01-28 07:00:03 +0000 mx postfix/smtpd[7]: connect", utc),
            ("<22>1 2026-01-28T07:00:03.5Z mx postfix/smtpd 7 - - connect", utc),
            ("<22>1 2026-01-28T07:00:03.5Z mx postfix/smtpd 7 - [a@1 b=\"c\"] connect", utc),
            (
                "2026-01-28T07:00:03+0900 mx postfix/smtpd[7]: connect",
                Stamp { zone: Some(32_400), ..dated },
            ),
        ] {
            let (stamp, parts) = read(line);
            assert_eq!(stamp, expected, "{line}");
            assert_eq!(parts, ["mx", "postfix/smtpd", "7", "connect"], "{line}");
        }
        assert_eq!(
            read("Jan  8 07:00:03 postfix/smtpd[7]: connect").1,
            ["", "postfix/smtpd", "7", "connect"]
        );
        assert_eq!(
            read("Jan  8 07:00:03 mx last message repeated 2 times").1,
            ["mx", "", "", "mx last message repeated 2 times"]
        );
    }

    #[test]
    fn other_lines_have_no_stamp() {
        for line in
            ["", "postfix/smtpd[7]: connect", "Jan 28", "2026-01-28", "12:00:00 x", "Max 3 1"]
        {
            assert_eq!(take_stamp(line.as_bytes()), None, "{line}");
        }
    }
}
