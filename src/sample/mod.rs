//! A fictitious organization and its mail, for "Try with sample data" and for
//! tests: an Extended report, a `ConnectorReport` and a `SmtpCSReport` of the
//! same messages, with the true counts from the generator's own knowledge.
//!
//! The same options give the same bytes everywhere, forever.

mod connector_report;
mod csv;
mod extended_report;
mod message;
mod organization;
mod random;
mod smtp_auth_report;
mod truth;
mod words;

#[cfg(test)]
mod tests;

pub use truth::{Cell, Counts, FileTruth, Sender, Truth};

use crate::mail::Day;
use message::{Composer, Message};
use random::Random;
use truth::{Notebook, Notes, Rows};

/// What the sample is to be like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SampleOptions {
    /// The last day of mail.
    pub last_day: Day,
    /// How many days of mail.
    pub days: u32,
    /// How many of the days, the last ones, the Extended report covers: it is
    /// by far the largest of the three.
    pub extended_days: u32,
    /// Messages of a usual day: more on weekdays, few at weekends.
    pub messages_per_day: u32,
    /// Other seeds give other mail.
    pub seed: u64,
    /// Each report comes as two files that have some days in common, as when
    /// a person asks for the quarter in pieces.
    pub overlap: bool,
}

impl SampleOptions {
    /// The sample that the page offers: 90 days, a few megabytes.
    pub const fn page(last_day: Day) -> Self {
        Self {
            last_day,
            days: 90,
            extended_days: 14,
            messages_per_day: 60,
            seed: 1,
            overlap: false,
        }
    }

    /// The names of the files, in the order in which they are made.
    pub const fn names(&self) -> &'static [&'static str] {
        if self.overlap {
            &[
                "ConnectorReport_1.csv",
                "ConnectorReport_2.csv",
                "ExtendedReport_1.csv",
                "ExtendedReport_2.csv",
                "SmtpCSReport_fictitious_00000000-0000-4000-8000-000000000001.csv",
                "SmtpCSReport_fictitious_00000000-0000-4000-8000-000000000002.csv",
            ]
        } else {
            &[
                "ConnectorReport.csv",
                "ExtendedReport.csv",
                "SmtpCSReport_fictitious_00000000-0000-4000-8000-000000000001.csv",
            ]
        }
    }

    /// Without numbers that no calendar holds.
    fn tame(mut self) -> Self {
        // Up to 2099: what follows stays within 32 bits of seconds.
        const LAST: i32 = 47_481;
        self.last_day = Day(self.last_day.0.clamp(0, LAST));
        self.days = self.days.min(self.last_day.0.unsigned_abs() + 1);
        self
    }
}

/// A file of the sample.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SampleFile {
    /// What it is called.
    pub name: &'static str,
    /// What it holds: UTF-16LE with byte order mark, as the service writes it.
    pub bytes: Vec<u8>,
}

/// The files and what is true of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sample {
    /// The files.
    pub files: Vec<SampleFile>,
    /// What a reader must find in them.
    pub truth: Truth,
}

/// Makes the sample with its truth.
pub fn sample(options: &SampleOptions) -> Sample {
    let mut files = empty_files(options);
    let truth = write_sample(options, |file, bytes| files[file].bytes.extend_from_slice(bytes));
    Sample { files, truth }
}

/// Makes the files alone: what the page needs, and smaller.
pub fn sample_files(options: &SampleOptions) -> Vec<SampleFile> {
    let mut files = empty_files(options);
    generate(options, &mut (), &mut |file, bytes| files[file].bytes.extend_from_slice(bytes));
    files
}

/// Makes the sample piece by piece, for files of any size: `write` is given
/// the position of the file among [`SampleOptions::names`] and its next bytes.
pub fn write_sample(options: &SampleOptions, mut write: impl FnMut(usize, &[u8])) -> Truth {
    let mut notebook = Notebook::new(options.names());
    generate(options, &mut notebook, &mut write);
    notebook.truth
}

fn empty_files(options: &SampleOptions) -> Vec<SampleFile> {
    options.names().iter().map(|&name| SampleFile { name, bytes: Vec::new() }).collect()
}

const CONNECTOR_REPORT: usize = 0;
const EXTENDED_REPORT: usize = 1;
const SMTP_AUTH_REPORT: usize = 2;

/// From so many days on, an account is misused near the end, so that the sample
/// shows what that looks like: with fewer days nothing is known of its habit.
const MISUSED_FROM: u32 = 28;
/// Days after that one.
const AFTER_MISUSE: u32 = 2;
/// Messages that are sent then, within an hour.
const MISUSED: u32 = 64;

/// Which files a day's rows go to.
struct Plan {
    first: Day,
    first_extended: Day,
    last: Day,
    overlap: bool,
}

impl Plan {
    /// The files of `report` that hold `day`.
    fn files(&self, report: usize, day: Day) -> impl Iterator<Item = usize> + use<> {
        let first = if report == EXTENDED_REPORT { self.first_extended } else { self.first };
        let middle = i32::midpoint(first.0, self.last.0);
        let slices = if self.overlap { 2 } else { 1 };
        let held =
            if self.overlap { [day.0 <= middle + 1, day.0 >= middle - 1] } else { [true, false] };
        (0..slices).filter(move |&slice| held[slice]).map(move |slice| report * slices + slice)
    }
}

fn generate(options: &SampleOptions, notes: &mut impl Notes, write: &mut dyn FnMut(usize, &[u8])) {
    let options = options.tame();
    let back = |days: u32| options.last_day.plus(1_i32.saturating_sub_unsigned(days));
    let plan = Plan {
        first: back(options.days),
        first_extended: back(options.extended_days.min(options.days)),
        last: options.last_day,
        overlap: options.overlap,
    };
    let files = options.names().len();
    let headers = [connector_report::HEADER, extended_report::HEADER, smtp_auth_report::HEADER];
    for file in 0..files {
        write(file, &[0xFF, 0xFE]);
        write(file, &csv::utf16(headers[file * headers.len() / files]));
    }
    let mut composer = Composer::new(options.seed, options.days);
    let mut order = Random::new(!options.seed);
    for passed in 0..options.days {
        let day = plan.first.plus(i32::try_from(passed).unwrap_or(0));
        let traced = day >= plan.first_extended;
        let mut rows = Vec::new();
        let usual = composer.begin(day, passed, traced, options.messages_per_day);
        let is_misused = options.days >= MISUSED_FROM && passed + 1 + AFTER_MISUSE == options.days;
        for number in 0..usual.saturating_add(if is_misused { MISUSED } else { 0 }) {
            let message =
                if number < usual { composer.message() } else { composer.intrusion(number) };
            write_message(&message, &plan, notes, write, &mut rows);
            notes.end();
        }
        // The service gives the rows of the Extended report in no order.
        for last in (1..rows.len()).rev() {
            let bound = u32::try_from(last + 1).unwrap_or(u32::MAX);
            rows.swap(last, order.below(bound) as usize);
        }
        for file in plan.files(EXTENDED_REPORT, day) {
            for row in &rows {
                write(file, row);
            }
        }
    }
}

/// Writes what the three reports hold of `message`; the rows of the Extended
/// report wait in `rows` for the end of the day.
fn write_message(
    message: &Message,
    plan: &Plan,
    notes: &mut impl Notes,
    write: &mut dyn FnMut(usize, &[u8]),
    rows: &mut Vec<Vec<u8>>,
) {
    let connector = connector_report::rows(message).map(|row| (CONNECTOR_REPORT, row));
    let smtp_auth = smtp_auth_report::row(message).map(|row| (SMTP_AUTH_REPORT, row));
    for (report, (row, tell)) in connector.chain(smtp_auth) {
        for file in plan.files(report, Day::of_seconds(tell.seconds)) {
            write(file, &row);
            notes.rows(file, Rows { all: 1, ..Rows::default() });
            notes.tell(file, tell);
        }
    }
    if message.traced {
        let trace = extended_report::trace(message);
        // A trace is asked for by the day of acceptance, so a message that
        // crosses midnight is whole in each slice.
        for file in plan.files(EXTENDED_REPORT, message.day) {
            notes.rows(
                file,
                Rows {
                    all: trace.rows.len(),
                    shadow_copies: trace.shadow_copies,
                    not_sent: message.failed && trace.tells.is_empty(),
                },
            );
            for &tell in &trace.tells {
                notes.tell(file, tell);
            }
        }
        rows.extend(trace.rows);
    }
}
