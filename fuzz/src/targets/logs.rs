use super::any_file::file;
use super::heads::headed;

const LOGS: [&[u8]; 3] = [
    include_bytes!("../../../tests/samples/message-tracking.log"),
    include_bytes!("../../../tests/samples/smtp-receive.log"),
    include_bytes!("../../../tests/samples/smtp-send.log"),
];

/// Every log.
pub fn logs(bytes: &[u8]) {
    file(&headed(&LOGS, bytes));
}
