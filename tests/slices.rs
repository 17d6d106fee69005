//! One file, read by several readers: whatever the slices, and whoever reads
//! them in which order, the answer is that of reading it in one go.

#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use std::pin::Pin;

use common::{NOW, at_once, utf16};
use mailflow::account::{FileAccount, Mapping, Warning};
use mailflow::engine::{Analysis, Helper, Helpers, Share, Snapshot, Watch};
use mailflow::import::{MemorySource, Pause, Settings, Slice};
use mailflow::tally::Tally;
use proptest::prelude::*;
use proptest::sample::select;

/// Reads on until so many pauses are over.
struct Patience(usize);

impl Watch for Patience {
    fn pause(&mut self, progress: &Snapshot<'_>) -> Pause {
        for (_, account) in progress.figures().1 {
            assert!(account.adds_up(), "{account:#?}");
        }
        self.0 = self.0.saturating_sub(1);
        if self.0 == 0 { Pause::Stop } else { Pause::GoOn }
    }
}

/// Helpers that read at once, and answer in some order.
struct AtOnce {
    file: MemorySource,
    slices: u64,
    readers: u64,
    helper: Option<Helper>,
    answers: Vec<Share>,
    /// Answer the last that was asked for first.
    backwards: bool,
    /// Answer only so many.
    dies_after: usize,
}

impl Helpers for AtOnce {
    fn slices(&self, _: u64) -> u64 {
        self.slices
    }

    fn readers(&self) -> u64 {
        self.readers
    }

    fn open(&mut self, mapping: &Mapping, settings: &Settings) {
        self.helper = at_once(Helper::open(&mut self.file, mapping, settings));
    }

    fn ask(&mut self, slice: Slice) {
        let helper = self.helper.as_mut().expect("it was opened");
        let share = at_once(helper.read(&mut self.file, slice, &mut |_| Pause::GoOn));
        self.answers.push(share);
    }

    fn answer(&mut self) -> Option<Share> {
        if self.answers.is_empty() || self.dies_after == 0 {
            return None;
        }
        self.dies_after -= 1;
        if self.backwards { self.answers.pop() } else { Some(self.answers.remove(0)) }
    }

    fn wait(&mut self) -> Pin<Box<dyn Future<Output = bool> + '_>> {
        Box::pin(std::future::ready(self.dies_after > 0))
    }

    fn forget(&mut self) {
        self.answers.clear();
    }
}

fn helpers(bytes: &[u8], slices: u64) -> AtOnce {
    AtOnce {
        file: MemorySource(bytes.to_vec()),
        slices,
        readers: 1,
        helper: None,
        answers: Vec::new(),
        backwards: false,
        dies_after: usize::MAX,
    }
}

fn settings() -> Settings {
    Settings { now: NOW, ..Settings::default() }
}

type Outcome = (Tally, Vec<(u32, FileAccount)>);

/// An analysis that has read a file, or none.
fn having_read(before: &[u8]) -> Analysis {
    let mut analysis = Analysis::new(settings());
    if !before.is_empty() {
        let mut source = MemorySource(before.to_vec());
        let (mapping, mut watch) = (Mapping::default(), Patience(usize::MAX));
        at_once(analysis.read(1, "before", &mut source, &mapping, &mut watch));
    }
    analysis
}

fn in_one_go(before: &[u8], bytes: &[u8]) -> Outcome {
    let mut analysis = having_read(before);
    let mut source = MemorySource(bytes.to_vec());
    let mut watch = Patience(usize::MAX);
    at_once(analysis.read(0, "file", &mut source, &Mapping::default(), &mut watch));
    analysis.figures()
}

fn patiently(before: &[u8], bytes: &[u8], helpers: &mut AtOnce, pauses: usize) -> Outcome {
    let mut analysis = having_read(before);
    let mut source = MemorySource(bytes.to_vec());
    let (mapping, mut watch) = (Mapping::default(), Patience(pauses));
    at_once(analysis.read_together(0, "file", &mut source, &mapping, &mut watch, helpers));
    analysis.figures()
}

const HEADER: &str = "date_time_utc,source,event_id,message_id,network_message_id,sender_address,\
    recipient_address,directionality,connector_id,message_info,custom_data,message_subject\r\n";

/// Rows of an Extended report, some of them odd; `seed` says which.
fn rows(count: u64, seed: u64) -> String {
    let mut text = HEADER.to_owned();
    let mut state = seed;
    let mut random = |below: u64| {
        state =
            state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    for row in 0..count {
        let message = row / 3 + random(3);
        let version = ["1_0", "1_1", "1_2", "1_3"][usize::try_from(random(4)).expect("small")];
        let time = match random(40) {
            0 => "yesterday".to_owned(),
            1 => "2031-01-01T00:00:00Z".to_owned(),
            _ => format!("2026-09-{:02}T{:02}:00:{:02}Z", 1 + message % 20, message % 24, row % 60),
        };
        let ids = match random(12) {
            0 => ",".to_owned(),
            1 => format!("<m{message}@x.example>,"),
            _ => format!("<m{message}@x.example>,00000000-0000-4000-8000-{message:012x}"),
        };
        let direction = match random(30) {
            0 => format!("Sideways {}", random(5)),
            _ => "Incoming".to_owned(),
        };
        let connector =
            ["", "Partner, gateway", "서울 게이트웨이"][usize::try_from(random(3)).expect("small")];
        let subject = match random(9) {
            0 => "\"two\r\nlines, with \"\"quotes\"\"\"".to_owned(),
            // A cut in here looks like the start of rows.
            1 => format!(
                "\"see\r\n2026-09-03T10:00:00Z,SMTP,RECEIVE,<trap{row}@x.example>,,s@x.example,r@contoso.example,Incoming,,,S:tlsversion=SP_PROT_TLS1_0_SERVER,no\r\nend\""
            ),
            2 => "stray \" quote".to_owned(),
            _ => "plain".to_owned(),
        };
        let end = ["\r\n", "\n", "\r\n\r\n"][usize::try_from(random(3)).expect("small")];
        let row = format!(
            "{time},SMTP,RECEIVE,{ids},s{}@fabrikam.example,r@contoso.example,{direction},\"{connector}\",,S:tlsversion=SP_PROT_TLS{version}_SERVER;S:x=y,{subject}{end}",
            message % 7
        );
        text.push_str(&row);
        if random(50) == 0 {
            text.push_str("too,few\r\n");
        }
    }
    text
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn slices_do_not_matter(
        seed in any::<u64>(), slices in 2_u64..60, readers in 0_u64..4, backwards in any::<bool>(),
        dies_after in select(vec![0, 1, 5, usize::MAX]), wide in select(vec![None, Some(false), Some(true)]),
        known in 0_usize..3,
    ) {
        let text = rows(2_500, seed);
        // Nothing, other rows of the same messages, or some of the same rows.
        let before = match known {
            0 => String::new(),
            1 => rows(1_000, seed ^ 1),
            _ => text.split_inclusive('\n').take(1_000).collect(),
        };
        let bytes = match wide {
            None => text.into_bytes(),
            Some(big_endian) => utf16(&text, true, big_endian),
        };
        let mut helpers = AtOnce { readers, backwards, dies_after, ..helpers(&bytes, slices) };
        let outcome = patiently(before.as_bytes(), &bytes, &mut helpers, usize::MAX);
        prop_assert_eq!(outcome, in_one_go(before.as_bytes(), &bytes));
    }
}

/// How many slices of a file count as they were read.
fn shared(bytes: &[u8], slices: u64) -> u64 {
    let mut helpers = helpers(bytes, slices);
    let outcome = patiently(&[], bytes, &mut helpers, usize::MAX);
    assert_eq!(outcome, in_one_go(&[], bytes));
    // One that does not count ends the sharing, and nothing is left to answer.
    usize::MAX.abs_diff(helpers.dies_after) as u64
}

/// Rows without anything odd.
fn plain(count: u64) -> String {
    let row = |row: u64| {
        format!(
            "2026-09-03T10:00:{:02}Z,SMTP,RECEIVE,<m{row}@x.example>,,s@fabrikam.example,r@contoso.example,Incoming,,,S:tlsversion=SP_PROT_TLS1_2_SERVER,plain\r\n",
            row % 60
        )
    };
    (0..count).fold(HEADER.to_owned(), |text, index| text + &row(index))
}

#[test]
fn helpers_are_asked_and_heard() {
    assert!(shared(plain(9_000).as_bytes(), 20) > 5);
    assert!(shared(&utf16(&plain(9_000), false, false), 20) > 5);
}

#[test]
fn a_table_joined_to_another_is_read_with_its_own_columns() {
    // The same columns in another order, from the middle on.
    let other = "date_time_utc,event_id,source,network_message_id,message_id,recipient_address,\
        sender_address,connector_id,directionality,custom_data,message_info,message_subject\r\n";
    let mut text = plain(4_000) + other;
    for row in 0..4_000 {
        let row = format!(
            "2026-09-04T10:00:{:02}Z,RECEIVE,SMTP,,<n{row}@x.example>,r@contoso.example,s@fabrikam.example,,Incoming,S:tlsversion=SP_PROT_TLS1_1_SERVER,,plain\r\n",
            row % 60
        );
        text.push_str(&row);
    }
    shared(text.as_bytes(), 17);
}

#[test]
fn a_file_that_is_one_long_quote_is_read_once_more_at_most() {
    let mut text = plain(2_500);
    text.push_str(
        "2026-09-03T10:00:00Z,SMTP,RECEIVE,<q@x.example>,,s@x.example,r@x.example,Incoming,,,,\"",
    );
    text.push_str(&plain(4_000).replace('"', ""));
    shared(text.as_bytes(), 9);
}

#[test]
fn line_ends_without_line_feeds_and_values_without_number() {
    shared(plain(4_000).replace("\r\n", "\r").as_bytes(), 9);
    let many: String = plain(4_000)
        .lines()
        .enumerate()
        .flat_map(|(line, text)| {
            [text.replace("Incoming", &format!("Way {}", line % 400)), "\n".to_owned()]
        })
        .collect();
    shared(many.as_bytes(), 9);
}

#[test]
fn cancelling_takes_effect_between_two_slices() {
    let text = plain(9_000);
    for pauses in [1, 2, 3, 7] {
        let mut helpers = helpers(text.as_bytes(), 20);
        let (_, files) = patiently(&[], text.as_bytes(), &mut helpers, pauses);
        let account = &files[0].1;
        assert!(account.adds_up() && account.rows < 9_000, "{account:#?}");
        assert!(account.warnings.contains(&Warning::Cancelled), "{account:#?}");
    }
}
