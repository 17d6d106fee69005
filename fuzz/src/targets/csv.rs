use super::any_file::{figures, read, same};

/// A table has the rows that the `csv` crate finds.
pub fn csv(bytes: &[u8]) {
    let header = "date,message_id,recipient_address,sender_address,direction,\
        connector_name,connector_type,tls_version,tls_forced\n";
    let table = [header.as_bytes(), bytes].concat();
    let (_, accounts) = figures(&read(&table));
    // What is no text, or is another table or a log from the second line on,
    // is another matter; so is a last row that is cut off.
    let plain = bytes.iter().all(|byte| matches!(byte, b'\n' | b'\r' | b' '..=b'~'));
    let other = bytes.windows(4).any(|word| word.eq_ignore_ascii_case(b"date"));
    let taken = accounts[0].format.as_deref() == Some("ConnectorReport");
    if taken && plain && !other && !bytes.contains(&b'#') {
        let mut reader = ::csv::ReaderBuilder::new().flexible(true).from_reader(table.as_slice());
        let rows = reader.byte_records().flatten().count();
        same(&accounts[0].rows, &(rows as u64), "rows of the csv crate");
    }
}
