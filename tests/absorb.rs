//! What stores of several places know is what one store knows that reads all:
//! every kind of file there is, in any pieces, put together in any order.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "a test may stop")]

mod common;

use common::{NOW, at_once, tests_folder};
use mailflow::account::{FileAccount, Mapping, SavedFault};
use mailflow::import::{MemorySource, Pause, Settings, Sink, read_file};
use mailflow::mail::{
    Aggregate, Border, Observation, Particulars, Ready, RefusedSignIn, Session, TlsReport,
};
use mailflow::tally::{Partial, Store, Tally, Text};

/// Tells a store of a file with this number.
struct Into<'a>(&'a mut Store, u32);

impl Sink for Into<'_> {
    fn observe(&mut self, _: u32, observation: &Observation<'_>) {
        self.0.observe(self.1, observation);
    }

    fn observe_whole(&mut self, _: u32, observation: &Observation<'_>, _: &Particulars<'_>) {
        self.0.observe(self.1, observation);
    }

    fn hop(&mut self, _: u32, observation: &Observation<'_>, border: Border<&str>) {
        self.0.hop(self.1, observation, border);
    }

    fn aggregate(&mut self, _: u32, aggregate: &Aggregate<'_>) {
        self.0.aggregate(self.1, aggregate);
    }

    fn session(&mut self, _: u32, session: &Session<'_>) {
        self.0.session(session);
    }

    fn refused_sign_in(&mut self, _: u32, refused: &RefusedSignIn<'_>) {
        self.0.refused_sign_in(self.1, refused);
    }

    fn tls_report(&mut self, _: u32, report: TlsReport) {
        self.0.tls_report(self.1, report);
    }

    fn ready(&mut self, _: u32, part: u32, ready: &Ready<'_>) {
        self.0.ready(self.1, part, ready);
    }

    fn ready_end(&mut self, _: u32) -> bool {
        self.0.ready_end(self.1)
    }

    fn saved(&mut self, _: u32, _: &str, _: &[u8]) -> Result<Vec<FileAccount>, SavedFault> {
        Ok(Vec::new())
    }

    fn pause(&mut self, _: u64, _: u64, _: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        Pause::GoOn
    }
}

fn read_into(store: &mut Store, file: u32, name: &str, bytes: &[u8]) {
    let settings = Settings { now: NOW, ..Settings::default() };
    let mut source = MemorySource(bytes.to_vec());
    let mut sink = Into(store, file);
    at_once(read_file(&mut source, name, &Mapping::default(), &settings, &mut sink));
}

/// The files read one after the other by one store.
fn together(files: &[(u32, String, Vec<u8>)]) -> Tally {
    let mut store = Store::new(NOW);
    for (file, name, bytes) in files {
        read_into(&mut store, *file, name, bytes);
    }
    store.tally()
}

/// Each read by a store of its own, which goes through bytes.
fn apart(files: &[(u32, String, Vec<u8>)]) -> Tally {
    let mut all = Store::new(NOW);
    for (file, name, bytes) in files {
        let mut store = Store::new(NOW);
        read_into(&mut store, 0, name, bytes);
        let bytes = store.to_partial().to_bytes();
        let partial = Partial::from_bytes(&bytes).expect("what was written");
        assert_eq!(partial, store.to_partial(), "{name}");
        all.merge(*file, &partial);
    }
    all.tally()
}

/// Stores that absorb each other two by two, the first half into the second.
fn in_a_tree(files: &[(u32, String, Vec<u8>)]) -> Store {
    if let [(file, name, bytes)] = files {
        let mut store = Store::new(NOW);
        read_into(&mut store, *file, name, bytes);
        return store;
    }
    let (left, right) = files.split_at(files.len() / 2);
    let mut store = in_a_tree(right);
    store.absorb(0, &in_a_tree(left));
    store
}

fn samples() -> Vec<(u32, String, Vec<u8>)> {
    (0..).zip(common::samples()).map(|(at, (name, bytes))| (at, name, bytes)).collect()
}

/// The lines of two tallies that differ are what is wrong with them.
fn same(one: &Tally, other: &Tally, what: &str) {
    let lines = |tally: &Tally| -> Vec<String> {
        let cells = tally.flow.iter().map(|cell| format!("{cell:?}"));
        let submissions = tally.submissions.iter().map(|cell| format!("{cell:?}"));
        let credits = tally.credits.iter().enumerate().map(|credit| format!("{credit:?}"));
        let spans = tally.spans.iter().enumerate().map(|span| format!("{span:?}"));
        cells.chain(submissions).chain(credits).chain(spans).collect()
    };
    let (ones, others) = (lines(one), lines(other));
    let only = |these: &[String], those: &[String]| -> Vec<String> {
        these.iter().filter(|line| !those.contains(line)).cloned().collect()
    };
    let (less, more) = (only(&ones, &others), only(&others, &ones));
    assert!(less.is_empty() && more.is_empty(), "{what}: {less:#?} became {more:#?}");
    assert_eq!(one.refused, other.refused, "{what}");
    assert_eq!(one.own_domains, other.own_domains, "{what}");
    assert_eq!(one.tls_reports, other.tls_reports, "{what}");
    let texts = |tally: &Tally| -> Vec<String> {
        (0..tally.texts()).filter_map(Text::at).map(|text| tally.text(text).to_owned()).collect()
    };
    assert_eq!(texts(one), texts(other), "{what}");
    assert!(one == other, "{what}");
}

#[test]
fn every_sample_and_all_of_them_are_the_same_apart_and_together() {
    let all = samples();
    assert!(all.len() > 20);
    for file in &all {
        let twice = [(0, file.1.clone(), file.2.clone()), (1, file.1.clone(), file.2.clone())];
        same(&together(&twice), &apart(&twice), &file.1);
        let turned = [twice[1].clone(), twice[0].clone()];
        same(&together(&twice), &apart(&turned), &file.1);
    }
    let expected = together(&all);
    same(&expected, &apart(&all), "all");
    let turned: Vec<_> = all.iter().rev().cloned().collect();
    same(&expected, &apart(&turned), "all, turned");
    same(&expected, &in_a_tree(&all).tally(), "all, two by two");
}

/// All samples at once: sessions, queues, hops, exports that count, reports.
#[test]
fn what_is_settled_gives_the_same_figures() {
    let mut store = Store::new(NOW);
    for (file, name, bytes) in samples() {
        read_into(&mut store, file, &name, &bytes);
    }
    let expected = store.tally();
    let settled = store.settle();
    let bytes = settled.to_partial().to_bytes();
    assert!(bytes.len() < store.to_partial().to_bytes().len() / 2, "{}", bytes.len());
    let mut all = Store::new(NOW);
    all.merge(0, &Partial::from_bytes(&bytes).expect("what was written"));
    for tally in [settled.tally(), all.tally()] {
        assert_eq!(tally.content(), expected.content());
        assert_eq!(tally.credits, expected.credits);
        assert_eq!(tally.spans, expected.spans);
        assert_eq!(tally.covered, expected.covered);
        assert_eq!(tally.tls_reports, expected.tls_reports);
        let domains = |tally: &Tally| (tally.own_domains.clone(), tally.domains_guessed);
        assert_eq!(domains(&tally), domains(&expected));
    }
}

/// Logs cut before every line into two, and into pieces of a few lines: what is
/// under way at a cut is known by two stores, each of one half.
#[test]
fn a_log_that_is_cut_between_stores_is_put_together() {
    for name in ["postfix", "exim", "sendmail", "opensmtpd", "smtp-receive", "smtp-send"] {
        let path = tests_folder().join("samples").join(format!("{name}.log"));
        let text = std::fs::read_to_string(path).expect("a sample");
        let lines: Vec<&str> = text.split_inclusive('\n').collect();
        // Exchange's logs begin with a header, which every file has.
        let header: String =
            lines.iter().take_while(|line| line.starts_with('#')).copied().collect();
        let piece = |lines: &[&str]| match lines.first() {
            Some(first) if first.starts_with('#') => lines.concat(),
            _ => format!("{header}{}", lines.concat()),
        };
        let number = |pieces: Vec<String>| -> Vec<(u32, String, Vec<u8>)> {
            (0..).zip(pieces).map(|(at, text)| (at, "piece".into(), text.into_bytes())).collect()
        };
        for at in 1..lines.len() {
            let files = number(vec![piece(&lines[..at]), piece(&lines[at..])]);
            let expected = together(&files);
            same(&expected, &apart(&files), &format!("{name} before line {at}"));
            let turned = [files[1].clone(), files[0].clone()];
            same(&expected, &apart(&turned), &format!("{name} before line {at}, turned"));
        }
        for length in [1, 2, 3, 5, 8] {
            let files = number(lines.chunks(length).map(piece).collect());
            let tree = in_a_tree(&files).tally();
            same(&together(&files), &tree, &format!("{name} by {length} lines"));
        }
    }
}

/// What is counted alike may be written in another number of rows: each file
/// answers for its own, in whatever order they come.
#[test]
fn the_same_cells_in_other_rows_leave_every_account_as_it_is() {
    let document = |counts: &[u32]| {
        let cell = |count: &u32| {
            format!(
                r#"{{"day":"2026-09-03","direction":"inbound","tls":"1.2","messages":{count}}}"#
            )
        };
        let cells: Vec<String> = counts.iter().map(cell).collect();
        format!(r#"{{"version":1,"cells":[{}]}}"#, cells.join(",")).into_bytes()
    };
    let files = [(0, "one", document(&[6])), (1, "three", document(&[1, 2, 3]))];
    let mut backwards = files.clone();
    backwards.reverse();
    for files in [files, backwards] {
        let tally = together(&files.map(|(at, name, text)| (at, name.to_owned(), text)));
        assert_eq!(tally.flow.iter().map(|cell| cell.messages).sum::<u64>(), 6);
        let rows = tally.credits.iter().map(|credit| (credit.messages, credit.duplicates));
        assert_eq!(rows.collect::<Vec<_>>(), [(1, 0), (0, 3)]);
    }
}
