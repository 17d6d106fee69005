use mailflow::engine::{read_saved, save};
use mailflow::import::saved_file;

use super::any_file::{analysis, figures, read, shown};

const OTHER: &[u8] = include_bytes!("../../../tests/samples/connector-report.csv");

/// A saved analysis whose hash is right, whatever is in it, and one whose is
/// not; alone, and beside other files.
pub fn saved(bytes: &[u8]) {
    let file = saved_file(bytes);
    if let Ok(known) = read_saved(&file) {
        let again = save(&known);
        let twice = save(&read_saved(&again).unwrap_or_else(|fault| panic!("{fault:?}")));
        assert!(again == twice, "a saved analysis written again is another one");
    }
    shown(&figures(&analysis(&[&file], usize::MAX)));
    figures(&analysis(&[OTHER, &file, &file], usize::MAX));
    read(bytes);
}
