/// What a message is known by: 128 bits.
///
/// Either the network message id itself (a GUID that Exchange gives, RFC 9562
/// form), or the first half of the BLAKE3 hash of a Message-ID: a sender chooses
/// Message-IDs, so a weaker hash would let one message hide another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageKey(pub u128);

impl MessageKey {
    /// The key of a Message-ID (RFC 5322, without its angle brackets).
    pub fn of_message_id(id: &[u8]) -> Self {
        Self::of_hash(&blake3::hash(id))
    }

    /// The key of several parts, each told from the next by its length. No
    /// Message-ID has it.
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hasher = blake3::Hasher::new_keyed(b"mailflow: several parts, one key");
        for part in parts {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        Self::of_hash(&hasher.finalize())
    }

    fn of_hash(hash: &blake3::Hash) -> Self {
        let mut key = [0; 16];
        key.copy_from_slice(&hash.as_bytes()[..16]);
        Self(u128::from_le_bytes(key))
    }

    /// Reads a GUID with or without dashes and braces; `None` if it is none,
    /// or the nil GUID (which says "no id").
    pub fn of_guid(text: &[u8]) -> Option<Self> {
        if let Ok(text) = text.try_into()
            && let Some(value) = dashed(text)
        {
            return (value != 0).then_some(Self(value));
        }
        let mut halves = [0_u64; 2];
        let mut digits = 0_usize;
        for &byte in text {
            let digit = HEX[usize::from(byte)];
            if digit > 15 {
                if matches!(byte, b'-' | b'{' | b'}' | b' ') {
                    continue;
                }
                return None;
            }
            let half = halves.get_mut(digits / 16)?;
            *half = *half << 4 | u64::from(digit);
            digits += 1;
        }
        let value = u128::from(halves[0]) << 64 | u128::from(halves[1]);
        (digits == 32 && value != 0).then_some(Self(value))
    }
}

/// The usual form, `3138c8b5-a3d0-732d-faf4-4088d36b7e7f`, eight digits at a
/// time; `None` for another.
fn dashed(text: &[u8; 36]) -> Option<u128> {
    if [text[8], text[13], text[18], text[23]] != [b'-'; 4] {
        return None;
    }
    let four = |from: usize| text[from..].first_chunk().copied().map_or(0, u32::from_be_bytes);
    let (mut value, mut wrong) = (0_u128, 0);
    for (one, other) in [(0, 4), (9, 14), (19, 24), (28, 32)] {
        let (word, bad) = hex(u64::from(four(one)) << 32 | u64::from(four(other)));
        value = value << 32 | u128::from(word);
        wrong |= bad;
    }
    (wrong == 0).then_some(value)
}

/// Eight digits to their value; the second is not 0 where one is none.
#[expect(clippy::cast_possible_truncation, reason = "the other half is empty")]
fn hex(digits: u64) -> (u32, u64) {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * ONES;
    // In each byte that is below 128: its high bit says whether it is at least
    // `least`.
    let at_least = |bytes: u64, least: u64| ((bytes | HIGH) - least * ONES) & HIGH;
    let lower = digits | (0x20 * ONES);
    let number = at_least(digits & !HIGH, 0x30) & !at_least(digits & !HIGH, 0x3a);
    let letter = at_least(lower & !HIGH, 0x61) & !at_least(lower & !HIGH, 0x67);
    let wrong = digits & HIGH | !(number | letter) & HIGH;
    let letters = letter >> 7;
    let nibbles = (digits & (0x0f * ONES)) + letters * 9;
    // Pairs of nibbles to bytes, of bytes to halves, of halves to the word.
    let bytes = (nibbles | nibbles >> 4) & 0x00ff_00ff_00ff_00ff;
    let halves = (bytes | bytes >> 8) & 0x0000_ffff_0000_ffff;
    ((halves | halves >> 16) as u32, wrong)
}

/// What a byte is as a hexadecimal digit; more than 15 for none.
#[expect(clippy::cast_possible_truncation, reason = "below 16")]
const HEX: [u8; 256] = {
    let mut table = [u8::MAX; 256];
    let mut digit = 0;
    while digit < 16 {
        table[b"0123456789abcdef"[digit] as usize] = digit as u8;
        table[b"0123456789ABCDEF"[digit] as usize] = digit as u8;
        digit += 1;
    }
    table
};

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::MessageKey;

    proptest! {
        #[test]
        fn any_guid_in_any_form(value in 1_u128.., upper in any::<bool>()) {
            let plain = format!("{value:032x}");
            let plain = if upper { plain.to_uppercase() } else { plain };
            let parts = [&plain[..8], &plain[8..12], &plain[12..16], &plain[16..20], &plain[20..]];
            let dashed = parts.join("-");
            for form in [plain.clone(), dashed.clone(), format!("{{{dashed}}}")] {
                prop_assert_eq!(MessageKey::of_guid(form.as_bytes()), Some(MessageKey(value)));
            }
        }

        #[test]
        fn nothing_else_is_a_guid(at in 0_usize..36, byte in any::<u8>()) {
            let mut text = *b"3138c8b5-a3d0-732d-faf4-4088d36b7e7f";
            text[at] = byte;
            let dash = matches!(at, 8 | 13 | 18 | 23);
            // A sign that stands between digits may stand anywhere, but none may
            // be missing.
            let separates = matches!(byte, b'-' | b'{' | b'}' | b' ');
            let fits = if dash { separates } else { byte.is_ascii_hexdigit() };
            prop_assert_eq!(MessageKey::of_guid(&text).is_some(), fits, "{}", byte);
        }
    }
}
