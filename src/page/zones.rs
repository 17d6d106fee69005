//! Time zones as the browser knows them (ECMA-402).

use js_sys::Reflect;

use super::intl::{Format, supported_values_of};
use crate::mail::Zone;

/// Minutes between two looks at a zone's clocks: none was changed twice within
/// ten days.
const STEP: i64 = 10 * 24 * 60;

/// How a browser writes a day with the zone's offset; `None` for a zone that
/// it does not know. An empty name is the browser's own zone.
fn formatter(name: &str) -> Option<Format> {
    let zone = (!name.is_empty()).then_some(("timeZone", name));
    Format::with("en-US", [("timeZoneName", "longOffset")].into_iter().chain(zone))
}

/// The name of the browser's own zone.
pub(super) fn own() -> Option<String> {
    let options = formatter("")?.options();
    Reflect::get(&options, &"timeZone".into()).ok()?.as_string()
}

/// The names of all zones of the IANA database.
pub(super) fn all() -> Vec<String> {
    let names = supported_values_of("timeZone").unwrap_or_default();
    names.iter().filter_map(|name| name.as_string()).collect()
}

/// The zone of that name, which is an offset from UTC or the IANA database's.
pub(super) fn named(name: &str) -> Option<Zone> {
    if let Some(zone) = Zone::offset(name) {
        return Some(zone);
    }
    let format = formatter(Some(name).filter(|name| !name.is_empty())?)?;
    // Minutes are fine enough: none of these changes is within one.
    let east = |minute: i64| east(&format.format(minute as f64 * 60_000.0));
    let (mut at, end) = (Zone::YEARS.0 / 60, Zone::YEARS.1 / 60);
    let mut minutes = east(at)?;
    let mut changes = vec![(at * 60, minutes)];
    while at < end {
        let (mut before, mut after) = (at, at + STEP);
        at = after;
        let then = east(after)?;
        if then == minutes {
            continue;
        }
        while after - before > 1 {
            let middle = i64::midpoint(before, after);
            if east(middle)? == minutes {
                before = middle;
            } else {
                after = middle;
            }
        }
        minutes = then;
        changes.push((after * 60, minutes));
    }
    Some(Zone { name: name.to_owned(), changes })
}

/// Minutes east of UTC of `9/3/2026, GMT+02:00`; `GMT` alone is UTC.
fn east(text: &str) -> Option<i32> {
    let (_, offset) = text.rsplit_once("GMT")?;
    if offset.is_empty() {
        return Some(0);
    }
    Zone::offset(offset).map(|zone| zone.minutes_at(0))
}
