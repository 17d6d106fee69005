//! The steps of a job that counts on many machines: `spark/README.md` shows
//! how they follow each other. What is read, joined and counted is decided
//! here, in the same code as for one machine; others only carry lines.

mod part;
mod partitions;
mod plan;
mod units;

use std::io::{self, BufRead as _};
use std::process::ExitCode;

use clap::{Args, Subcommand};

use self::partitions::{conclude, count, finish, merge};
use self::plan::plan;
use self::units::{read, survey};
use crate::AnswerArgs;
use crate::reading::ReadingArgs;

#[derive(Args)]
pub(crate) struct JobArgs {
    #[command(subcommand)]
    step: Step,
}

#[derive(Subcommand)]
enum Step {
    /// From paths, one a line, to what is there: files, bytes, slices.
    Plan(StepArgs),
    /// From units to the keys that their records link, and to what became of
    /// slices.
    Survey(StepArgs),
    /// From components, hubs and units to blocks of records, by partition.
    Read(ReadArgs),
    /// From the records of a partition to evidence and a part, each behind its
    /// length.
    Count(CountArgs),
    /// From the evidence of all partitions to what they are all settled with.
    Conclude(StepArgs),
    /// From parts to one whose messages are counted, and not known any more.
    Settle(StepArgs),
    /// From parts to one.
    Merge(StepArgs),
    /// From all parts to the figures.
    Finish(FinishArgs),
}

#[derive(Args)]
struct ReadArgs {
    #[command(flatten)]
    step: StepArgs,
    /// How many partitions there are.
    #[arg(long)]
    partitions: u32,
}

#[derive(Args)]
struct CountArgs {
    #[command(flatten)]
    step: StepArgs,
    /// Which partition it is.
    #[arg(long)]
    partition: u32,
}

#[derive(Args)]
struct FinishArgs {
    #[command(flatten)]
    step: StepArgs,
    /// How many partitions there are.
    #[arg(long)]
    partitions: u32,
    /// How many files there are.
    #[arg(long)]
    files: u32,
    #[command(flatten)]
    answer: AnswerArgs,
}

/// What all steps of a job are told alike.
#[derive(Args)]
struct StepArgs {
    #[command(flatten)]
    reading: ReadingArgs,
    /// The clock of the job, in seconds since 1970.
    #[arg(long)]
    now: Option<u32>,
    /// An own domain that was concluded from all partitions.
    #[arg(long)]
    guessed_domain: Vec<String>,
    /// The same, and there may be none.
    #[arg(long)]
    concluded: bool,
    /// A log of any partition tells which messages were accepted.
    #[arg(long)]
    acceptance: bool,
    /// Bytes of a slice of a large table.
    #[arg(long, default_value_t = 64 << 20)]
    slice: u64,
}

/// Runs a step.
pub(crate) fn job(args: JobArgs) -> io::Result<ExitCode> {
    match args.step {
        Step::Plan(args) => plan(args.slice.max(2)),
        Step::Survey(args) => survey(args),
        Step::Read(args) => read(args),
        Step::Count(args) => count(args),
        Step::Conclude(args) => conclude(&args),
        Step::Settle(args) => merge(args, true),
        Step::Merge(args) => merge(args, false),
        Step::Finish(args) => finish(args),
    }
}

/// Lines of standard input, with their numbers from 1.
fn input() -> impl Iterator<Item = (u64, io::Result<String>)> {
    (1..).zip(io::stdin().lock().lines())
}
