use mailflow::account::Mapping;
use mailflow::import::{MemorySource, preview};

use super::any_file::file;
use super::heads::headed;
use super::reading::{at_once, settings};

const TABLES: [&[u8]; 15] = [
    include_bytes!("../../../tests/samples/connector-report-aggregate.csv"),
    include_bytes!("../../../tests/samples/connector-report-korean.csv"),
    include_bytes!("../../../tests/samples/connector-report.csv"),
    include_bytes!("../../../tests/samples/enhanced-summary.csv"),
    include_bytes!("../../../tests/samples/extended-report.csv"),
    include_bytes!("../../../tests/samples/get-message-tracking-log.csv"),
    include_bytes!("../../../tests/samples/google-email-log.csv"),
    include_bytes!("../../../tests/samples/message-trace-detail.csv"),
    include_bytes!("../../../tests/samples/message-trace.csv"),
    include_bytes!("../../../tests/samples/messages-report-korean.csv"),
    include_bytes!("../../../tests/samples/messages-report.csv"),
    include_bytes!("../../../tests/samples/portal-summary.csv"),
    include_bytes!("../../../tests/samples/smtp-auth-clients.csv"),
    include_bytes!("../../../tests/samples/smtp-auth-report.csv"),
    // A table that nobody knows, whose columns are guessed.
    b"when;tls version;from;to;message id;way\n",
];

/// Every format that is a table, and the look at its columns.
pub fn tables(bytes: &[u8]) {
    let table = headed(&TABLES, bytes);
    file(&table);
    let mut source = MemorySource(table);
    at_once(preview(&mut source, 0, &Mapping::default(), &settings()));
}
