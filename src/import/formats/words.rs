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

/// Direction and name of a connector out of one cell (`Inbound - Contoso`,
/// `Outbound: Contoso`, `Contoso (인바운드)`); mail without a connector has no
/// name. Where no direction stands before or behind a sign, the whole is a
/// name, of which the first word may be a direction.
pub(crate) fn direction_and_name(cell: &str) -> (Direction, &str) {
    let known = |word: &str| direction(word).filter(|found| *found != Direction::Unknown);
    let squeezed = squeeze(cell);
    let has = |part: &str| squeezed.contains(part);
    if has("withoutaconnector")
        || has("withoutconnector")
        || has("noconnector")
        || has("커넥터없")
        || has("커넥터가없")
    {
        let outbound = ["to", "outbound"].iter().any(|start| squeezed.starts_with(start))
            || ["으로", "발신", "송신", "아웃바운드", "보내"].into_iter().any(has);
        let inbound = ["from", "inbound"].iter().any(|start| squeezed.starts_with(start))
            || ["에서", "수신", "인바운드", "받"].into_iter().any(has);
        let direction = match (inbound, outbound) {
            (true, false) => Direction::Inbound,
            (false, true) => Direction::Outbound,
            _ => Direction::Unknown,
        };
        return (direction, "");
    }
    let signs = ['-', '\u{2013}', '\u{2014}', ':', '/', '|'];
    if let Some((before, name)) = cell.split_once(signs)
        && let Some(direction) = known(before)
    {
        return (direction, name.trim());
    }
    if let Some((name, behind)) = cell.trim_end_matches(')').rsplit_once('(')
        && let Some(direction) = known(behind)
    {
        return (direction, name.trim());
    }
    let first = cell.split_whitespace().next().unwrap_or_default();
    match known(first) {
        // A direction and nothing else is one without a name.
        Some(direction) if first.len() == cell.trim().len() => (direction, ""),
        Some(direction) => (direction, cell.trim()),
        None => (Direction::Unknown, cell.trim()),
    }
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

/// The type of a connector that the Hybrid Configuration Wizard names:
/// `Outbound to Office 365 - <guid>`, `Inbound from Office 365`.
pub(crate) fn hybrid_type(connector: &str) -> ConnectorType {
    let lower = crate::mail::lower(connector);
    let hybrid = lower.contains("office 365")
        && (lower.contains("outbound to") || lower.contains("inbound from"));
    if hybrid { ConnectorType::OnPremises } else { ConnectorType::Unknown }
}

/// Whether a receive connector of Exchange Server is for clients that sign in
/// (ports 587 and 465).
pub(crate) fn is_for_clients(connector: &str) -> bool {
    connector.contains("\\Client Frontend ") || connector.contains("\\Client Proxy ")
}

/// Whether a connector only joins servers of one organization (Exchange names
/// it in the server's language).
pub(crate) fn is_intra_organization(connector: &str) -> bool {
    const NAMES: [&str; 10] = [
        "edgesync - inbound",
        "intra-organization",
        "inbound proxy internal",
        "outbound proxy internal",
        "mailbox delivery",
        "组织内",
        "組織內",
        "組織内",
        "조직 내",
        "조직내",
    ];
    let lower = crate::mail::lower(connector);
    NAMES.iter().any(|name| lower.contains(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn directions_and_names_of_connectors() {
        use Direction::{Inbound, Outbound, Unknown};
        for (cell, direction, name) in [
            ("Inbound - Contoso connector", Inbound, "Contoso connector"),
            ("Outbound: To Fabrikam - plant", Outbound, "To Fabrikam - plant"),
            ("인바운드 – 파트너 커넥터", Inbound, "파트너 커넥터"),
            ("아웃바운드: To Fabrikam", Outbound, "To Fabrikam"),
            ("Contoso connector (Inbound)", Inbound, "Contoso connector"),
            ("Inbound from Contoso", Inbound, "Inbound from Contoso"),
            ("Outbound", Outbound, ""),
            ("Contoso - relay", Unknown, "Contoso - relay"),
            ("", Unknown, ""),
            ("From the internet without a connector", Inbound, ""),
            ("To the internet without a connector", Outbound, ""),
            ("Inbound - without a connector", Inbound, ""),
            ("커넥터 없이 인터넷에서 수신", Inbound, ""),
            ("커넥터 없이 인터넷으로 발신", Outbound, ""),
            ("커넥터가 없는 인터넷에서", Inbound, ""),
        ] {
            assert_eq!(direction_and_name(cell), (direction, name), "{cell}");
        }
    }
}
