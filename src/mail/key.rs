use sha2::{Digest, Sha256};

/// What a message is known by: 128 bits.
///
/// Either the network message id itself (a GUID that Exchange gives, RFC 9562
/// form), or the first half of the SHA-256 hash of a Message-ID: a sender chooses
/// Message-IDs, so a weaker hash would let one message hide another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct MessageKey(pub u128);

impl MessageKey {
    /// The key of a Message-ID (RFC 5322, without its angle brackets).
    pub fn of_message_id(id: &[u8]) -> Self {
        Self::of_parts(&[b"id", id])
    }

    /// The key of several parts, each told from the next by its length.
    pub fn of_parts(parts: &[&[u8]]) -> Self {
        let mut hasher = Sha256::new();
        for part in parts {
            hasher.update((part.len() as u64).to_le_bytes());
            hasher.update(part);
        }
        let mut key = [0; 16];
        key.copy_from_slice(&hasher.finalize()[..16]);
        Self(u128::from_le_bytes(key))
    }

    /// Reads a GUID with or without dashes and braces; `None` if it is none,
    /// or the nil GUID (which says "no id").
    pub fn of_guid(text: &[u8]) -> Option<Self> {
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
