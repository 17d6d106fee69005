//! The vocabulary of mail transport: what a row of a trace or log can say of
//! one message. No input, no output, and no other room is used here.

mod aggregate;
mod auth;
mod border;
mod choices;
mod clock;
mod connector;
mod day;
mod direction;
mod key;
mod lower;
mod observation;
mod organization;
mod ready;
mod sent;
mod tls;
mod tls_report;
mod unseen;
mod zone;

pub use aggregate::Aggregate;
pub use auth::AuthMethod;
pub use border::{Border, HopKind, OwnDomains, Side};
pub use choices::Choices;
pub use clock::utc;
pub use connector::{ConnectorType, names_no_connector};
pub use day::{Day, MAX_SECONDS};
pub use direction::Direction;
pub use key::MessageKey;
pub use lower::{is_of_word, lower};
pub use observation::{
    Carrier, Crossing, Identity, Observation, Queue, RefusedSignIn, RowLayout, Session, SessionKey,
    SessionPart, Start,
};
pub use organization::organization;
pub use ready::{Ready, ReadyCell, ReadyRefused, ReadyTime};
pub use sent::{MESSAGE_BYTES, Particulars, SentCounts, SentMessage, SentQuery};
pub use tls::TlsState;
pub use tls_report::{TlsFailure, TlsReport};
pub use unseen::{is_unseen, seen};
pub use zone::Zone;
