//! How a number is written; the separators are of the person's language.

/// What stands before a number that is worked out from rounded percentages.
pub const ROUNDED: &str = "\u{2248}";

/// `4975` as `4,975`.
pub fn grouped(number: u64, separator: char) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

/// A difference with its sign: `+12`, `−` and the number, `0`.
pub fn signed(difference: i64, separator: char) -> String {
    let sign = match difference {
        0 => "",
        1.. => "+",
        _ => "\u{2212}",
    };
    format!("{sign}{}", grouped(difference.unsigned_abs(), separator))
}

#[cfg(test)]
mod tests {
    use super::grouped;

    #[test]
    fn groups_of_three() {
        assert_eq!(grouped(0, ','), "0");
        assert_eq!(grouped(999, ','), "999");
        assert_eq!(grouped(1_000, ','), "1,000");
        assert_eq!(grouped(u64::MAX, ','), "18,446,744,073,709,551,615");
    }
}
