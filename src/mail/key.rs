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
        let mut value: u128 = 0;
        let mut digits = 0;
        for &byte in text {
            let digit = match byte {
                b'0'..=b'9' => byte - b'0',
                b'a'..=b'f' => byte - b'a' + 10,
                b'A'..=b'F' => byte - b'A' + 10,
                b'-' | b'{' | b'}' | b' ' => continue,
                _ => return None,
            };
            digits += 1;
            if digits > 32 {
                return None;
            }
            value = value << 4 | u128::from(digit);
        }
        (digits == 32 && value != 0).then_some(Self(value))
    }
}
