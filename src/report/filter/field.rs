use serde::{Deserialize, Serialize};

use super::Verb;
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};
use crate::report::ReportKind;
use crate::tally::{FlowCell, SubmissionCell, Text};

/// What can be filtered by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Field {
    /// The UTC day.
    Date,
    /// Inbound, outbound, internal, unknown.
    Direction,
    /// The connector's name as written; silent for none.
    Connector,
    /// Where the connector leads.
    ConnectorType,
    /// "Forced TLS?".
    ForcedTls,
    /// The TLS state.
    Tls,
    /// The cipher suite as written.
    Cipher,
    /// The domain of the sender.
    SenderDomain,
    /// The domain on the other side.
    RemoteDomain,
    /// The host on the other side.
    RemoteHost,
    /// The address of an SMTP AUTH client.
    Account,
    /// Its domain.
    Domain,
    /// How it signed in.
    Method,
    /// Its IP address.
    ClientIp,
    /// All messages of the row.
    Volume,
    /// Their difference to the period before.
    Change,
    /// The row's messages of a TLS state.
    Count(TlsState),
    /// Their share of what is recorded of the row.
    Share(TlsState),
}

/// What values of a field are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FieldKind {
    /// A text.
    Text,
    /// One of a few codes.
    Choice,
    /// A day.
    Day,
    /// A number of messages.
    Count,
    /// A difference of messages.
    Difference,
    /// A share in percent.
    Percent,
}

/// The columns of cells, with their words in addresses.
const CELL: [(Field, &str); 14] = [
    (Field::Date, "date"),
    (Field::Direction, "direction"),
    (Field::Connector, "connector"),
    (Field::ConnectorType, "type"),
    (Field::ForcedTls, "forced"),
    (Field::Account, "sender"),
    (Field::Domain, "domain"),
    (Field::Method, "method"),
    (Field::ClientIp, "client"),
    (Field::Tls, "tls"),
    (Field::Cipher, "cipher"),
    (Field::SenderDomain, "sender-domain"),
    (Field::RemoteDomain, "remote-domain"),
    (Field::RemoteHost, "remote-host"),
];

/// Counts may have as many digits as these; more would only be a mistake.
const MOST: i64 = 999_999_999_999_999;

impl Field {
    /// The fields of a report: those of its messages, then those of its rows.
    pub fn of_report(kind: ReportKind) -> Vec<Self> {
        let senders = kind == ReportKind::Senders;
        let own = |field: &Self| if senders { field.of_submissions() } else { field.of_flow() };
        Self::those(&own, &[Self::Volume, Self::Change])
    }

    /// The fields of readiness, which is of mail flow and of SMTP AUTH.
    pub fn of_readiness() -> Vec<Self> {
        Self::those(&|_| true, &[Self::Volume])
    }

    fn those(own: &dyn Fn(&Self) -> bool, numbers: &[Self]) -> Vec<Self> {
        let mut fields: Vec<Self> = CELL.iter().map(|(field, _)| *field).filter(own).collect();
        fields.extend_from_slice(numbers);
        fields.extend(TlsState::ALL.map(Self::Count));
        let recorded = TlsState::ALL.into_iter().filter(|state| state.is_recorded());
        fields.extend(recorded.map(Self::Share));
        fields
    }

    /// Whether it is a number of the row, not a fact of the message.
    pub const fn is_of_row(self) -> bool {
        matches!(self, Self::Volume | Self::Change | Self::Count(_) | Self::Share(_))
    }

    /// What its values are.
    pub const fn kind(self) -> FieldKind {
        match self {
            Self::Date => FieldKind::Day,
            Self::Direction | Self::ConnectorType | Self::ForcedTls | Self::Tls | Self::Method => {
                FieldKind::Choice
            }
            Self::Volume | Self::Count(_) => FieldKind::Count,
            Self::Change => FieldKind::Difference,
            Self::Share(_) => FieldKind::Percent,
            _ => FieldKind::Text,
        }
    }

    /// The tests that it can be put to.
    pub const fn verbs(self) -> &'static [Verb] {
        match self.kind() {
            FieldKind::Text => {
                &[Verb::Is, Verb::IsNot, Verb::Contains, Verb::StartsWith, Verb::EndsWith]
            }
            FieldKind::Choice => &[Verb::Is, Verb::IsNot],
            FieldKind::Day => &[Verb::Is, Verb::LessThan, Verb::MoreThan, Verb::Between],
            _ => &[Verb::MoreThan, Verb::LessThan, Verb::Between, Verb::Is],
        }
    }

    /// The codes of a choice, each in the place of its number.
    pub fn codes(self) -> Vec<&'static str> {
        match self {
            Self::Direction => Direction::ALL.map(Direction::code).to_vec(),
            Self::ConnectorType => TYPES.map(ConnectorType::code).to_vec(),
            Self::ForcedTls => vec!["true", "false", "notRecorded"],
            Self::Tls => TlsState::ALL.map(TlsState::code).to_vec(),
            Self::Method => AuthMethod::ALL.map(AuthMethod::code).to_vec(),
            _ => Vec::new(),
        }
    }

    /// Its word in addresses.
    pub fn code(self) -> String {
        match self {
            Self::Volume => "volume".to_owned(),
            Self::Change => "change".to_owned(),
            Self::Count(state) => format!("count-{}", state.code()),
            Self::Share(state) => format!("share-{}", state.code()),
            own => {
                let known = CELL.iter().find(|(field, _)| *field == own);
                known.map_or_else(String::new, |(_, code)| (*code).to_owned())
            }
        }
    }

    /// The field of that word.
    pub fn of_code(code: &str) -> Option<Self> {
        let state = |code: &str| TlsState::ALL.into_iter().find(|state| state.code() == code);
        if let Some(code) = code.strip_prefix("count-") {
            return state(code).map(Self::Count);
        }
        if let Some(code) = code.strip_prefix("share-") {
            return state(code).filter(|state| state.is_recorded()).map(Self::Share);
        }
        match code {
            "volume" => Some(Self::Volume),
            "change" => Some(Self::Change),
            code => CELL.iter().find(|(_, known)| *known == code).map(|(field, _)| *field),
        }
    }

    /// Whether mail flow has it.
    pub(super) const fn of_flow(self) -> bool {
        !matches!(self, Self::Account | Self::Domain | Self::Method | Self::ClientIp)
    }

    /// Whether SMTP AUTH has it.
    pub(super) const fn of_submissions(self) -> bool {
        !matches!(
            self,
            Self::Direction
                | Self::Connector
                | Self::ConnectorType
                | Self::ForcedTls
                | Self::SenderDomain
                | Self::RemoteDomain
                | Self::RemoteHost
        )
    }

    /// The text that a cell of mail flow has in it.
    pub(super) const fn flow_text(self, cell: &FlowCell) -> Option<Text> {
        match self {
            Self::Connector => cell.connector,
            Self::Cipher => cell.cipher,
            Self::SenderDomain => cell.sender_domain,
            Self::RemoteDomain => cell.remote_domain,
            Self::RemoteHost => cell.remote_host,
            _ => None,
        }
    }

    /// The number of the choice that it has in it.
    pub(super) const fn flow_choice(self, cell: &FlowCell) -> usize {
        match self {
            Self::Direction => cell.direction as usize,
            Self::ConnectorType => cell.connector_type as usize,
            Self::ForcedTls => match cell.forced_tls {
                Some(true) => 0,
                Some(false) => 1,
                None => 2,
            },
            Self::Method => self.silent_choice(),
            _ => cell.tls.index(),
        }
    }

    /// The text that a cell of SMTP AUTH has in it.
    pub(super) const fn submission_text(self, cell: &SubmissionCell) -> Option<Text> {
        match self {
            Self::Account => Some(cell.account),
            Self::Domain => Some(cell.domain),
            Self::Cipher => cell.cipher,
            Self::ClientIp => cell.client_ip,
            _ => None,
        }
    }

    /// The number of the choice that it has in it.
    pub(super) const fn submission_choice(self, cell: &SubmissionCell) -> usize {
        match self {
            Self::Method => match cell.method {
                AuthMethod::Basic => 0,
                AuthMethod::Modern => 1,
                AuthMethod::Unknown => 2,
            },
            Self::Direction => Direction::Submission as usize,
            Self::ConnectorType | Self::ForcedTls => self.silent_choice(),
            _ => cell.tls.index(),
        }
    }

    /// The number of the choice that a silent source makes.
    pub(super) const fn silent_choice(self) -> usize {
        match self {
            Self::Direction => Direction::Unknown as usize,
            Self::ConnectorType => ConnectorType::Unknown as usize,
            Self::ForcedTls | Self::Method => 2,
            _ => TlsState::NotRecorded.index(),
        }
    }
}

/// In the order of their numbers.
const TYPES: [ConnectorType; 4] = [
    ConnectorType::OnPremises,
    ConnectorType::Partner,
    ConnectorType::NoConnector,
    ConnectorType::Unknown,
];

impl FieldKind {
    /// A number of this kind; a share in thousandths of a percent.
    pub(super) fn number(self, text: &str) -> Option<i64> {
        match self {
            Self::Count => text.parse().ok().filter(|number| (0..=MOST).contains(number)),
            Self::Difference => text.parse().ok().filter(|number| (-MOST..=MOST).contains(number)),
            Self::Percent => {
                let (whole, part) = text.split_once(['.', ',']).unwrap_or((text, ""));
                let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
                if part.len() > 3 || !digits(part) || !digits(whole) {
                    return None;
                }
                let whole: i64 = whole.parse().ok().filter(|whole| *whole <= 100)?;
                let thousandths = whole * 1_000 + format!("{part:0<3}").parse::<i64>().ok()?;
                (thousandths <= 100_000).then_some(thousandths)
            }
            _ => None,
        }
    }

    /// That number, in the one way of writing it.
    pub(super) fn written(self, number: i64) -> String {
        if self != Self::Percent {
            return number.to_string();
        }
        let text = format!("{}.{:03}", number / 1_000, number % 1_000);
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::{Field, FieldKind, TYPES};
    use crate::mail::Direction;
    use crate::report::ReportKind;

    #[test]
    fn every_field_has_a_word_of_its_own() {
        for kind in [ReportKind::Connectors, ReportKind::Senders] {
            for field in Field::of_report(kind) {
                assert_eq!(Field::of_code(&field.code()), Some(field));
            }
        }
        assert_eq!(Field::of_code("share-notRecorded"), None);
    }

    #[test]
    fn choices_stand_in_the_places_of_their_numbers() {
        for (index, direction) in Direction::ALL.into_iter().enumerate() {
            assert_eq!(direction as usize, index);
        }
        for (index, kind) in TYPES.into_iter().enumerate() {
            assert_eq!(kind as usize, index);
        }
    }

    #[test]
    fn shares_are_thousandths_of_a_percent() {
        let number = |text| FieldKind::Percent.number(text);
        assert_eq!(number("12.5"), Some(12_500));
        assert_eq!(number("0,001"), Some(1));
        assert_eq!(number("100"), Some(100_000));
        for text in ["", "100.001", "1.2345", "-1", "1e2", ".", "99999999999999999999"] {
            assert_eq!(number(text), None, "{text}");
        }
        assert_eq!(FieldKind::Percent.written(12_500), "12.5");
        assert_eq!(FieldKind::Percent.written(100_000), "100");
        assert_eq!(FieldKind::Percent.written(0), "0");
    }
}
