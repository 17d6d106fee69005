//! The SMTP AUTH clients of a fictitious organization in which nothing
//! happens, and accounts to which something does: what "Unusual activity" is
//! measured by.

use mailflow::mail::{
    AuthMethod, ConnectorType, Crossing, Day, Direction, Identity, Observation, RowLayout, TlsState,
};
use mailflow::tally::{Store, Tally};

/// What is done to an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Anomaly {
    /// Twenty times its usual mail for one to three days.
    Flood,
    /// 500 messages within an hour.
    Burst,
    /// An account that was not there, and sends at once.
    Newcomer,
    /// Mail from a network that it never used.
    Intruder,
    /// TLS 1.0 or none, where it always was newer.
    Downgrade,
}

pub const ANOMALIES: [Anomaly; 5] =
    [Anomaly::Flood, Anomaly::Burst, Anomaly::Newcomer, Anomaly::Intruder, Anomaly::Downgrade];

/// An organization.
pub struct Organization {
    pub tally: Tally,
    /// The accounts to which something was done.
    pub planted: Vec<(String, Anomaly)>,
}

/// `SplitMix64` (Steele et al. 2014).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// From 0 to 1.
    fn unit(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    fn below(&mut self, end: u64) -> u64 {
        self.next() % end.max(1)
    }

    fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.unit()
    }

    /// Poisson: by product for small means, by the normal curve for others.
    fn poisson(&mut self, mean: f64) -> u64 {
        if mean > 60.0 {
            let (u, v) = (self.unit().max(1e-12), self.unit());
            let normal = (-2.0 * u.ln()).sqrt() * (std::f64::consts::TAU * v).cos();
            return whole(mean + mean.sqrt() * normal);
        }
        let (limit, mut product, mut count) = ((-mean).exp(), self.unit(), 0);
        while product > limit {
            product *= self.unit();
            count += 1;
        }
        count
    }

    /// A job of about the same size each time.
    fn roughly(&mut self, mean: f64) -> u64 {
        let scale = self.between(0.7, 1.4);
        self.poisson(mean * scale)
    }

    /// Geometric: a day like no other, with a long tail.
    fn geometric(&mut self, mean: f64) -> u64 {
        whole(-self.unit().max(1e-12).ln() * mean)
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "small and positive")]
fn whole(value: f64) -> u64 {
    value.round().max(0.0) as u64
}

#[derive(Clone, Copy)]
enum Habit {
    Person(f64),
    Scanner(f64),
    App(f64),
    Bursty(f64),
    Weekly(f64, i32),
    Monthly(f64, i32),
    Growing(f64),
}

struct Account {
    address: String,
    habit: Habit,
    networks: u64,
    tls: (TlsState, TlsState),
    /// The first and last day that it exists.
    life: (i32, i32),
}

fn account(index: u32, random: &mut Random, days: i32) -> Account {
    let (habit, mut networks) = match random.below(100) {
        0..60 => (Habit::Person(random.between(0.2, 3.0)), 1 + random.below(6)),
        60..75 => (Habit::Scanner(random.between(3.0, 40.0)), 1),
        75..85 => (Habit::App(random.between(5.0, 500.0)), 1 + random.below(2)),
        85..95 => (Habit::Bursty(random.between(2.0, 60.0)), 1),
        95..97 => (Habit::Weekly(random.between(50.0, 1_000.0), below(random, 7)), 1),
        97..99 => (Habit::Monthly(random.between(100.0, 3_000.0), below(random, 28)), 1),
        _ => (Habit::Growing(random.between(10.0, 60.0)), 1),
    };
    if random.below(50) == 0 {
        networks = 12;
    }
    let tls = match random.below(10) {
        0 => (TlsState::V1_0, TlsState::V1_2),
        1..4 => (TlsState::V1_3, TlsState::V1_3),
        4..6 => (TlsState::NotRecorded, TlsState::V1_2),
        _ => (TlsState::V1_2, TlsState::V1_3),
    };
    // People come and go.
    let life = match (habit, random.below(25)) {
        (Habit::Person(_), 0) => (below(random, days), days),
        (Habit::Person(_), 1) => (0, below(random, days)),
        _ => (0, days),
    };
    Account { address: format!("account{index}@quiet.example"), habit, networks, tls, life }
}

fn below(random: &mut Random, end: i32) -> i32 {
    i32::try_from(random.below(u64::from(end.unsigned_abs()))).unwrap_or(0)
}

impl Account {
    fn messages(&self, day: i32, days: i32, random: &mut Random) -> u64 {
        // Day 0 is a Monday.
        let weekday = day.rem_euclid(7);
        let work = weekday < 5;
        match self.habit {
            Habit::Person(mean) | Habit::Scanner(mean) if work => random.poisson(mean),
            Habit::App(mean) => random.poisson(mean),
            Habit::Bursty(mean) => random.geometric(mean),
            Habit::Weekly(mean, on) if weekday == on => random.roughly(mean),
            Habit::Monthly(mean, on) if day.rem_euclid(28) == on => random.roughly(mean),
            Habit::Person(_) | Habit::Scanner(_) | Habit::Weekly(..) | Habit::Monthly(..) => 0,
            Habit::Growing(mean) => {
                random.poisson(mean * (1.0 + 2.0 * f64::from(day) / f64::from(days)))
            }
        }
    }

    /// Whether there is a habit that an anomaly can stand out from.
    fn is_settled(&self, days: i32) -> bool {
        let habitual = match self.habit {
            Habit::Person(mean) => mean > 0.5,
            Habit::Scanner(_) | Habit::App(_) | Habit::Bursty(_) => true,
            Habit::Weekly(..) | Habit::Monthly(..) | Habit::Growing(_) => false,
        };
        habitual && self.life == (0, days) && self.networks <= 3
    }

    fn mean(&self) -> f64 {
        match self.habit {
            Habit::Person(mean) | Habit::Scanner(mean) | Habit::App(mean) | Habit::Bursty(mean) => {
                mean
            }
            Habit::Weekly(mean, _) | Habit::Monthly(mean, _) | Habit::Growing(mean) => mean,
        }
    }
}

struct Writer<'a> {
    store: &'a mut Store,
    first: Day,
    row: u64,
}

impl Writer<'_> {
    fn send(
        &mut self,
        account: &str,
        day: i32,
        hour: u64,
        tls: TlsState,
        client: &str,
        count: u64,
    ) {
        let seconds = (i64::from(self.first.0) + i64::from(day)) * 86_400;
        let seconds = u32::try_from(seconds).expect("a day of our time")
            + 3_600 * u32::try_from(hour).expect("an hour");
        self.row += 1;
        let crossing = Crossing {
            remote_host: None,
            direction: Direction::Submission,
            by_domains: false,
            connector: None,
            connector_type: ConnectorType::Unknown,
            forced_tls: None,
            tls,
            cipher: None,
            sender_domain: Some("quiet.example"),
            remote_domain: None,
            account: Some(account),
            account_stated: true,
            method: AuthMethod::Basic,
            sender: None,
            client_ip: Some(client),
        };
        self.store.observe(
            0,
            &Observation {
                queue: None,
                relayed_as: None,
                id: Identity::default(),
                layout: RowLayout::OneRow,
                row: self.row,
                seconds,
                sender: account,
                crossing: Some(crossing),
                internal: false,
                failed: false,
                count: u32::try_from(count).expect("a count"),
                rows: 1,
                session: None,
            },
        );
    }
}

/// `accounts` that send for `days` days up to `last`, with `planted` anomalies
/// of each kind in the last 30 days.
#[must_use]
pub fn organization(seed: u64, accounts: u32, days: i32, last: Day, planted: u32) -> Organization {
    let random = &mut Random(seed);
    let now = u32::try_from((i64::from(last.0) + 1) * 86_400).expect("a day of our time");
    let mut store = Store::new(now);
    let mut writer = Writer { store: &mut store, first: last.plus(1 - days), row: 0 };
    let mut settled = Vec::new();
    for index in 0..accounts {
        let account = account(index, random, days);
        let start = below(random, 250) + 2;
        for day in account.life.0..account.life.1 {
            let messages = account.messages(day, days, random);
            // A day's mail comes within a few hours.
            let hours = 1 + messages.min(3);
            for part in 0..hours {
                let count = messages / hours + u64::from(part < messages % hours);
                if count == 0 {
                    continue;
                }
                let network = random.below(account.networks);
                // Now and then the network gives it another address.
                let client = format!("10.{}.{network}.{}", index % 250, start + day / 20);
                let tls = if random.below(3) == 0 { account.tls.1 } else { account.tls.0 };
                writer.send(
                    &account.address,
                    day,
                    8 + 2 * part + random.below(2),
                    tls,
                    &client,
                    count,
                );
            }
        }
        if account.is_settled(days) {
            settled.push(account);
        }
    }
    let mut truth = Vec::new();
    for anomaly in ANOMALIES {
        for number in 0..planted {
            let day = days - 1 - below(random, 28);
            if anomaly == Anomaly::Newcomer {
                let address = format!("new{number}@quiet.example");
                let count = 100 + random.below(300);
                writer.send(&address, day, 3, TlsState::V1_2, "203.0.113.9", count);
                truth.push((address, anomaly));
                continue;
            }
            let at = usize::try_from(random.below(settled.len() as u64)).expect("an index");
            let account = settled.swap_remove(at);
            let own = format!("10.{}.0.9", account.address.len());
            let new = "203.0.113.77";
            let address = account.address.clone();
            match anomaly {
                Anomaly::Flood => {
                    let count = whole(account.mean() * 20.0).max(80);
                    for day in day - below(random, 3)..=day {
                        writer.send(&address, day, 10, TlsState::V1_3, new, count);
                    }
                }
                Anomaly::Burst => writer.send(&address, day, 2, account.tls.1, &own, 500),
                Anomaly::Intruder => {
                    let count = 20 + random.below(40);
                    writer.send(&address, day, 4, account.tls.1, new, count);
                }
                Anomaly::Downgrade => {
                    let strong = account.tls.0 != TlsState::V1_0;
                    let tls = if strong && random.below(2) == 0 {
                        TlsState::V1_0
                    } else {
                        TlsState::NoTls
                    };
                    writer.send(&address, day, 9, tls, &own, 3 + random.below(8));
                }
                Anomaly::Newcomer => {}
            }
            truth.push((address, anomaly));
        }
    }
    Organization { tally: store.tally(), planted: truth }
}
