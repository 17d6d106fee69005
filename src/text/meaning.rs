use super::Catalogue;
use crate::account::Field;
use crate::mail::{AuthMethod, ConnectorType, Direction, TlsState};

impl Catalogue {
    /// What a word means that is read as `code` (one of [`Field::codes`]).
    pub fn meaning(&self, field: Field, code: &str) -> &'static str {
        match (field, code) {
            (Field::Tls, _) => {
                let state = TlsState::ALL.into_iter().find(|state| state.code() == code);
                self.tls_state(state.unwrap_or(TlsState::NotRecorded))
            }
            (Field::Direction, _) => {
                let known = Direction::ALL.into_iter().find(|known| known.code() == code);
                (self.words.direction)(known.unwrap_or(Direction::Unknown))
            }
            (Field::ConnectorType, _) => (self.report.connector_type_word)(match code {
                "OnPremises" => ConnectorType::OnPremises,
                "Partner" => ConnectorType::Partner,
                "NoConnector" => ConnectorType::NoConnector,
                _ => ConnectorType::Unknown,
            }),
            (Field::AuthMethod, _) => {
                let known = AuthMethod::ALL.into_iter().find(|known| known.code() == code);
                (self.report.method_word)(known.unwrap_or(AuthMethod::Unknown))
            }
            (_, "true") => self.report.yes,
            (_, "false") => self.report.no,
            _ => self.tls.not_recorded,
        }
    }

    /// The name of a TLS state, each its own.
    pub const fn tls_state(&self, state: TlsState) -> &'static str {
        match state {
            TlsState::NoTls => self.tls.none,
            TlsState::Older => "SSL",
            TlsState::V1_0 => self.tls.v1_0,
            TlsState::V1_1 => self.tls.v1_1,
            TlsState::V1_2 => self.tls.v1_2,
            TlsState::V1_3 => self.tls.v1_3,
            TlsState::VersionNotStated => self.tls.not_stated,
            TlsState::NotRecorded => self.tls.not_recorded,
        }
    }
}
