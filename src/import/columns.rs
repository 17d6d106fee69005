//! Header cells to the fields a reader knows.
//!
//! The exact headers of several exports are not published and change with the
//! portal's language (`formats.md` A4, A4b), so cells are compared by letters
//! and digits only, with an alias table in English and Korean.

use std::borrow::Cow;

use super::csv::Record;
use crate::account::{ColumnUse, Field, Mapping};
use crate::mail::{is_of_word, lower};

/// The header of a table.
#[derive(Clone, Debug, Default)]
pub(crate) struct Header {
    /// Cells as written, without literal quotes around them.
    pub(crate) cells: Vec<String>,
    /// The same, squeezed to what is compared.
    keys: Vec<String>,
}

impl Header {
    /// The header with these cells.
    pub(crate) fn new(cells: &[String]) -> Self {
        let cells: Vec<String> = cells.iter().map(|cell| unquoted(cell).to_owned()).collect();
        let keys = cells.iter().map(|cell| squeeze(cell)).collect();
        Self { cells, keys }
    }

    /// Position of the column with this squeezed name.
    pub(crate) fn position(&self, key: &str) -> Option<usize> {
        self.keys.iter().position(|own| own == key)
    }

    /// Whether there is a column with this squeezed name.
    pub(crate) fn has(&self, key: &str) -> bool {
        self.position(key).is_some()
    }

    /// Position of the column that a mapping names: as written, by letters and
    /// digits only, or as `#3` where headers are blank or alike.
    pub(crate) fn named(&self, name: &str) -> Option<usize> {
        let exact = self.cells.iter().position(|cell| cell == unquoted(name));
        let alike = || self.position(&squeeze(name)).filter(|_| !name.starts_with('#'));
        exact.or_else(alike).or_else(|| {
            let number: usize = name.strip_prefix('#')?.parse().ok()?;
            number.checked_sub(1).filter(|position| *position < self.cells.len())
        })
    }

    /// Whether a mapping names a column of this header.
    pub(crate) fn names_any(&self, mapping: &Mapping) -> bool {
        mapping.columns.iter().any(|(_, name)| !name.is_empty() && self.named(name).is_some())
    }

    /// Number of columns whose squeezed name holds `part`.
    pub(crate) fn count_containing(&self, part: &str) -> usize {
        self.keys.iter().filter(|key| key.contains(part)).count()
    }
}

/// Some exports keep quotes as part of the name (`"date_time_utc"`).
fn unquoted(cell: &str) -> &str {
    cell.trim_matches(['"', '\u{feff}', ' ', '\t'])
}

/// Letters and digits in lower case.
pub(crate) fn squeeze(cell: &str) -> String {
    lower(cell).chars().filter(|c| is_of_word(*c)).collect()
}

/// Which column is taken for which field.
#[derive(Clone, Debug, Default)]
pub(crate) struct Columns {
    positions: [Option<usize>; Field::ALL.len()],
    chosen: [bool; Field::ALL.len()],
}

impl Columns {
    /// Takes columns by alias, those a person named before all.
    pub(crate) fn guess(header: &Header, mapping: &Mapping) -> Self {
        let mut columns = Self::default();
        for (field, name) in &mapping.columns {
            let position = header.named(name).filter(|_| !name.is_empty());
            columns.positions[*field as usize] = position;
            // An empty name is the person's word that there is none.
            columns.chosen[*field as usize] = position.is_some() || name.is_empty();
        }
        for field in Field::ALL {
            if columns.chosen[field as usize] {
                continue;
            }
            let found = aliases(field)
                .iter()
                .filter_map(|alias| header.position(alias))
                .find(|position| !columns.positions.contains(&Some(*position)));
            columns.positions[field as usize] = found;
        }
        columns
    }

    /// Takes exactly these columns, for formats whose header is known.
    pub(crate) fn exactly(header: &Header, known: &[(Field, &str)]) -> Self {
        let mut columns = Self::default();
        for (field, key) in known {
            columns.positions[*field as usize] = header.position(key);
        }
        columns
    }

    /// Whether a column was taken for `field`.
    pub(crate) fn has(&self, field: Field) -> bool {
        self.positions[field as usize].is_some()
    }

    /// Position of the column for `field`.
    pub(crate) fn position(&self, field: Field) -> Option<usize> {
        self.positions[field as usize]
    }

    /// The value for `field` in `record`; empty where there is no column.
    pub(crate) fn get<'a>(&self, field: Field, record: &Record<'a>) -> Cow<'a, [u8]> {
        match self.positions[field as usize] {
            Some(position) => record.get(position),
            None => Cow::Borrowed(&[]),
        }
    }

    /// How the columns were taken, for the account.
    pub(crate) fn uses(&self, header: &Header) -> Vec<ColumnUse> {
        Field::ALL
            .into_iter()
            .filter_map(|field| {
                let header = header.cells.get(self.positions[field as usize]?)?.clone();
                Some(ColumnUse { field, header, chosen: self.chosen[field as usize] })
            })
            .collect()
    }
}

/// Squeezed names of a field, best first.
#[expect(clippy::too_many_lines, reason = "it is a table")]
fn aliases(field: Field) -> &'static [&'static str] {
    match field {
        Field::Time => &[
            "datetimeutc",
            "dateutc",
            "datetime",
            "date",
            "origintimestamputc",
            "timestamputc",
            "timestamp",
            "receivedutc",
            "receiveddatetime",
            "receivedtime",
            "received",
            "messagedate",
            "senttime",
            "eventtime",
            "timeutc",
            "time",
            "날짜시간utc",
            "날짜utc",
            "날짜및시간",
            "날짜시간",
            "날짜",
            "일시",
            "수신시간",
            "받은시간",
            "받은날짜",
            "보낸시간",
            "보낸날짜",
            "타임스탬프",
            "시간",
            "시각",
        ],
        Field::Tls => &[
            "tlsversion",
            "tlsused",
            "tls",
            "tlsprotocol",
            "tlsprotocolversion",
            "tlstype",
            "tlsstate",
            "tlsstatus",
            "tls버전",
            "사용된tls",
            "tls사용",
            "tls프로토콜",
            "tls프로토콜버전",
        ],
        Field::Direction => &[
            "direction",
            "directionality",
            "connectordirection",
            "messagedirection",
            "maildirection",
            "mailflowdirection",
            "방향",
            "메일방향",
            "메시지방향",
            "커넥터방향",
        ],
        Field::Connector => &[
            "connectorname",
            "connector",
            "connectorid",
            "connectornameid",
            "connectordirectionandname",
            "커넥터이름",
            "커넥터명",
            "커넥터",
            "커넥터id",
        ],
        Field::ConnectorType => {
            &["connectortype", "typeofconnector", "커넥터유형", "커넥터종류", "커넥터형식"]
        }
        Field::ForcedTls => &[
            "forcedtls",
            "tlsforced",
            "istlsforced",
            "forcetls",
            "tlsrequired",
            "requiretls",
            "requiredtls",
            "tls강제",
            "강제tls",
            "강제된tls",
            "tls강제적용",
            "tls강제여부",
        ],
        Field::Sender => &[
            "senderaddress",
            "sender",
            "sendername",
            "fromaddress",
            "from",
            "senderemail",
            "account",
            "username",
            "user",
            "보낸사람주소",
            "보낸사람",
            "보낸사람이름",
            "발신자주소",
            "발신자",
            "발신자이름",
        ],
        Field::SenderDomain => {
            &["senderdomain", "fromdomain", "domain", "보낸사람도메인", "발신자도메인", "도메인"]
        }
        Field::Recipient => &[
            "recipientaddress",
            "recipient",
            "recipients",
            "toaddress",
            "to",
            "받는사람주소",
            "받는사람",
            "수신자주소",
            "수신자",
        ],
        Field::Status => {
            &["status", "deliverystatus", "messagestatus", "recipientstatus", "상태", "배달상태"]
        }
        Field::MessageId => {
            &["messageid", "internetmessageid", "msgid", "메시지id", "메세지id", "인터넷메시지id"]
        }
        Field::NetworkMessageId => {
            &["networkmessageid", "messagetraceid", "네트워크메시지id", "메시지추적id"]
        }
        Field::AuthMethod => &[
            "authmethod",
            "authenticationmethod",
            "authprotocol",
            "authenticationprotocol",
            "authenticationtype",
            "authtype",
            "인증방법",
            "인증방식",
            "인증프로토콜",
            "인증유형",
        ],
        Field::ClientIp => &[
            "originalclientip",
            "clientip",
            "clientipaddress",
            "originalclientipaddress",
            "senderip",
            "fromip",
            "ipaddress",
            "원본클라이언트ip",
            "클라이언트ip",
            "클라이언트ip주소",
            "ip주소",
        ],
        Field::Cipher => &[
            "tlscipher",
            "ciphersuite",
            "tlsciphersuite",
            "cipher",
            "tls암호",
            "tls암호화",
            "암호그룹",
            "암호화제품군",
        ],
        Field::MessageCount => {
            &["messagecount", "messages", "messagessent", "count", "메시지수", "메세지수"]
        }
    }
}
