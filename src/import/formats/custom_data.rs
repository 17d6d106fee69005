//! `custom_data` of Exchange: what the Extended report, the tracking log and
//! the trace's details say of transport, all in one text.

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};
use wide::u8x16;

use crate::mail::TlsState;

/// What `custom_data` says of transport.
#[derive(Default)]
pub(super) struct CustomData<'a> {
    pub(super) tls: Option<&'a [u8]>,
    pub(super) cipher: Option<&'a [u8]>,
    /// A version found in any other key that speaks of TLS.
    pub(super) other_version: Option<TlsState>,
    pub(super) inbound_connector: Option<ConnectorData<'a>>,
    pub(super) outbound_connector: Option<ConnectorData<'a>>,
    pub(super) from_hosted: bool,
    pub(super) to_hosted: bool,
    /// The message came from the internet, or through a front end.
    from_outside: bool,
}

#[derive(Clone, Copy, Default)]
pub(super) struct ConnectorData<'a> {
    pub(super) name: &'a [u8],
    pub(super) connector_type: &'a [u8],
}

impl<'a> ConnectorData<'a> {
    /// `Name=Contoso inbound;ConnectorType=Partner;TenantId=…`
    fn read(value: &'a [u8]) -> Self {
        let mut data = Self::default();
        for part in value.split(|&byte| byte == b';') {
            data.take(part);
        }
        data
    }

    fn take(&mut self, part: &'a [u8]) {
        if let Some(name) = part.strip_prefix(b"Name=") {
            self.name = name;
        } else if let Some(kind) = part.strip_prefix(b"ConnectorType=") {
            self.connector_type = kind;
        }
    }
}

impl<'a> CustomData<'a> {
    /// Whether it tells that the message came in from outside.
    pub(super) fn says_of_origin(&self) -> bool {
        self.from_outside || self.inbound_connector.is_some()
    }

    /// `;` separates `S:key=value`; a value that holds `;` is in single
    /// quotes: `'S:key=a=b;c=d'`. Of a key like `Microsoft.Exchange.X.Y` the
    /// last part counts.
    pub(super) fn read(data: &'a [u8]) -> Self {
        let mut facts = Self::default();
        let mut rest = data;
        let mut inbound_open = false;
        while !rest.is_empty() {
            let (segment, tail, window) = next_segment(rest);
            rest = tail;
            let Some(segment) = segment.strip_prefix(b"S:") else {
                // Without quotes a connector's data goes on behind the `;`.
                if inbound_open && let Some(connector) = &mut facts.inbound_connector {
                    connector.take(segment);
                }
                continue;
            };
            let Some((key, value, of_tls)) = key_and_value(segment, &window[2..]) else { continue };
            inbound_open = false;
            match key {
                b"tlsversion" => facts.tls = Some(value),
                b"tlscipher" => facts.cipher = Some(value),
                b"InboundConnectorData" => {
                    facts.inbound_connector = Some(ConnectorData::read(value));
                    inbound_open = true;
                }
                b"TenantOutboundConnectorCustomData" => {
                    facts.outbound_connector = Some(ConnectorData::read(value));
                }
                b"FromEntity" => {
                    facts.from_hosted = value == b"Hosted";
                    facts.from_outside |=
                        value.starts_with(b"Internet") || value.starts_with(b"Hybrid");
                }
                b"ProxyHop1" => facts.from_outside = true,
                b"ToEntity" => facts.to_hosted = value == b"Hosted",
                b"RequiredTlsAuthLevel" | b"EffectiveTlsAuthLevel" | b"InboundTlsDetails" => {}
                _ if of_tls => {
                    facts.other_version =
                        facts.other_version.or_else(|| TlsState::parse_version(value));
                }
                _ => {}
            }
        }
        facts
    }
}

/// The first segment of `data`, without quotes, what follows it, and all of
/// `data` from its start on.
fn next_segment(data: &[u8]) -> (&[u8], &[u8], &[u8]) {
    if let Some(quoted) = data.strip_prefix(b"'") {
        let end =
            memchr_iter(b'\'', quoted).find(|end| matches!(quoted.get(end + 1), None | Some(b';')));
        if let Some(end) = end {
            return (&quoted[..end], quoted.get(end + 2..).unwrap_or_default(), quoted);
        }
    }
    match memchr(b';', data) {
        Some(end) => (&data[..end], &data[end + 1..], data),
        None => (data, &[], data),
    }
}

/// The last part of a key, its value, and whether the key speaks of TLS.
/// `window` begins where `segment` does, and may reach behind it.
fn key_and_value<'a>(segment: &'a [u8], window: &[u8]) -> Option<(&'a [u8], &'a [u8], bool)> {
    let head = window.first_chunk().map(Head::of).filter(|head| head.equals < segment.len());
    if let Some(Head { equals, start, of_tls }) = head {
        return Some((&segment[start..equals], &segment[equals + 1..], of_tls));
    }
    let equals = memchr(b'=', segment)?;
    let key = &segment[..equals];
    let key = memrchr(b'.', key).map_or(key, |dot| &key[dot + 1..]);
    Some((key, &segment[equals + 1..], speaks_of_tls(key)))
}

fn speaks_of_tls(text: &[u8]) -> bool {
    // The letter in the middle is the rarest.
    memchr2_iter(b'l', b'L', text).filter_map(|at| at.checked_sub(1)).any(|start| {
        text.get(start..start + 3).is_some_and(|word| word.eq_ignore_ascii_case(b"tls"))
    })
}

/// What the first bytes of a segment tell of its key, looked at all at once:
/// keys are so short that any search costs more than it finds.
struct Head {
    /// Where the key ends; beyond the bytes if it does not in them.
    equals: usize,
    /// Where its last part starts.
    start: usize,
    /// Whether that speaks of TLS.
    of_tls: bool,
}

impl Head {
    fn of(bytes: &[u8; 32]) -> Self {
        let (halves, _) = bytes.as_chunks::<16>();
        let (low, high) = (u8x16::new(halves[0]), u8x16::new(halves[1]));
        let lower = u8x16::splat(0x20);
        let (low_any, high_any) = (low | lower, high | lower);
        let plain = |byte| places(low, high, byte);
        let any_case = |byte| places(low_any, high_any, byte);
        let equals = plain(b'=').trailing_zeros();
        let key = 1_u32.checked_shl(equals).map_or(u32::MAX, |end| end - 1);
        let start = u32::BITS - (plain(b'.') & key).leading_zeros();
        let last = key & u32::MAX.checked_shl(start).unwrap_or(0);
        let tls = any_case(b't') & any_case(b'l') >> 1 & any_case(b's') >> 2;
        Self {
            equals: if equals == u32::BITS { usize::MAX } else { equals as usize },
            start: start as usize,
            of_tls: tls & last & last >> 2 != 0,
        }
    }
}

/// Where a byte stands in two times sixteen.
#[inline(always)]
#[expect(clippy::inline_always, reason = "two instructions")]
fn places(low: u8x16, high: u8x16, byte: u8) -> u32 {
    let byte = u8x16::splat(byte);
    low.simd_eq(byte).to_bitmask() | high.simd_eq(byte).to_bitmask() << 16
}

/// A version in prose, where the prose says that it was used: the portal
/// writes "… using TLS1.2 with AES256".
pub(super) fn version_in_prose(text: &[u8]) -> Option<TlsState> {
    const BEFORE: [&[u8]; 3] = [b"using tls", b"version=tls", b"tlsversion="];
    // All of them have it, and nearly no text does.
    if !speaks_of_tls(text) {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    BEFORE.iter().find_map(|before| {
        let at = lower.windows(before.len()).position(|window| window == *before)?;
        let word = &lower[at..];
        let end =
            word.iter().skip(before.len()).position(|byte| matches!(byte, b' ' | b',' | b';'));
        TlsState::parse_version(&word[..end.map_or(word.len(), |end| end + before.len())])
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The same, said as plainly as it can be.
    fn plainly(segment: &[u8]) -> Option<(&[u8], &[u8], bool)> {
        let mut parts = segment.splitn(2, |byte| *byte == b'=');
        let (key, value) = (parts.next()?, parts.next()?);
        let key = key.rsplit(|byte| *byte == b'.').next().unwrap_or(key);
        let of_tls = String::from_utf8_lossy(key).to_ascii_lowercase().contains("tls");
        Some((key, value, of_tls))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        #[test]
        fn keys_of_any_length_and_shape(
            words in prop::collection::vec(
                prop::sample::select(vec!["tls", "TLS", "Tl", "s", ".", "=", "t", "Inbound", "Connector", "X"]),
                0..14,
            ),
            behind in prop::sample::select(vec!["", ";S:tlsversion=TLS1.2;S:FromEntity=Internet;S:Oorg=x.example"]),
        ) {
            let segment = words.concat();
            let window = format!("{segment}{behind}");
            let (segment, window) = (segment.as_bytes(), window.as_bytes());
            prop_assert_eq!(key_and_value(segment, window), plainly(segment));
        }
    }
}
