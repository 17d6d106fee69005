//! The `ConnectorReport`: one row for each crossing of the border.

use super::csv::Row;
use super::message::{Leg, Message};
use super::truth::Tell;
use super::words::{Time, report_word};
use crate::mail::{ConnectorType, Direction, TlsState};

pub(super) const HEADER: &str = "date,message_id,recipient_address,sender_address,direction,\
    connector_name,connector_type,tls_version,tls_forced\r\n";

/// The rows of `message`, each with its time and what it tells.
pub(super) fn rows(message: &Message) -> impl Iterator<Item = (Vec<u8>, Tell)> {
    let inbound = message.inbound.iter().map(|leg| (leg, Direction::Inbound));
    let outbound = message.outbound.iter().map(|leg| (leg, Direction::Outbound));
    inbound
        .chain(outbound)
        .filter(|(leg, _)| leg.reported)
        .map(|(leg, direction)| row(message, leg, direction))
}

fn row(message: &Message, leg: &Leg, direction: Direction) -> (Vec<u8>, Tell) {
    let inbound = direction == Direction::Inbound;
    let tls = if leg.reported_tls { leg.tls } else { TlsState::NotRecorded };
    let connector = leg.route.connector.as_ref();
    // The report has several ways of saying "none".
    let unnamed = match (message.noise % 4, inbound) {
        (0, true) => "From the internet without a connector",
        (0, false) => "To the internet without a connector",
        _ => "",
    };
    let kind = connector.map_or(ConnectorType::NoConnector, |connector| connector.kind);
    let mut row = Row::new();
    row.plain(format_args!("{}Z", Time(leg.seconds, 'T'))).plain(format_args!("<{}>", message.id));
    if inbound {
        row.field(&message.hosted.join(";"));
    } else {
        row.field(&leg.remote);
    }
    row.field(&message.sender)
        .plain(if inbound { "Received" } else { "Sent" })
        .field(connector.map_or(unnamed, |connector| connector.name))
        .plain(kind.code())
        .plain(report_word(tls))
        .plain(connector.map_or("", |connector| if connector.forced { "True" } else { "False" }));
    let tell = Tell {
        connector: connector.map(|connector| connector.name),
        connector_type: kind,
        forced_tls: connector.map(|connector| connector.forced),
        tls,
        ..Tell::new(direction, leg.seconds)
    };
    (row.finish(), tell)
}
