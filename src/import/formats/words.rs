//! The words that exports use for direction, connector type, forced TLS and
//! authentication, in English and Korean.

use crate::account::Field;
use crate::import::columns::squeeze;
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};

/// The code of what a word of that field's column is read as; `None` for a
/// word that is not known.
pub(crate) fn meaning(field: Field, word: &str) -> Option<&'static str> {
    match field {
        Field::Tls => TlsState::parse(word.as_bytes()).map(TlsState::code),
        Field::Direction => direction(word).map(Direction::code),
        Field::ConnectorType => connector_type(word).map(ConnectorType::code),
        Field::ForcedTls => forced(word).map(|forced| match forced {
            Some(true) => "true",
            Some(false) => "false",
            None => "notRecorded",
        }),
        Field::AuthMethod => auth_method(word).map(AuthMethod::code),
        _ => None,
    }
}

/// A direction; `None` for a word that is not known.
pub(crate) fn direction(word: &str) -> Option<Direction> {
    // `Start-HistoricalSearch -Direction` has Received and Sent, traces have
    // Incoming and Originating (1 and 2 in the documentation), reports have
    // Inbound and Outbound.
    Some(match squeeze(word).as_str() {
        "inbound" | "incoming" | "received" | "receive" | "in" | "1" | "인바운드" | "수신"
        | "받음" | "들어오는메일" => Direction::Inbound,
        "outbound" | "outgoing" | "originating" | "sent" | "send" | "out" | "2" | "아웃바운드"
        | "발신" | "보냄" | "송신" | "나가는메일" => Direction::Outbound,
        "internal" | "intraorg" | "intraorganization" | "내부" => Direction::Internal,
        "submission" | "smtpauth" | "clientsubmission" => Direction::Submission,
        "" | "unknown" | "undefined" | "알수없음" => Direction::Unknown,
        _ => return None,
    })
}

/// A connector type; `None` for a word that is not known.
pub(crate) fn connector_type(word: &str) -> Option<ConnectorType> {
    Some(match squeeze(word).as_str() {
        "onpremises" | "onpremise" | "onprem" | "온프레미스" | "사내" => {
            ConnectorType::OnPremises
        }
        "partner" | "파트너" => ConnectorType::Partner,
        "noconnector" | "none" | "커넥터없음" => ConnectorType::NoConnector,
        "" | "unknown" | "알수없음" => ConnectorType::Unknown,
        _ => return None,
    })
}

/// Whether TLS is forced: `Some(None)` for silence, `None` for a word that is
/// not known.
#[expect(clippy::option_option, reason = "three answers: a value, silence, an unknown word")]
pub(crate) fn forced(word: &str) -> Option<Option<bool>> {
    Some(match squeeze(word).as_str() {
        "true" | "yes" | "1" | "forced" | "예" | "참" => Some(true),
        "false" | "no" | "0" | "notforced" | "opportunistic" | "아니요" | "아니오" | "거짓" => {
            Some(false)
        }
        "" | "unknown" | "na" | "notrecorded" | "기록되지않음" => None,
        _ => return None,
    })
}

/// How a client signed in; `None` for a word that is not known.
pub(crate) fn auth_method(word: &str) -> Option<AuthMethod> {
    let word = squeeze(word);
    Some(match word.as_str() {
        "" | "unknown" | "알수없음" => AuthMethod::Unknown,
        _ if word.contains("basic") || word.contains("기본") => AuthMethod::Basic,
        _ if word.contains("modern") || word.contains("oauth") || word.contains("최신") => {
            AuthMethod::Modern
        }
        // RFC 4616 PLAIN, and LOGIN, carry a password.
        "login" | "plain" | "authlogin" | "authplain" => AuthMethod::Basic,
        "oauthbearer" | "xoauth2" => AuthMethod::Modern,
        _ => return None,
    })
}

/// Whether a connector only joins servers of one organization (Exchange names
/// it in the server's language).
pub(crate) fn is_intra_organization(connector: &str) -> bool {
    const NAMES: [&str; 7] = [
        "intra-organization",
        "inbound proxy internal",
        "组织内",
        "組織內",
        "組織内",
        "조직 내",
        "조직내",
    ];
    let lower = crate::mail::lower(connector);
    NAMES.iter().any(|name| lower.contains(name))
}
