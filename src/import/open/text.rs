//! Plain bytes to text bytes: byte order marks go, UTF-16 becomes UTF-8. Other
//! encodings keep their bytes (all that Exchange and Windows write leave
//! comma, quote and line ends alone) and are decoded value by value.

use super::Charset;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    /// Not enough bytes yet.
    Undecided,
    /// UTF-8, or bytes of another encoding, as they are.
    Bytes,
    Utf16 {
        big_endian: bool,
    },
}

/// Decodes the text of one file.
pub(crate) struct TextDecoder {
    form: Form,
    marked: bool,
    pending: Vec<u8>,
    high_surrogate: Option<u16>,
    plain: Vec<u8>,
    /// Units that were no character; each became U+FFFD.
    pub(crate) broken: u64,
}

/// How many bytes settle the form: enough for a header.
const ENOUGH: usize = 512;

impl TextDecoder {
    /// A decoder at the start of a file.
    pub(crate) fn new() -> Self {
        Self {
            form: Form::Undecided,
            marked: false,
            pending: Vec::new(),
            high_surrogate: None,
            plain: Vec::new(),
            broken: 0,
        }
    }

    /// The encoding's name, once `charset` is known for 8-bit text.
    pub(crate) fn encoding(&self, charset: Charset) -> &'static str {
        match (self.form, self.marked) {
            (Form::Utf16 { big_endian: false }, _) => "UTF-16LE",
            (Form::Utf16 { big_endian: true }, _) => "UTF-16BE",
            _ => charset.name(),
        }
    }

    /// How a line feed is written: bytes of a unit, and the bytes themselves;
    /// `None` before that is settled.
    pub(crate) fn line_feed(&self) -> Option<(usize, [u8; 2])> {
        match self.form {
            Form::Undecided => None,
            Form::Bytes => Some((1, [b'\n', 0])),
            Form::Utf16 { big_endian: false } => Some((2, [b'\n', 0])),
            Form::Utf16 { big_endian: true } => Some((2, [0, b'\n'])),
        }
    }

    /// Whether what was decoded ends with a character.
    pub(crate) fn is_between_characters(&self) -> bool {
        self.form == Form::Bytes || self.pending.is_empty() && self.high_surrogate.is_none()
    }

    /// Goes on at the start of a character of another place.
    pub(crate) fn start_anew(&mut self) {
        self.pending.clear();
        self.high_surrogate = None;
        self.broken = 0;
    }

    /// Decodes `bytes`; `sink` gets the text.
    pub(crate) fn push(&mut self, bytes: &[u8], sink: &mut dyn FnMut(&[u8])) {
        match self.form {
            Form::Undecided => {
                self.pending.extend_from_slice(bytes);
                if self.pending.len() >= ENOUGH {
                    self.decide(sink);
                }
            }
            Form::Bytes => sink(bytes),
            Form::Utf16 { big_endian } => self.utf16(bytes, big_endian, sink),
        }
    }

    /// Ends the file; whether it ends inside a character.
    pub(crate) fn finish(&mut self, sink: &mut dyn FnMut(&[u8])) -> bool {
        if self.form == Form::Undecided {
            self.decide(sink);
        }
        let cut = matches!(self.form, Form::Utf16 { .. })
            && (!self.pending.is_empty() || self.high_surrogate.is_some());
        self.broken += u64::from(cut);
        cut
    }

    fn decide(&mut self, sink: &mut dyn FnMut(&[u8])) {
        let start = std::mem::take(&mut self.pending);
        let (form, mark) = match start.as_slice() {
            [0xff, 0xfe, ..] => (Form::Utf16 { big_endian: false }, 2),
            [0xfe, 0xff, ..] => (Form::Utf16 { big_endian: true }, 2),
            [0xef, 0xbb, 0xbf, ..] => (Form::Bytes, 3),
            _ => (form_by_nuls(&start[..start.len().min(ENOUGH)]), 0),
        };
        self.form = form;
        self.marked = mark > 0;
        self.push(&start[mark..], sink);
    }

    fn utf16(&mut self, mut bytes: &[u8], big_endian: bool, sink: &mut dyn FnMut(&[u8])) {
        let mut plain = std::mem::take(&mut self.plain);
        plain.clear();
        plain.reserve(bytes.len() * 3 / 2 + 8);
        let unit = |pair: [u8; 2]| {
            if big_endian { u16::from_be_bytes(pair) } else { u16::from_le_bytes(pair) }
        };
        if let Some((second, rest)) = bytes.split_first()
            && let Some(first) = self.pending.pop()
        {
            self.unit(unit([first, *second]), &mut plain);
            bytes = rest;
        }
        let (pairs, odd) = bytes.as_chunks::<2>();
        for pair in pairs {
            let unit = unit(*pair);
            if unit < 0x80 && self.high_surrogate.is_none() {
                #[expect(clippy::cast_possible_truncation, reason = "below 0x80")]
                plain.push(unit as u8);
            } else {
                self.unit(unit, &mut plain);
            }
        }
        self.pending.extend_from_slice(odd);
        sink(&plain);
        self.plain = plain;
    }

    /// Takes one UTF-16 unit that may be half of a pair.
    fn unit(&mut self, unit: u16, plain: &mut Vec<u8>) {
        let mut put = |c: char| {
            plain.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        };
        if let Some(high) = self.high_surrogate.take() {
            if (0xdc00..0xe000).contains(&unit) {
                let code = 0x1_0000 + (u32::from(high - 0xd800) << 10) + u32::from(unit - 0xdc00);
                put(char::from_u32(code).unwrap_or(char::REPLACEMENT_CHARACTER));
                return;
            }
            self.broken += 1;
            put(char::REPLACEMENT_CHARACTER);
        }
        if (0xd800..0xdc00).contains(&unit) {
            self.high_surrogate = Some(unit);
        } else if let Some(c) = char::from_u32(u32::from(unit)) {
            put(c);
        } else {
            self.broken += 1;
            put(char::REPLACEMENT_CHARACTER);
        }
    }
}

/// Exchange Online writes UTF-16LE, often without a byte order mark
/// (`formats.md` 0.3): the NUL bytes of Latin letters then stand in odd
/// places.
fn form_by_nuls(start: &[u8]) -> Form {
    let count =
        |offset: usize| start.iter().skip(offset).step_by(2).filter(|&&byte| byte == 0).count();
    let (even, odd) = (count(0), count(1));
    // A header is nearly all Latin letters; a photo has NULs in both places.
    let half = start.len() / 2;
    if half >= 2 && odd * 2 > half && even * 8 < half.max(8) {
        Form::Utf16 { big_endian: false }
    } else if half >= 2 && even * 2 > half && odd * 8 < half.max(8) {
        Form::Utf16 { big_endian: true }
    } else {
        Form::Bytes
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// Decodes `bytes` in pieces of these sizes, the rest in one: the text,
    /// whether it is cut, and how many units were broken.
    fn decode(bytes: &[u8], cuts: &[usize]) -> (Vec<u8>, bool, u64) {
        let mut text = Vec::new();
        let mut take = |piece: &[u8]| text.extend_from_slice(piece);
        let mut decoder = TextDecoder::new();
        let mut rest = bytes;
        for cut in cuts {
            let (piece, tail) = rest.split_at((*cut).min(rest.len()));
            decoder.push(piece, &mut take);
            rest = tail;
        }
        decoder.push(rest, &mut take);
        let cut = decoder.finish(&mut take);
        (text, cut, decoder.broken)
    }

    fn utf16(text: &str, big_endian: bool) -> Vec<u8> {
        let bytes = |unit: u16| if big_endian { unit.to_be_bytes() } else { unit.to_le_bytes() };
        "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(bytes).collect()
    }

    fn cuts() -> impl Strategy<Value = Vec<usize>> {
        prop::collection::vec(prop_oneof![0_usize..5, 0_usize..600], 0..10)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(500))]

        #[test]
        fn any_bytes_give_the_same_text_in_any_pieces(
            start in prop::sample::select(vec![&b""[..], b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf"]),
            bytes in prop::collection::vec(any::<u8>(), 0..1_500),
            cuts in cuts(),
        ) {
            let bytes = [start, &bytes].concat();
            prop_assert_eq!(decode(&bytes, &cuts), decode(&bytes, &[]));
        }

        #[test]
        fn utf16_becomes_the_text_it_stands_for(
            text in "[ -~\n가-힣😀-😎é]{0,700}", big_endian in any::<bool>(), cuts in cuts(),
        ) {
            let bytes = utf16(&text, big_endian);
            prop_assert_eq!(decode(&bytes, &cuts), (text.into_bytes(), false, 0));
        }
    }

    #[test]
    fn half_a_pair_becomes_one_sign_and_is_counted() {
        let high = [0xff, 0xfe, 0x3d, 0xd8, b'a', 0];
        assert_eq!(decode(&high, &[]), ("\u{fffd}a".into(), false, 1));
        let low = [0xff, 0xfe, 0x00, 0xde, b'a', 0];
        assert_eq!(decode(&low, &[]), ("\u{fffd}a".into(), false, 1));
    }

    #[test]
    fn a_file_that_ends_inside_a_character_is_cut_and_nothing_is_made_up() {
        let bytes = utf16("ab😀", false);
        assert_eq!(decode(&bytes[..bytes.len() - 1], &[]), ("ab".into(), true, 1));
        assert_eq!(decode(&bytes[..bytes.len() - 2], &[]), ("ab".into(), true, 1));
        assert_eq!(decode(&bytes[..bytes.len() - 3], &[]), ("ab".into(), true, 1));
        assert_eq!(decode(&bytes[..bytes.len() - 4], &[]), ("ab".into(), false, 0));
    }
}
