//! The vocabulary of mail transport: what a row of a trace or log can say of
//! one message. No input, no output, and no other room is used here.

mod aggregate;
mod auth;
mod choices;
mod connector;
mod day;
mod direction;
mod key;
mod lower;
mod observation;
mod tls;
mod zone;

pub use aggregate::Aggregate;
pub use auth::AuthMethod;
pub use choices::Choices;
pub use connector::{ConnectorType, names_no_connector};
pub use day::{Day, MAX_SECONDS};
pub use direction::Direction;
pub use key::MessageKey;
pub use lower::{is_of_word, lower};
pub use observation::{
    Carrier, Crossing, Identity, Observation, Queue, RefusedSignIn, RowLayout, Session, SessionKey,
    SessionPart, Start,
};
pub use tls::TlsState;
pub use zone::Zone;
