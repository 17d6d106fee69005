//! What holds of any file.

use std::fmt::Debug;

use mailflow::account::{FileAccount, Mapping, Warning};
use mailflow::engine::{Analysis, save};
use mailflow::export::{cells_json, tally_json};
use mailflow::import::{ReadError, Source};
use mailflow::report::{By, Query, ReportKind, Span, Words, answer, unusual, whole_dashboard};
use mailflow::tally::Tally;
use serde_json::Value;

pub(super) use super::reading::figures;
use super::reading::{NOW, ReadOn, as_read, at_once, observations, observed, settings};

/// A file that comes in pieces of so many bytes.
struct Crumbs<'a>(&'a [u8], usize);

impl Source for Crumbs<'_> {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let rest = usize::try_from(at).ok().and_then(|at| self.0.get(at..)).unwrap_or_default();
        into.extend(rest.iter().take(length));
        Ok(())
    }

    async fn read_on(
        &mut self,
        at: u64,
        length: usize,
        into: &mut Vec<u8>,
    ) -> Result<(), ReadError> {
        self.read(at, length.min(self.1), into).await
    }
}

pub(super) fn analysis(files: &[&[u8]], piece: usize) -> Analysis {
    let mut analysis = Analysis::new(settings());
    for (place, bytes) in (0..).zip(files) {
        let mut source = Crumbs(bytes, piece);
        at_once(analysis.read(place, "file", &mut source, &Mapping::default(), &mut ReadOn));
    }
    analysis
}

pub(super) fn same<T: PartialEq + Debug>(one: &T, other: &T, what: &str) {
    if one != other {
        let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
        let differs = one.lines().zip(other.lines()).find(|(one, other)| one != other);
        panic!("{what}: {differs:?} in {one}");
    }
}

/// Reads a file as a whole, and in pieces of another size.
pub fn read(bytes: &[u8]) -> Analysis {
    let analysis = analysis(&[bytes], usize::MAX);
    in_pieces(bytes, &analysis);
    analysis
}

/// Whatever the pieces in which a file comes, it says the same.
fn in_pieces(bytes: &[u8], whole: &Analysis) {
    let whole = figures(whole);
    let piece = if bytes.len() < 400 { 1 } else { bytes.len() / 61 };
    let pieces = figures(&analysis(&[bytes], piece));
    // How much comes out of an archive before its damage is the unpacker's choice.
    let damaged = |own: &FileAccount| own.warnings.contains(&Warning::DamagedArchive);
    if !whole.1.iter().any(damaged) {
        same(&pieces, &whole, "in pieces");
    }
}

/// All that holds of a file.
pub fn file(bytes: &[u8]) {
    let analysis = read(bytes);
    beyond(bytes, &analysis);
}

/// What is done with a file beyond reading it.
fn beyond(bytes: &[u8], analysis: &Analysis) {
    let known = figures(analysis);
    twice(bytes, &known);
    saved_again(analysis);
    observed_again(bytes, analysis);
    cells_again(analysis);
    shown(&known);
}

/// A second copy of a file changes no figure.
fn twice(bytes: &[u8], known: &(Tally, Vec<FileAccount>)) {
    let (tally, accounts) = figures(&analysis(&[bytes, bytes], usize::MAX));
    same(&sorted(&tally), &sorted(&known.0), "with a second copy");
    let first = |accounts: &[FileAccount]| accounts.first().map(|own| own.messages);
    same(&first(&accounts), &first(&known.1), "messages with a second copy");
}

/// What a tally counts, in lines.
pub(super) fn sorted(tally: &Tally) -> Vec<String> {
    let json: Value = parsed(&cells_json(tally, &[], &[], None));
    let mut lines: Vec<String> = ["cells", "refusedSignIns", "tlsReports"]
        .iter()
        .flat_map(|name| json[name].as_array().into_iter().flatten().map(Value::to_string))
        .collect();
    lines.sort();
    lines
}

pub(super) fn parsed(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("no JSON: {error}: {text}"))
}

/// What is saved and opened again is what it was.
fn saved_again(analysis_of: &Analysis) {
    let file = save(&[analysis_of.to_saved("", Vec::new())]);
    let opened = analysis(&[&file], usize::MAX);
    same(&as_read(&opened), &as_read(analysis_of), "saved and opened");
}

/// What readers tell as lines is, counted again, what they counted.
fn observed_again(bytes: &[u8], analysis_of: &Analysis) {
    let (lines, accounts) = observations(&[("file", bytes)]);
    // Saved analyses are no observations.
    if accounts.iter().any(FileAccount::is_of_elsewhere) || accounts.len() > 1 {
        return;
    }
    let again = observed(&lines).unwrap_or_else(|fault| panic!("own observations: {fault}"));
    same(&figures(&again), &figures(analysis_of), "observed and counted");
}

/// The figures are JSON, and the cells are read again as what they were.
fn cells_again(analysis_of: &Analysis) {
    let (tally, accounts) = figures(analysis_of);
    let accounts: Vec<&FileAccount> = accounts.iter().collect();
    parsed(&tally_json(&tally, &accounts, None));
    let text = cells_json(&tally, &analysis_of.parts(), &accounts, None);
    parsed(&text);
    let (back, told) = figures(&analysis(&[text.as_bytes()], usize::MAX));
    let refused = told[0].problem.clone().map(|problem| (problem, text.clone()));
    same(&refused, &None, "cells are refused");
    same(&told[0].unreadable_rows(), &0, "cells are left out");
    same(&sorted(&back), &sorted(&tally), "cells");
}

/// Every report can be made of it.
pub(super) fn shown((tally, _): &(Tally, Vec<FileAccount>)) {
    whole_dashboard(tally, NOW);
    unusual(tally, NOW, Span::All);
    for report in ReportKind::ALL {
        for by in [By::Volume, By::Tls, By::Trend] {
            let query = Query { report, by, span: Span::All, ..Query::default() };
            answer(tally, NOW, &query, Words::default());
        }
    }
}
