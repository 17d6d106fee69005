use super::Day;

/// A point in time, in seconds since 1970-01-01T00:00:00Z, as text in UTC:
/// `2026-09-03 15:21:05`.
pub fn utc(seconds: u32) -> String {
    let of_day = seconds % 86_400;
    let mut text = Day::of_seconds(seconds).to_string();
    for (sign, number) in [(' ', of_day / 3_600), (':', of_day / 60 % 60), (':', of_day % 60)] {
        text.push(sign);
        if number < 10 {
            text.push('0');
        }
        text.push_str(&number.to_string());
    }
    text
}
