//! How files are read: what `tally` and `serve` are told in the same words.

use clap::{Args, ValueEnum};
use mailflow::account::{DateOrder, Field, Mapping};
use mailflow::import::{Settings, read_mapping};
use mailflow::mail::{Choices, ConnectorType, Day, Zone, lower};
use mailflow::text::Language;

use crate::now;

/// What a person says that no file does.
#[derive(Args, Clone)]
pub(crate) struct ReadingArgs {
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
}

#[derive(Clone, Copy, ValueEnum)]
enum Order {
    /// 3/4/2026 is the third of April.
    DayMonth,
    /// 3/4/2026 is the fourth of March.
    MonthDay,
}

impl ReadingArgs {
    /// The settings with the clock of now, and the mapping of all files.
    pub(crate) fn resolve(self) -> (Settings, Mapping) {
        let own_domains: Vec<String> =
            self.own_domains.iter().map(|domain| lower(domain.trim())).collect();
        let settings = Settings {
            now: now(),
            choices: Choices {
                own_domains: Some(own_domains).filter(|domains| !domains.is_empty()),
                connector_types: self.connector_types,
                internal_hosts: self.internal_hosts,
                connectors: self.connectors,
                zone: self.time_zone.unwrap_or_default(),
                log_year: self.year,
            },
            remembered: self.mappings,
            ..Settings::default()
        };
        let mapping = Mapping {
            columns: self.columns,
            words: self.words,
            date_order: self.date_order.map(|order| match order {
                Order::DayMonth => DateOrder::DayMonth,
                Order::MonthDay => DateOrder::MonthDay,
            }),
            period: self.period,
            ..Mapping::default()
        };
        (settings, mapping)
    }
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

pub(crate) fn parse_day(text: &str) -> Result<Day, String> {
    Day::parse(text).ok_or_else(|| "write a day as 2026-09-03".to_owned())
}
