//! The same engine on the command line.

mod file_source;
mod merge;
mod save;
mod threads;

use std::io::{self, Write as _};
use std::path::PathBuf;
use std::process::ExitCode;
use std::time::{SystemTime, UNIX_EPOCH};

use clap::{Args, Parser, Subcommand, ValueEnum};
use mailflow::account::{DateOrder, Field, FileAccount, Mapping};
use mailflow::engine::{Analysis, Snapshot, Watch};
use mailflow::export::{cells_json, tally_json};
use mailflow::import::{Pause, Settings, read_mapping};
use mailflow::mail::{Choices, ConnectorType, Day, Zone};
use mailflow::report::dashboard;
use mailflow::text::{Language, account_text, dashboard_text};

use crate::file_source::FileSource;
use crate::merge::{MergeArgs, merge};
use crate::save::write_saved;
use crate::threads::{Threads, block_on};

/// What mail traces say about transport security.
#[derive(Parser)]
#[command(version, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Count the messages of trace exports, with an account of every row.
    ///
    /// Exit status: 0 when every file was recognised, 1 when some were not
    /// (the rest is still printed), 2 for wrong use.
    Tally(Box<TallyArgs>),
    /// Merge saved analyses and documents of cells.
    ///
    /// The order of files does not matter, nor whether some were merged
    /// before. Exit status: 1 when a file cannot be merged (nothing is written
    /// then), 2 for wrong use.
    Merge(MergeArgs),
    /// Write a fictitious sample: three exports of the same mail, and the true
    /// counts.
    Sample(SampleArgs),
}

#[derive(Args)]
struct TallyArgs {
    /// Print one JSON object instead of text for people.
    #[arg(long)]
    json: bool,
    /// Print one JSON object of ready cells with everything that is counted,
    /// which page and program read as they read the files.
    #[arg(long, conflicts_with = "json")]
    cells: bool,
    /// Save all that is known to a file, which is read like any other: dropped
    /// on the page, counted beside other files, merged.
    #[arg(long, value_name = "FILE")]
    save: Option<PathBuf>,
    /// Take a column for a field: `time=Zeitpunkt`, `tls=TLS-Version`, …
    #[arg(long = "map", value_name = "FIELD=COLUMN", value_parser = parse_column)]
    columns: Vec<(Field, String)>,
    /// Read a word of a column as one that is known:
    /// `tls:verschlüsselt=unstated`, `direction:rein=inbound`, …
    #[arg(long = "map-word", value_name = "FIELD:WORD=MEANING", value_parser = parse_word)]
    words: Vec<(Field, String, String)>,
    /// A mapping that the page exported, for files with its header.
    #[arg(long = "mapping", value_name = "FILE", value_parser = parse_mapping)]
    mappings: Vec<(Vec<String>, Mapping)>,
    /// A domain of the organization; they are guessed where none is given.
    #[arg(long = "own-domain", value_name = "DOMAIN")]
    own_domains: Vec<String>,
    /// Where a connector leads of which no file says it: OnPremises, Partner
    /// or NoConnector.
    #[arg(long = "connector-type", value_name = "NAME=TYPE", value_parser = parse_type)]
    connector_types: Vec<(String, ConnectorType)>,
    /// A mail server of the organization, by name or IP address; `*.` before a
    /// name and `.` or `:` behind an address stand for all that end or begin so.
    #[arg(long = "internal-host", value_name = "HOST")]
    internal_hosts: Vec<String>,
    /// The connector over which mail from or to a server goes, where a format
    /// has none: `mail2.example.net=Partner gateway`. Hosts are written as
    /// with --internal-host.
    #[arg(long = "connector", value_name = "HOST=NAME", value_parser = parse_connector)]
    connectors: Vec<(String, String)>,
    /// Time zone of files that write local time without one: `Europe/Berlin`
    /// (IANA) or `+09:00`.
    #[arg(long, value_name = "ZONE", value_parser = parse_zone, allow_hyphen_values = true)]
    time_zone: Option<Zone>,
    /// The year of the first line of logs whose lines state none.
    #[arg(long, value_name = "YEAR", value_parser = parse_year)]
    year: Option<i32>,
    /// Which of day and month comes first in dates like 3/4/2026, where the
    /// file does not tell.
    #[arg(long, value_enum)]
    date_order: Option<Order>,
    /// Days of counts without a date, such as what the portals export of the
    /// SMTP Auth clients report: first and last, both included.
    #[arg(long, value_name = "FIRST..LAST", value_parser = parse_period)]
    period: Option<(Day, Day)>,
    /// Files: CSV exports, also as .gz or .zip; `-` is standard input.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    /// 3/4/2026 is the third of April.
    DayMonth,
    /// 3/4/2026 is the fourth of March.
    MonthDay,
}

#[derive(Args)]
struct SampleArgs {
    /// Days of mail.
    #[arg(long, default_value_t = 90)]
    days: u32,
    /// Messages of a usual day.
    #[arg(long, default_value_t = 60)]
    messages: u32,
    /// Other seeds give other mail.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// The last day of mail; yesterday when left out.
    #[arg(long, value_name = "YYYY-MM-DD", value_parser = parse_day)]
    last_day: Option<Day>,
    /// Write each report as two overlapping files.
    #[arg(long)]
    overlap: bool,
    /// Folder to write to.
    folder: PathBuf,
}

fn parse_column(text: &str) -> Result<(Field, String), String> {
    let (name, column) = text.split_once('=').ok_or("write FIELD=COLUMN")?;
    let field = parse_field(name, |_| true)?;
    if column.is_empty() {
        return Err(format!("no column named for {name}"));
    }
    Ok((field, column.to_owned()))
}

fn parse_field(name: &str, fits: fn(Field) -> bool) -> Result<Field, String> {
    Field::of_code(name).filter(|field| fits(*field)).ok_or_else(|| {
        let fitting = Field::ALL.into_iter().filter(|field| fits(*field));
        let names: Vec<_> = fitting.map(Field::code).collect();
        format!("no field {name}; fields are {}", names.join(", "))
    })
}

fn parse_word(text: &str) -> Result<(Field, String, String), String> {
    let usage = "write FIELD:WORD=MEANING";
    let (name, rest) = text.split_once(':').ok_or(usage)?;
    let (word, code) = rest.rsplit_once('=').ok_or(usage)?;
    let field = parse_field(name, Field::holds_words)?;
    let codes = field.codes();
    let known = codes.iter().find(|known| known.eq_ignore_ascii_case(code));
    match known {
        Some(code) => Ok((field, word.trim().to_owned(), (*code).to_owned())),
        None => Err(format!("{name} has no meaning {code}; meanings are {}", codes.join(", "))),
    }
}

fn parse_mapping(path: &str) -> Result<(Vec<String>, Mapping), String> {
    let text = std::fs::read_to_string(path).map_err(|error| error.to_string())?;
    read_mapping(&text).map_err(|fault| (Language::English.texts().mapping.fault)(&fault))
}

fn parse_type(text: &str) -> Result<(String, ConnectorType), String> {
    const KNOWN: [ConnectorType; 3] =
        [ConnectorType::OnPremises, ConnectorType::Partner, ConnectorType::NoConnector];
    // A name may hold the sign; no type does.
    let (name, code) = text.rsplit_once('=').ok_or("write NAME=TYPE")?;
    let kind = KNOWN.into_iter().find(|kind| kind.code().eq_ignore_ascii_case(code));
    let kind = kind.ok_or_else(|| {
        format!("no type {code}; types are {}", KNOWN.map(ConnectorType::code).join(", "))
    })?;
    Ok((name.to_owned(), kind))
}

fn parse_connector(text: &str) -> Result<(String, String), String> {
    Choices::connector(text).ok_or_else(|| "write HOST=NAME".to_owned())
}

fn parse_zone(text: &str) -> Result<Zone, String> {
    Zone::offset(text).or_else(|| Zone::named(text)).ok_or_else(|| {
        // `Seoul` is in Asia, and `Berlin` in Europe.
        let part = text.to_lowercase().replace(' ', "_");
        let known = jiff::tz::db().available().map(|name| name.to_string());
        let near = known.filter(|name| !part.is_empty() && name.to_lowercase().contains(&part));
        let near: Vec<_> = near.take(5).collect();
        let meant = if near.is_empty() {
            String::new()
        } else {
            format!("; did you mean {}?", near.join(", "))
        };
        format!("write a zone as Europe/Berlin, or an offset from UTC as +09:00{meant}")
    })
}

fn parse_year(text: &str) -> Result<i32, String> {
    let (first, last) = Choices::LOG_YEARS;
    let year = text.parse().ok().filter(|year| (first..=last).contains(year));
    year.ok_or_else(|| format!("write a year from {first} to {last}"))
}

fn parse_period(text: &str) -> Result<(Day, Day), String> {
    let (first, last) = text.split_once("..").ok_or("write 2026-09-01..2026-09-30")?;
    let days = (parse_day(first)?, parse_day(last)?);
    if days.0 <= days.1 { Ok(days) } else { Err("the last day is before the first".to_owned()) }
}

fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as 2026-09-03".to_owned())
}

fn main() -> ExitCode {
    let outcome = match Cli::parse().command {
        Command::Tally(args) => tally(args),
        Command::Merge(args) => merge(&args),
        Command::Sample(args) => sample(&args),
    };
    match outcome {
        Ok(code) => code,
        // A reader like `head` that has seen enough is no fault.
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("mailflow: {error}");
            ExitCode::FAILURE
        }
    }
}

fn tally(args: Box<TallyArgs>) -> io::Result<ExitCode> {
    let own_domains: Vec<String> =
        args.own_domains.iter().map(|domain| mailflow::mail::lower(domain.trim())).collect();
    let settings = Settings {
        now: now(),
        choices: Choices {
            own_domains: Some(own_domains).filter(|domains| !domains.is_empty()),
            connector_types: args.connector_types,
            internal_hosts: args.internal_hosts,
            connectors: args.connectors,
            zone: args.time_zone.unwrap_or_default(),
            log_year: args.year,
        },
        remembered: args.mappings,
        ..Settings::default()
    };
    let mappings = settings.remembered.len();
    let mapping = Mapping {
        columns: args.columns,
        words: args.words,
        date_order: args.date_order.map(|order| match order {
            Order::DayMonth => DateOrder::DayMonth,
            Order::MonthDay => DateOrder::MonthDay,
        }),
        period: args.period,
        ..Mapping::default()
    };
    let mut analysis = Analysis::new(settings);
    for (place, path) in (0..).zip(&args.files) {
        let name = path.to_string_lossy();
        let mut source = FileSource::open(path);
        let mut threads = Threads::of(path);
        let (watch, threads) = (&mut ReadOn, &mut threads);
        block_on(analysis.read_together(place, &name, &mut source, &mapping, watch, threads));
    }
    let (tally, files) = analysis.figures();
    let accounts: Vec<&FileAccount> = files.iter().map(|(_, account)| account).collect();
    if mappings > 0 && !accounts.iter().any(|account| account.remembered) {
        eprintln!("mailflow: no file has the header of the mapping");
    }
    // First, since who reads what is printed may not want all of it.
    if let Some(path) = &args.save {
        write_saved(path, &[analysis.to_saved("", Vec::new())])?;
    }
    let texts = Language::English.texts();
    let mut out = io::stdout().lock();
    if args.json {
        writeln!(out, "{}", tally_json(&tally, &accounts, None))?;
    } else if args.cells {
        writeln!(out, "{}", cells_json(&tally, &analysis.parts(), &accounts, None))?;
    } else {
        let dashboard = dashboard(&tally, analysis.now());
        write!(out, "{}", dashboard_text(texts, &dashboard))?;
        let used = dashboard.assumptions;
        if !used.own_domains.is_empty() {
            let domains = used.own_domains.join(", ");
            writeln!(out, "\n{}", (texts.settings.own_domains_are)(&domains, used.guessed))?;
        }
        for account in &accounts {
            write!(out, "\n{}", account_text(texts, account))?;
        }
    }
    let recognised = accounts.iter().all(|account| account.format.is_some());
    Ok(if recognised { ExitCode::SUCCESS } else { ExitCode::from(1) })
}

fn sample(args: &SampleArgs) -> io::Result<ExitCode> {
    let last_day = args.last_day.unwrap_or_else(|| Day::of_seconds(now()).plus(-1));
    let options = mailflow::sample::SampleOptions {
        days: args.days,
        extended_days: args.days,
        messages_per_day: args.messages,
        seed: args.seed,
        overlap: args.overlap,
        ..mailflow::sample::SampleOptions::page(last_day)
    };
    let sample = mailflow::sample::sample(&options);
    std::fs::create_dir_all(&args.folder)?;
    for file in &sample.files {
        std::fs::write(args.folder.join(file.name), &file.bytes)?;
    }
    std::fs::write(args.folder.join("truth.json"), sample.truth.to_json())?;
    Ok(ExitCode::SUCCESS)
}

/// Seconds since 1970.
fn now() -> u32 {
    seconds(SystemTime::now())
}

/// Seconds from 1970 to then; 0 before.
fn seconds(time: SystemTime) -> u32 {
    let seconds = time.duration_since(UNIX_EPOCH).map_or(0, |time| time.as_secs());
    u32::try_from(seconds).unwrap_or(u32::MAX)
}

/// Nothing watches a program but the person who can stop it.
struct ReadOn;

impl Watch for ReadOn {
    fn pause(&mut self, _: &Snapshot<'_>) -> Pause {
        Pause::GoOn
    }
}
