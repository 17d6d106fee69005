use mailflow::export::{Address, addresses};
use mailflow::import::read_mapping;
use mailflow::report::{Filter, Thing};

use super::any_file::same;

/// Texts that a person or a browser keeps: mappings, filters, what is ticked
/// off, recipients.
pub fn texts(bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Ok((header, mapping)) = read_mapping(&text) {
        let again = read_mapping(&mapping.to_json(&header));
        same(&again, &Ok((header, mapping)), "a mapping");
    }
    let (filter, _) = Filter::read(&text);
    same(&Filter::read(&filter.written()), &(filter, true), "a filter");
    if let Some(thing) = Thing::of_text(&text) {
        same(&Thing::of_text(&thing.to_text()), &Some(thing), "what is ticked off");
    }
    if let Ok(found) = addresses(&text) {
        let list: Vec<&str> = found.iter().map(Address::as_str).collect();
        same(&addresses(&list.join(", ")), &Ok(found.clone()), "recipients");
    }
}
