//! `custom_data` of Exchange: what the Extended report, the tracking log and
//! the trace's details say of transport, all in one text.

use memchr::{memchr, memchr_iter, memchr2_iter, memrchr};

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
            let (segment, tail) = next_segment(rest);
            rest = tail;
            let Some(segment) = segment.strip_prefix(b"S:") else {
                // Without quotes a connector's data goes on behind the `;`.
                if inbound_open && let Some(connector) = &mut facts.inbound_connector {
                    connector.take(segment);
                }
                continue;
            };
            let Some(equals) = memchr(b'=', segment) else { continue };
            let (key, value) = (&segment[..equals], &segment[equals + 1..]);
            let key = match memrchr(b'.', key) {
                Some(dot) => &key[dot + 1..],
                None => key,
            };
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
                _ if speaks_of_tls(key) => {
                    facts.other_version =
                        facts.other_version.or_else(|| TlsState::parse_version(value));
                }
                _ => {}
            }
        }
        facts
    }
}

/// The first segment of `data`, without quotes, and what follows it.
fn next_segment(data: &[u8]) -> (&[u8], &[u8]) {
    if let Some(quoted) = data.strip_prefix(b"'") {
        let end =
            memchr_iter(b'\'', quoted).find(|end| matches!(quoted.get(end + 1), None | Some(b';')));
        if let Some(end) = end {
            return (&quoted[..end], quoted.get(end + 2..).unwrap_or_default());
        }
    }
    match memchr(b';', data) {
        Some(end) => (&data[..end], &data[end + 1..]),
        None => (data, &[]),
    }
}

fn speaks_of_tls(key: &[u8]) -> bool {
    memchr2_iter(b't', b'T', key)
        .any(|at| key.get(at..at + 3).is_some_and(|word| word.eq_ignore_ascii_case(b"tls")))
}

/// A version in prose, where the prose says that it was used: the portal
/// writes "… using TLS1.2 with AES256".
pub(super) fn version_in_prose(text: &[u8]) -> Option<TlsState> {
    const BEFORE: [&[u8]; 3] = [b"using tls", b"version=tls", b"tlsversion="];
    let lower = text.to_ascii_lowercase();
    BEFORE.iter().find_map(|before| {
        let at = lower.windows(before.len()).position(|window| window == *before)?;
        let word = &lower[at..];
        let end =
            word.iter().skip(before.len()).position(|byte| matches!(byte, b' ' | b',' | b';'));
        TlsState::parse_version(&word[..end.map_or(word.len(), |end| end + before.len())])
    })
}
