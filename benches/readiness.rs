//! How long "Readiness" takes with 20,000 senders and 12 connectors over 90
//! days: the first question of a period, another policy, and the card.
//!
//! `cargo bench --bench readiness`
#![allow(clippy::expect_used, missing_docs, reason = "a benchmark may stop")]

use std::time::Instant;

use mailflow::mail::{
    AuthMethod, ConnectorType, Crossing, Direction, Identity, Observation, RowLayout, TlsState,
};
use mailflow::report::{Done, Ground, Policy, ReadinessQuery, Span, dashboard, readiness};
use mailflow::tally::{Store, Tally};

const NOW: u32 = 1_795_000_000;
const ACCOUNTS: u32 = 20_000;
const CONNECTORS: u32 = 12;
const DOMAINS: u32 = 500;
const DAYS: u32 = 90;
const RUNS: usize = 5;

/// A row of its own, so that every one counts.
fn observe(store: &mut Store, row: u64, seconds: u32, crossing: Crossing<'_>) {
    store.observe(
        0,
        &Observation {
            queue: None,
            relayed_as: None,
            id: Identity::default(),
            layout: RowLayout::OneRow,
            row,
            seconds,
            sender: "",
            crossing: Some(crossing),
            internal: false,
            failed: false,
            count: 1,
            rows: 1,
            session: None,
        },
    );
}

fn crossing(direction: Direction, tls: TlsState) -> Crossing<'static> {
    Crossing {
        remote_host: None,
        direction,
        by_domains: false,
        connector: None,
        connector_type: ConnectorType::Unknown,
        forced_tls: None,
        tls,
        cipher: None,
        sender_domain: None,
        remote_domain: None,
        account: None,
        sender: None,
        account_stated: true,
        method: AuthMethod::Unknown,
        client_ip: None,
    }
}

fn organization() -> Tally {
    let mut store = Store::new(NOW);
    let start = NOW - DAYS * 86_400;
    let states = [TlsState::V1_2, TlsState::V1_3, TlsState::V1_2, TlsState::V1_0];
    let mut row = 0;
    for day in 0..DAYS {
        for account in 0..ACCOUNTS {
            let tls = states[((account + day) % 4 * u32::from(account % 5 == 0)) as usize];
            let client = format!("10.{}.{}.{}", account % 200, account / 200, day / 30);
            let address = format!("account{account}@office.example");
            let mut of = crossing(Direction::Submission, tls);
            of.account = Some(&address);
            of.client_ip = Some(&client);
            of.cipher = Some("TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384");
            of.method = AuthMethod::ALL[(account % 2) as usize];
            row += 1;
            observe(&mut store, row, start + day * 86_400 + account % 24 * 3_600, of);
        }
        for flow in 0..CONNECTORS * DOMAINS {
            let tls = if flow % 7 == 0 { TlsState::NoTls } else { states[(flow % 4) as usize] };
            let direction = [Direction::Inbound, Direction::Outbound][(flow % 2) as usize];
            let connector = format!("Connector {}", flow % CONNECTORS);
            let domain = format!("domain{}.example", flow / CONNECTORS);
            let mut of = crossing(direction, tls);
            of.connector = (flow % CONNECTORS > 1).then_some(&connector);
            of.remote_domain = Some(&domain);
            row += 1;
            observe(&mut store, row, start + day * 86_400 + flow % 24 * 3_600, of);
        }
    }
    store.tally()
}

fn main() {
    let tally = organization();
    println!("{} cells of SMTP AUTH, {} of mail flow", tally.submissions.len(), tally.flow.len());
    let done = Done::default();
    let best = |name: &str, act: &mut dyn FnMut()| {
        let run = || {
            let start = Instant::now();
            act();
            start.elapsed()
        };
        let best = std::iter::repeat_with(run).take(RUNS).min().unwrap_or_default();
        println!("{name}: {best:?}");
    };
    let mut ground = Ground::default();
    for policy in Policy::ALL {
        let query = ReadinessQuery { policy, span: Span::Last(90), ..ReadinessQuery::default() };
        let mut things = 0;
        best(&format!("{policy:?}, first question"), &mut || {
            let answer = readiness(&tally, NOW, &query, &done, &mut Ground::default());
            things = answer.readiness.to_fix;
        });
        readiness(&tally, NOW, &query, &done, &mut ground);
        best(&format!("{policy:?}, another policy, {things} things, first 100 rows"), &mut || {
            let answer = readiness(&tally, NOW, &query, &done, &mut ground);
            assert!(answer.rows(&tally, 0, 100).len() <= 100);
        });
    }
    let query = ReadinessQuery {
        span: Span::Last(90),
        search: "account1".to_owned(),
        ..ReadinessQuery::default()
    };
    best("a search", &mut || drop(readiness(&tally, NOW, &query, &done, &mut ground)));
    best("the whole dashboard", &mut || drop(dashboard(&tally, NOW)));
}
