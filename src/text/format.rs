//! Every number that a person reads is written here.

use super::Catalogue;
use crate::mail::Day;
use crate::report::{
    Amount, ROUNDED, Remarks, Share, SmtpAuth, TlsCounts, TlsDomain, grouped, signed,
};

impl Catalogue {
    /// A count with thousands separators.
    pub fn count(&self, number: u64) -> String {
        grouped(number, self.group)
    }

    /// A count that may be worked out from rounded percentages: `≈4,975`.
    pub fn amount(&self, (number, rounded): Amount) -> String {
        let mark = if rounded { ROUNDED } else { "" };
        [mark, &self.count(number)].concat()
    }

    /// How many sent with SMTP AUTH; nothing where all that is known of it is
    /// left out, since "no one" would not be true.
    pub fn sent_sentence(&self, card: &SmtpAuth) -> String {
        if card.senders == 0 && card.remarks.not_included.is_some() {
            return String::new();
        }
        (self.smtp.sentence)(card.senders, &card.counts)
    }

    /// What is to be said beside figures, a sentence each; `days` writes the
    /// first and the last day of some.
    pub fn remarks(&self, remarks: &Remarks, days: &dyn Fn(Day, Day) -> String) -> Vec<String> {
        let mut texts = Vec::new();
        if let Some((counts, messages)) = remarks.covered {
            texts.push((self.flow.covered_by)(counts, messages));
        }
        if let Some((first, last)) = remarks.not_included {
            texts.push((self.flow.not_included)(&days(first, last)));
        }
        if remarks.undated > 0 {
            texts.push((self.flow.undated)(remarks.undated));
        }
        texts
    }

    /// A share with one decimal, as in the hole of a donut.
    pub fn percent(&self, share: Share) -> String {
        share.percent(1, self.point)
    }

    /// A share with two decimals, as in a call-out: `97.25%`.
    pub fn exact_percent(&self, share: Share) -> String {
        share.percent(2, self.point)
    }

    /// By how many percentage points `now` is above `before`, with its sign and
    /// one decimal: `+1.3`, `−0.4`, `0.0`.
    pub fn points(&self, now: Share, before: Share) -> String {
        let tenths = |share: Share| {
            let (part, whole) = (i128::from(share.part), i128::from(share.whole));
            (part * 2_000 + whole) / (2 * whole)
        };
        let difference = tenths(now) - tenths(before);
        let sign = match difference {
            0 => "",
            1.. => "+",
            _ => "\u{2212}",
        };
        let size = difference.unsigned_abs();
        format!("{sign}{}{}{}", size / 10, self.point, size % 10)
    }

    /// A difference with its sign: `+12`, `−3`, `0`.
    pub fn difference(&self, now: u64, before: u64) -> String {
        signed(now.cast_signed() - before.cast_signed(), self.group)
    }

    /// How messages and their protected share differ from the `days` before.
    pub fn than_before(&self, days: u32, now: &TlsCounts, before: &TlsCounts) -> String {
        let shares = now.protected_share().zip(before.protected_share());
        let points = shares.map(|(now, before)| self.points(now, before));
        let messages = self.difference(now.volume(), before.volume());
        (self.flow.than_before)(days, &messages, points.as_deref())
    }

    /// A number of bytes in decimal units: `1.2 MB`.
    pub fn bytes(&self, bytes: u64) -> String {
        const UNITS: [&str; 4] = ["kB", "MB", "GB", "TB"];
        if bytes < 1_000 {
            return format!("{bytes} B");
        }
        let mut scale = 1_000_u64;
        let mut unit = UNITS[0];
        for next in &UNITS[1..] {
            // 999,950 is already written as 1.0 of the next unit.
            if bytes / scale < 1_000 && (bytes + scale / 20) / scale < 1_000 {
                break;
            }
            scale *= 1_000;
            unit = next;
        }
        let tenths = (u128::from(bytes) * 10 + u128::from(scale) / 2) / u128::from(scale);
        format!("{}{}{} {unit}", tenths / 10, self.point, tenths % 10)
    }

    /// The UTC days of two times in seconds since 1970, in ISO 8601.
    pub fn days(&self, (first, last): (u32, u32)) -> String {
        self.days_between(Day::of_seconds(first), Day::of_seconds(last))
    }

    /// Two UTC days, or one, in ISO 8601.
    pub fn days_between(&self, first: Day, last: Day) -> String {
        let (first, last) = (first.to_string(), last.to_string());
        if first == last { first } else { (self.files.days)(&first, &last) }
    }

    /// The policy that figures of SMTP TLS reports are of, with the mode of an
    /// MTA-STS policy: `MTA-STS, mode enforce`.
    pub fn policy(&self, of: &TlsDomain) -> String {
        let name = (self.tls_reports.policy_type)(&of.policy_type).unwrap_or(&of.policy_type);
        match of.mode() {
            "" => name.to_owned(),
            mode => [name, &(self.tls_reports.mode)(mode)].join(", "),
        }
    }

    /// What a result type of an SMTP TLS report is called, what it means, and
    /// what to do; one that is not known goes by its own name.
    pub fn failure<'k>(&self, kind: &'k str) -> [&'k str; 3] {
        let [meaning, todo] = self.tls_reports.other_meaning;
        (self.tls_reports.meaning)(kind).unwrap_or([kind, meaning, todo])
    }
}

/// How long something took, in its two greatest units of days, hours, minutes
/// and seconds.
pub(super) fn took(seconds: i64, units: &[&str; 4]) -> String {
    const SIZES: [u64; 4] = [86_400, 3_600, 60, 1];
    let mut left = seconds.unsigned_abs();
    let mut text = if seconds < 0 { "\u{2212}".to_owned() } else { String::new() };
    let mut parts = 0;
    for (size, unit) in SIZES.into_iter().zip(units) {
        let many = left / size;
        left %= size;
        let last = size == 1 && parts == 0;
        if parts == 2 || many == 0 && !last {
            continue;
        }
        if parts > 0 {
            text.push(' ');
        }
        parts += 1;
        text.push_str(&many.to_string());
        text.push_str(unit);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::took;
    use crate::text::Language;

    #[test]
    fn how_long_it_took() {
        let took = |seconds| took(seconds, &[" d", " h", " min", " s"]);
        for (seconds, text) in [
            (0, "0 s"),
            (59, "59 s"),
            (-3, "\u{2212}3 s"),
            (60, "1 min"),
            (3_605, "1 h 5 s"),
            (90_061, "1 d 1 h"),
            (i64::MIN, "\u{2212}106751991167300 d 15 h"),
        ] {
            assert_eq!(took(seconds), text);
        }
    }

    #[test]
    fn a_period_of_one_day_is_that_day() {
        let [english, korean] = [Language::English, Language::Korean].map(Language::texts);
        let day = "24 November 2026";
        assert_eq!((english.flow.period)(1, day), "24 November 2026, UTC");
        assert_eq!((english.flow.period)(7, day), "7 days to 24 November 2026, UTC");
        assert_eq!((english.report.compared_with)(1, day), "With 24 November 2026, UTC");
        let before = (english.flow.than_before)(1, "+3", None);
        assert!(before.starts_with("Compared with the day before"), "{before}");
        let day = "2026년 11월 24일";
        assert_eq!((korean.flow.period)(1, day), "2026년 11월 24일(UTC)");
        assert_eq!(
            (korean.report.compared_with)(7, day),
            "2026년 11월 24일까지 7일간(UTC)의 메일과 비교"
        );
        assert_eq!((korean.flow.than_before)(1, "+3", None), "전날 대비: 메시지 +3개");
    }

    #[test]
    fn bytes_in_decimal_units() {
        let t = Language::English.texts();
        assert_eq!(t.bytes(999), "999 B");
        assert_eq!(t.bytes(1_000), "1.0 kB");
        assert_eq!(t.bytes(999_949), "999.9 kB");
        assert_eq!(t.bytes(999_950), "1.0 MB");
        assert_eq!(t.bytes(500_000_000), "500.0 MB");
        assert_eq!(t.bytes(u64::MAX), "18446744.1 TB");
    }
}
