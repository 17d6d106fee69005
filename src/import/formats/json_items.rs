//! Traces as JSON: Microsoft Graph's `exchangeMessageTrace` and
//! `exchangeMessageTraceDetail`, and the old Reporting Web Service in its
//! three shapes (`formats.md` A6). An item says the same as a row of the
//! cmdlets' exports, under nearly the same names.

use super::RowReader;
use super::document::Value;
use super::message_trace::{self, MessageTrace};
use super::message_trace_detail::{self, MessageTraceDetail};
use crate::account::Mapping;
use crate::import::columns::{Header, squeeze};
use crate::import::csv::OwnedRecord;

/// A kind of item.
pub(crate) struct ItemFormat {
    /// The export's name, in its maker's words.
    pub(crate) name: &'static str,
    /// Squeezed names of fields of which an item has one each.
    telling: &'static [&'static [&'static str]],
    /// The columns, each by the names that its field may have.
    columns: &'static [&'static [&'static str]],
    /// Names of the field that is the network message id.
    network_id: &'static [&'static str],
    reader: fn(&Header) -> Box<dyn RowReader>,
}

/// Every kind. No item is two kinds'.
pub(crate) const ITEMS: [ItemFormat; 2] = [
    ItemFormat {
        name: "Message trace (JSON)",
        telling: &[&["received", "receiveddatetime"], &["senderaddress"], &["recipientaddress"]],
        columns: &message_trace::JSON_FIELDS,
        network_id: &["messagetraceid", "id"],
        reader: |header| Box::new(MessageTrace::new(header, &Mapping::default())),
    },
    ItemFormat {
        name: "Message trace detail (JSON)",
        telling: &[
            &["date", "datetime"],
            &["event"],
            &["detail", "description"],
            &["messageid", "messagetraceid"],
        ],
        columns: &message_trace_detail::JSON_FIELDS,
        // Graph's `id` is one of the event.
        network_id: &["messagetraceid"],
        reader: |header| Box::new(MessageTraceDetail::new(header, &Mapping::default())),
    },
];

impl ItemFormat {
    /// Whether an item is of this kind.
    pub(crate) fn is_of(&self, item: &Value) -> bool {
        let names: Vec<String> = item.fields().iter().map(|(name, _)| squeeze(name)).collect();
        self.telling.iter().all(|some| some.iter().any(|name| names.iter().any(|own| own == name)))
    }

    /// A reader of rows, and what makes rows of items.
    pub(crate) fn open(&'static self) -> (Box<dyn RowReader>, Rows) {
        let columns: Vec<_> = self.columns.iter().chain([&self.network_id]).copied().collect();
        let names: Vec<String> = columns
            .iter()
            .filter_map(|names| names.first())
            .map(|name| (*name).to_owned())
            .collect();
        ((self.reader)(&Header::new(&names)), Rows { kind: self, columns })
    }
}

/// Makes rows of items.
pub(crate) struct Rows {
    kind: &'static ItemFormat,
    columns: Vec<&'static [&'static str]>,
}

impl Rows {
    /// Whether an item is of the kind that the rows are made of.
    pub(crate) fn fit(&self, item: &Value) -> bool {
        self.kind.is_of(item)
    }

    /// The item as a row.
    pub(crate) fn row(&self, item: &Value) -> OwnedRecord {
        let fields: Vec<(String, &Value)> =
            item.fields().iter().map(|(name, value)| (squeeze(name), value)).collect();
        let texts: Vec<_> = self
            .columns
            .iter()
            .map(|names| {
                let value = names
                    .iter()
                    .find_map(|name| fields.iter().find(|(own, _)| own == name))
                    // PowerShell wraps a date: `{"value":"/Date(…)/",…}`.
                    .map(|(_, value)| value.get("value").unwrap_or(value).text());
                value.unwrap_or_default()
            })
            .collect();
        OwnedRecord::new(texts.iter().map(AsRef::as_ref))
    }
}
