use mailflow::account::{Mapping, Owners};
use mailflow::engine::{FileIn, NoHelpers, Organization, Organizations, save};
use mailflow::import::MemorySource;

use super::any_file::{figures, file, same, sorted};
use super::reading::{ReadOn, at_once, settings};

/// Documents of cells, in one analysis and in those of several organizations.
pub fn cells(bytes: &[u8]) {
    file(bytes);
    organizations(bytes);
}

/// Several organizations are told apart, saved and opened again.
fn organizations(bytes: &[u8]) {
    let read = |bytes: &[u8]| {
        let mut all = Organizations::new(settings(), Vec::new(), String::new());
        let (mapping, owners) = (Mapping::default(), Owners::ByDomain);
        let file = FileIn { place: 0, name: "file", mapping: &mapping, owners: &owners };
        let mut source = MemorySource(bytes.to_vec());
        at_once(all.read(file, &mut source, &mut ReadOn, &mut || NoHelpers));
        all
    };
    let told = |all: &Organizations| {
        let one = |one: &Organization| (one.name.clone(), sorted(&figures(&one.analysis).0));
        all.list().iter().map(one).collect::<Vec<_>>()
    };
    let all = read(bytes);
    let known = told(&all);
    let file = save(&all.to_saved(&|name| vec![name.to_owned()]));
    let opened = read(&file);
    // One without a name and without files is none.
    let full = |told: Vec<(String, Vec<String>)>| {
        told.into_iter().filter(|(_, lines)| !lines.is_empty()).collect::<Vec<_>>()
    };
    same(&full(told(&opened)), &full(known), "organizations saved and opened");
}
