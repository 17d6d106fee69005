//! What holds for any bytes, one file for each target of fuzzing: beside that
//! nothing panics, that the account of rows adds up, that the pieces in which a
//! file comes change nothing, and that what is written is read again as what it
//! was.

mod any_file;
mod cells;
mod csv;
mod endpoint;
mod heads;
mod logs;
mod observations;
mod open;
mod recognise;
mod repeated;
mod saved;
mod tables;
mod texts;

// As the tests read.
#[path = "../../../tests/common/packing.rs"]
mod packing;
#[path = "../../../tests/common/reading.rs"]
mod reading;

pub use self::any_file::{file, read};
#[allow(unused_imports, reason = "not every test asks for it")]
pub use self::repeated::in_time;

/// What is called with any bytes, and panics where something does not hold.
pub type Target = fn(&[u8]);

/// Every target by its name, which is that of its corpus.
pub const TARGETS: [(&str, Target); 14] = [
    ("recognise", recognise::recognise),
    ("open", open::open),
    ("csv", csv::csv),
    ("tables", tables::tables),
    ("logs", logs::logs),
    // Mails and mailboxes, SMTP TLS reports, and JSON items of Microsoft Graph
    // and of web services.
    ("mails", file),
    ("reports", file),
    ("items", file),
    ("cells", cells::cells),
    ("saved", saved::saved),
    ("endpoint", endpoint::endpoint),
    ("observations", observations::observations),
    ("texts", texts::texts),
    ("repeated", repeated::repeated),
];

/// Calls a target by its name.
///
/// # Panics
/// Where something does not hold, and where there is no such target.
pub fn run(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|(known, _)| *known == name);
    let (_, target) = target.unwrap_or_else(|| panic!("no target is called {name}"));
    target(bytes);
}
