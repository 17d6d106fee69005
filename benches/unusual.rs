//! Precision and recall of "Unusual activity" on 20,000 senders over 90 days,
//! how quiet it is where nothing happens, and how long it takes.
//!
//! `cargo bench --bench unusual`
#![allow(clippy::expect_used, missing_docs, reason = "a benchmark may stop")]

#[allow(dead_code, unreachable_pub, reason = "a test uses the rest")]
#[path = "../tests/common/quiet.rs"]
mod quiet;

use std::collections::BTreeSet;
use std::time::Instant;

use mailflow::mail::Day;
use mailflow::report::{Span, unusual};
use quiet::{ANOMALIES, organization};

const NOW: u32 = 1_795_000_000;
const ACCOUNTS: u32 = 20_000;
const DAYS: i32 = 90;
const PLANTED: u32 = 30;

fn main() {
    let last = Day::of_seconds(NOW).plus(-1);
    for seed in 1..=3 {
        let quiet = organization(seed, ACCOUNTS, DAYS, last, 0);
        for span in [Span::Last(7), Span::Last(30), Span::All] {
            let start = Instant::now();
            let found = unusual(&quiet.tally, NOW, span);
            let all = found.findings.len() as u64 + found.more;
            println!(
                "seed {seed}, quiet, {} cells, {span:?}: {all} findings in {:?}",
                quiet.tally.submissions.len(),
                start.elapsed()
            );
        }
        let made = organization(seed, ACCOUNTS, DAYS, last, PLANTED);
        let found = unusual(&made.tally, NOW, Span::Last(30)).findings;
        let named: BTreeSet<&str> = found.iter().map(|f| f.address.as_str()).collect();
        let mut hits = 0;
        for anomaly in ANOMALIES {
            let planted = made.planted.iter().filter(|(_, kind)| *kind == anomaly);
            let of_kind = planted.filter(|(address, _)| named.contains(address.as_str())).count();
            hits += of_kind;
            println!("seed {seed}, {anomaly:?}: {of_kind} of {PLANTED} found");
        }
        let planted = made.planted.len();
        println!(
            "seed {seed}: recall {:.3}, precision {:.3} ({} senders named)",
            hits as f64 / planted as f64,
            hits as f64 / named.len().max(1) as f64,
            named.len()
        );
    }
}
