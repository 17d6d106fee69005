use mailflow::account::Unreadable;

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
        // Blank lines are no rows, with blanks in them neither.
        let filled = |record: &::csv::ByteRecord| {
            record.len() > 1 || record.iter().any(|field| !field.trim_ascii().is_empty())
        };
        let rows = reader.byte_records().flatten().filter(filled).count() as u64;
        // A quote that nothing follows is the beginning of a row to us, and an empty field to the crate.
        let cut = accounts[0].unreadable.iter().any(|(why, _)| *why == Unreadable::CutOff);
        let begun = u64::from(cut && accounts[0].rows > rows);
        same(&accounts[0].rows, &(rows + begun), "rows of the csv crate");
    }
}
