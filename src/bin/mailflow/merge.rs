//! Saved analyses and documents of cells to one.

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;

use clap::Args;
use mailflow::account::{FileAccount, Mapping, Owners};
use mailflow::engine::{Analysis, FileIn, NoHelpers, Organization, Organizations};
use mailflow::export::{cells_json, tally_json};
use mailflow::import::Settings;
use mailflow::mail::Choices;
use mailflow::tally::Tally;
use mailflow::text::Language;

use crate::file_source::FileSource;
use crate::save::write_saved;
use crate::threads::block_on;
use crate::{ReadOn, now};

#[derive(Args)]
pub(crate) struct MergeArgs {
    /// Save all that is known to a file. Messages that several of the saved
    /// analyses know are joined.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Print a document of cells: the parts of all, each once.
    #[arg(long, conflicts_with = "json")]
    cells: bool,
    /// Print the figures as one JSON object.
    #[arg(long)]
    json: bool,
    /// Print those of this organization, where there are several.
    #[arg(long, value_name = "NAME")]
    organization: Option<String>,
    /// Files that `mailflow tally --save` or the page saved, and documents of
    /// cells, in any mixture; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

type Figures = (Tally, Vec<(u32, FileAccount)>);

pub(crate) fn merge(args: &MergeArgs) -> io::Result<ExitCode> {
    if args.save.is_none() && !args.cells && !args.json {
        eprintln!("mailflow: say what to make of them: --save FILE, --cells or --json");
        return Ok(ExitCode::from(2));
    }
    let settings = Settings { now: now(), ..Settings::default() };
    let mut all = Organizations::new(settings, Vec::new(), String::new());
    for (place, path) in (0..).zip(&args.files) {
        let name = path.to_string_lossy();
        let (mapping, owners) = (Mapping::default(), Owners::nobody());
        let file = FileIn { place, name: &name, mapping: &mapping, owners: &owners };
        let mut source = FileSource::open(path);
        block_on(all.read(file, &mut source, &mut ReadOn, &mut || NoHelpers));
    }
    for index in 0..all.list().len() {
        settle_choices(&mut all, index);
    }
    let figures: Vec<Figures> = all.list().iter().map(|one| one.analysis.figures()).collect();
    if !all_are_of_elsewhere(&figures) {
        return Ok(ExitCode::FAILURE);
    }
    if let Some(path) = &args.save {
        write_saved(path, &all.to_saved(&|name| ticks(&all, name)))?;
    }
    if args.cells || args.json {
        let Some(at) = wanted(all.list(), args.organization.as_deref()) else {
            return Ok(ExitCode::from(2));
        };
        let named = Some(all.list()[at].name.as_str()).filter(|name| !name.is_empty());
        let (tally, files) = &figures[at];
        let files: Vec<&FileAccount> = files.iter().map(|(_, account)| account).collect();
        let text = if args.cells {
            cells_json(tally, &all.list()[at].analysis.parts(), &files, named)
        } else {
            tally_json(tally, &files, named)
        };
        writeln!(io::stdout().lock(), "{text}")?;
    }
    Ok(ExitCode::SUCCESS)
}

/// What was said in any of the saved analyses holds for all of them, whatever
/// their order.
fn settle_choices(all: &mut Organizations, index: usize) {
    let analysis: &Analysis = &all.list()[index].analysis;
    let mut said: Vec<&Choices> = analysis.said_elsewhere().iter().collect();
    said.retain(|said| **said != Choices::default());
    let Some(first) = said.first().copied() else { return };
    if said.iter().any(|other| *other != first) {
        eprintln!(
            "mailflow: different settings were saved (own domains, connectors, \u{2026}); those of all \
             hold together"
        );
    }
    let joined = said.iter().fold(Choices::default(), |all, said| all.and(said));
    all.choose(index, joined);
}

fn ticks(all: &Organizations, name: &str) -> Vec<String> {
    let mut ticks: Vec<String> =
        all.find(name).map(|at| all.list()[at].analysis.ticks().to_vec()).unwrap_or_default();
    ticks.sort();
    ticks
}

/// Says what is wrong with files, and what cannot be known of them; whether
/// all can be merged.
fn all_are_of_elsewhere(figures: &[Figures]) -> bool {
    let words = &Language::English.texts().words;
    let mut fit = true;
    for account in figures.iter().flat_map(|(_, files)| files).map(|(_, account)| account) {
        let name = &account.name;
        if let Some(problem) = &account.problem
            && account.elsewhere.is_none()
        {
            let advice = (words.problem)(problem);
            eprintln!("mailflow: {name}: {} {}", advice.what, advice.todo);
            fit = false;
        } else if !account.is_of_elsewhere() {
            let format = account.format.as_deref().unwrap_or_default();
            eprintln!(
                "mailflow: {name}: this is a file of another kind ({format}). Save an analysis of it first: \
                 mailflow tally --save"
            );
            fit = false;
        }
        for warning in account.warnings.iter().filter(|warning| warning.is_of_merging()) {
            let advice = (words.warning)(warning);
            eprintln!("mailflow: {name}: {} {}", advice.what, advice.todo);
        }
    }
    fit
}

/// The organization that is to be printed.
fn wanted(all: &[Organization], name: Option<&str>) -> Option<usize> {
    let found = match name {
        Some(name) => all.iter().position(|one| Owners::same(&one.name, name)),
        None if all.len() == 1 => Some(0),
        None => None,
    };
    if found.is_none() {
        let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
        eprintln!(
            "mailflow: name one of the organizations with --organization: {}",
            names.join(", ")
        );
    }
    found
}
