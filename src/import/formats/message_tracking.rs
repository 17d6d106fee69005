//! Exchange Server's message tracking log, `MSGTRK*.LOG`, of all versions, and
//! what `Get-MessageTrackingLog | Export-Csv` makes of it (`formats.md` C1).
//!
//! The rows are those of the [Extended report](super::extended_report), under
//! names with hyphens and in the columns that `#Fields:` lists. What differs:
//!
//! | fact | place |
//! |---|---|
//! | connector of received mail | `connector-id`, if it is not the default one |
//! | submission | RECEIVE with `06I` or `07I`, or over a `Client Frontend` or `Client Proxy` connector |
//! | TLS | nowhere: the SMTP protocol log has it, under the session id in front of `source-context`, or under the Message-ID |
//! | direction | 2007 and 2010 have none: told by the own domains |

use super::exchange_log::{fields_of, first_rows, is_time, log_type};
use super::extended_report::{Dialect, ExtendedReport};
use super::row::Notes;
use super::{LogFormat, Opened, RowReader, TableFormat, Tell};
use crate::account::{Gap, LeftOut, Mapping};
use crate::import::columns::{Columns, Header, squeeze};
use crate::import::csv::Record;
use crate::import::particulars::Places;
use crate::import::sink::Settings;

/// The log itself.
pub(crate) const FORMAT: LogFormat = LogFormat {
    name: "Message Tracking Log",
    by_line: false,
    signature: is_tracking_log,
    reader: open,
};

/// The cmdlet's export.
pub(crate) const EXPORT: TableFormat = TableFormat {
    name: "Get-MessageTrackingLog",
    signature: |header| {
        header.has("timestamp")
            && header.has("eventid")
            && header.has("source")
            && (header.has("sourcecontext") || header.has("messageid"))
    },
    reader: open_export,
};

/// The columns of Exchange 2019; 2013 and 2016 lack some of the last ones.
const COLUMNS: [&str; 30] = [
    "datetime",
    "clientip",
    "clienthostname",
    "serverip",
    "serverhostname",
    "sourcecontext",
    "connectorid",
    "source",
    "eventid",
    "internalmessageid",
    "messageid",
    "networkmessageid",
    "recipientaddress",
    "recipientstatus",
    "totalbytes",
    "recipientcount",
    "relatedrecipientaddress",
    "reference",
    "messagesubject",
    "senderaddress",
    "returnpath",
    "messageinfo",
    "directionality",
    "tenantid",
    "originalclientip",
    "originalserverip",
    "customdata",
    "transporttraffictype",
    "logid",
    "schemaversion",
];

/// Exchange 2007 and 2010 have no network message id; 2007 ends behind
/// `message-info`.
const WITHOUT_NETWORK_ID: [usize; 2] = [21, 26];

/// The columns of a log without `#Fields:`, by how many there are.
fn columns_of(width: usize) -> Option<Vec<String>> {
    let old = WITHOUT_NETWORK_ID.contains(&width);
    if !old && !(27..=COLUMNS.len()).contains(&width) {
        return None;
    }
    let names = COLUMNS.iter().filter(|name| !old || **name != "networkmessageid");
    Some(names.take(width).map(|name| (*name).to_owned()).collect())
}

const EVENTS: [&[u8]; 24] = [
    b"RECEIVE",
    b"SEND",
    b"SENDEXTERNAL",
    b"DELIVER",
    b"SUBMIT",
    b"FAIL",
    b"DEFER",
    b"DSN",
    b"EXPAND",
    b"RESOLVE",
    b"REDIRECT",
    b"TRANSFER",
    b"AGENTINFO",
    b"HARECEIVE",
    b"HADISCARD",
    b"HAREDIRECT",
    b"HAREDIRECTFAIL",
    b"DROP",
    b"BADMAIL",
    b"POISONMESSAGE",
    b"PROCESS",
    b"DUPLICATEDELIVER",
    b"RESUBMIT",
    b"NOTIFYMAPI",
];

fn is_tracking_log(probe: &[u8]) -> bool {
    if let Some(name) = log_type(probe) {
        return name.eq_ignore_ascii_case(b"Message Tracking Log");
    }
    let rows = first_rows(probe);
    // A table with a header is an export, and 27 columns without one are as
    // well Exchange Online's, which writes seven digits of a second.
    let is_header = |cell: &Vec<u8>| squeeze(&String::from_utf8_lossy(cell)) == "eventid";
    if rows.iter().flatten().any(is_header) {
        return false;
    }
    rows.iter().any(|row| {
        let event = usize::from(row.len() >= 9) * 8;
        columns_of(row.len()).is_some()
            && is_time(&row[0])
            && row[0].len() <= b"2026-09-03T08:00:08.900Z".len()
            && EVENTS.contains(&row[event].as_slice())
    })
}

fn open(probe: &[u8], _: &Settings) -> Box<dyn RowReader> {
    let width = first_rows(probe).iter().map(Vec::len).max().unwrap_or_default();
    let columns = columns_of(width).unwrap_or_else(|| COLUMNS.map(str::to_owned).to_vec());
    Box::new(MessageTracking::new(&columns))
}

struct MessageTracking {
    rows: ExtendedReport,
    width: usize,
}

impl MessageTracking {
    fn new(columns: &[String]) -> Self {
        let rows = ExtendedReport::new(&Header::new(columns), Dialect::Server);
        Self { rows, width: columns.len() }
    }
}

impl RowReader for MessageTracking {
    fn columns(&self) -> &Columns {
        self.rows.columns()
    }

    fn gaps(&self) -> Vec<Gap> {
        self.rows.gaps()
    }

    fn places(&self) -> Places {
        self.rows.places()
    }

    fn read(
        &mut self,
        record: &Record<'_>,
        notes: &mut Notes,
        tell: &mut dyn Tell,
    ) -> Option<LeftOut> {
        self.rows.read(record, notes, tell)
    }

    fn is_log(&self) -> bool {
        true
    }

    fn directive(&mut self, line: &[u8]) {
        if let Some(columns) = fields_of(line) {
            *self = Self::new(&columns);
        }
    }

    fn width(&self) -> Option<usize> {
        Some(self.width)
    }
}

#[expect(clippy::unnecessary_wraps, reason = "the signature of all formats")]
fn open_export(header: &Header, _: &Mapping) -> Opened {
    Ok(Box::new(ExtendedReport::new(header, Dialect::ServerLocalTime)))
}
