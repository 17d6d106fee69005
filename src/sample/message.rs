use std::mem;

use super::organization::{
    CLIENTS, Client, INBOUND, INTRUDER, OUTBOUND, PEOPLE, Route, STAFF, SUBJECTS, domain,
};
use super::random::Random;
use crate::mail::{Day, TlsState};

/// One crossing of the border of the organization, as it truly was, and what
/// each report will tell of it.
pub(super) struct Leg {
    pub(super) seconds: u32,
    pub(super) route: &'static Route,
    pub(super) tls: TlsState,
    /// The person on the other side.
    pub(super) remote: String,
    /// Whether the Extended report tells its TLS.
    pub(super) traced_tls: bool,
    /// Whether the `ConnectorReport` has it at all.
    pub(super) reported: bool,
    /// Whether the `ConnectorReport` tells its TLS.
    pub(super) reported_tls: bool,
}

/// A sign-in with SMTP AUTH.
pub(super) struct Login {
    pub(super) client: &'static Client,
    pub(super) tls: TlsState,
    pub(super) modern: bool,
    /// What the SMTP AUTH report tells, if it has the message at all.
    pub(super) reported: Option<Reported>,
    /// What the SMTP AUTH report gives as `message_count`.
    pub(super) count: u32,
}

/// What the SMTP AUTH report does not leave blank.
pub(super) struct Reported {
    pub(super) tls: bool,
    pub(super) method: bool,
}

/// A fictitious message.
pub(super) struct Message {
    /// Without angle brackets.
    pub(super) id: String,
    pub(super) network: u128,
    /// Where the writers take their random choices from, so that one report
    /// does not change what another tells.
    pub(super) noise: u64,
    pub(super) sender: String,
    pub(super) subject: &'static str,
    pub(super) day: Day,
    /// When it was accepted.
    pub(super) seconds: u32,
    /// When the last of it was delivered.
    pub(super) delivered: u32,
    pub(super) login: Option<Login>,
    pub(super) inbound: Option<Leg>,
    pub(super) outbound: Vec<Leg>,
    /// Recipients with a mailbox in the organization.
    pub(super) hosted: Vec<&'static str>,
    /// Accepted, then neither delivered nor sent.
    pub(super) failed: bool,
    /// Whether the Extended report covers it.
    pub(super) traced: bool,
}

/// Invents the messages of one day after the other.
pub(super) struct Composer {
    pub(super) random: Random,
    serial: u32,
    day: Day,
    passed: u32,
    days: u32,
    traced: bool,
    last: bool,
    /// Seconds of the day at which devices that reuse their Message-ID sent:
    /// twice in one second would be one message in a one-row file.
    reused: Vec<u32>,
}

/// What a message is, by what it does at the border.
#[derive(Clone, Copy)]
enum Kind {
    Inbound,
    Relayed,
    Outbound,
    Internal,
    Submitted,
}

const KINDS: [(Kind, u32); 5] = [
    (Kind::Inbound, 55),
    (Kind::Relayed, 4),
    (Kind::Outbound, 20),
    (Kind::Internal, 6),
    (Kind::Submitted, 15),
];

/// Where a sample is so large that a day runs out of seconds, the rest gets
/// ids of its own.
const REUSED_A_DAY: usize = 5000;

/// Percent of a usual day, from Sunday on.
const RHYTHM: [u32; 7] = [25, 125, 135, 130, 130, 115, 40];

impl Composer {
    pub(super) const fn new(seed: u64, days: u32) -> Self {
        Self {
            random: Random::new(seed),
            serial: 0,
            day: Day(0),
            passed: 0,
            days,
            traced: false,
            last: false,
            reused: Vec::new(),
        }
    }

    /// Turns to `day` and gives the number of its messages.
    pub(super) fn begin(&mut self, day: Day, passed: u32, traced: bool, usual: u32) -> u32 {
        self.day = day;
        self.passed = passed;
        self.traced = traced;
        self.last = passed + 1 == self.days;
        self.reused.clear();
        // 1970-01-01 was a Thursday.
        let weekday = day.0.saturating_add(4).rem_euclid(7);
        let rhythm = RHYTHM[usize::try_from(weekday).unwrap_or(0)];
        let hundredths = u64::from(usual) * u64::from(rhythm) + u64::from(self.random.below(100));
        u32::try_from(hundredths / 100).unwrap_or(u32::MAX)
    }

    pub(super) fn message(&mut self) -> Message {
        let kind = KINDS[self.random.weighted(KINDS.iter().map(|kind| kind.1))].0;
        self.serial = self.serial.wrapping_add(1);
        // Few messages cross midnight, none into the day after the last.
        let late = !self.last && matches!(kind, Kind::Inbound | Kind::Relayed | Kind::Outbound);
        let late = late && self.random.chance(2);
        let seconds = if late { 86_395 + self.random.below(4) } else { self.time_of_day() };
        let start = self.start_of_day();
        let mut message = self.blank(start + seconds);
        message.failed = !late && self.random.chance(3);
        match kind {
            Kind::Inbound => self.inbound(&mut message),
            Kind::Relayed => {
                self.inbound(&mut message);
                message.failed = false;
                self.outbound(&mut message, if late { 6 } else { 2 });
            }
            Kind::Outbound => {
                self.random.pick(&STAFF).clone_into(&mut message.sender);
                if late {
                    self.deferred(&mut message);
                } else {
                    self.outbound(&mut message, 2);
                    self.second_recipient(&mut message);
                }
            }
            Kind::Internal => {
                self.random.pick(&STAFF).clone_into(&mut message.sender);
                message.failed = false;
                self.hosted(&mut message);
            }
            Kind::Submitted => self.submitted(&mut message, start),
        }
        if message.failed {
            message.outbound.clear();
        }
        self.name(&mut message);
        message
    }

    /// A message of somebody who has the password of another's account: an
    /// address never seen before, at night, one after the other.
    pub(super) fn intrusion(&mut self, number: u32) -> Message {
        // The usual mail is what it would be without.
        let usual = mem::replace(&mut self.random, Random::new(u64::from(number)));
        let seconds = self.start_of_day() + 3 * 3600 + self.random.below(3600);
        let mut message = self.blank(seconds);
        INTRUDER.sends_as.clone_into(&mut message.sender);
        message.login = Some(Login {
            client: &INTRUDER,
            tls: INTRUDER.tls.draw(&mut self.random, self.passed, self.days),
            modern: false,
            reported: Some(Reported { tls: true, method: true }),
            count: 1,
        });
        self.outbound(&mut message, 2);
        self.name(&mut message);
        self.random = usual;
        message
    }

    fn start_of_day(&self) -> u32 {
        u32::try_from(self.day.0).unwrap_or(0) * 86_400
    }

    /// A message that was accepted, and no more.
    fn blank(&mut self, seconds: u32) -> Message {
        Message {
            id: String::new(),
            network: u128::from(self.random.next()) << 64 | u128::from(self.random.next()),
            noise: self.random.next(),
            sender: String::new(),
            subject: self.random.pick(&SUBJECTS),
            day: self.day,
            seconds,
            delivered: seconds + 6 + self.random.below(20),
            login: None,
            inbound: None,
            outbound: Vec::new(),
            hosted: Vec::new(),
            failed: false,
            traced: self.traced,
        }
    }

    /// Gives a message an id of its own, if it has none.
    fn name(&mut self, message: &mut Message) {
        if message.id.is_empty() {
            let host = message.sender.rsplit('@').next().unwrap_or_default();
            let tail = self.random.next() >> 32;
            message.id = format!("{:x}.{tail:08x}@{host}", self.serial);
        }
    }

    /// Most of the mail comes in working hours; nothing so late that what
    /// follows would fall on the next day.
    fn time_of_day(&mut self) -> u32 {
        let hour = if self.random.chance(15) {
            self.random.below(23)
        } else {
            6 + self.random.below(7) + self.random.below(7)
        };
        hour * 3600 + self.random.below(3600)
    }

    fn leg(&mut self, routes: &'static [Route], seconds: u32) -> Leg {
        let weights = routes.iter().map(|route| u32::from(route.weight));
        let route = &routes[self.random.weighted(weights)];
        let person = self.random.pick(&PEOPLE);
        let remote = format!("{person}@{}", self.random.pick(route.domains));
        let tls = route.tls.draw(&mut self.random, self.passed, self.days);
        Leg {
            seconds,
            route,
            tls,
            remote,
            traced_tls: tls != TlsState::NoTls && !self.random.chance(3),
            reported: !self.random.chance(6),
            reported_tls: !self.random.chance(4),
        }
    }

    fn hosted(&mut self, message: &mut Message) {
        for _ in 0..=self.random.below(3) {
            let mailbox = self.random.pick(&STAFF);
            if !message.hosted.contains(&mailbox) {
                message.hosted.push(mailbox);
            }
        }
    }

    fn inbound(&mut self, message: &mut Message) {
        let leg = self.leg(&INBOUND, message.seconds);
        message.sender.clone_from(&leg.remote);
        message.inbound = Some(leg);
        self.hosted(message);
    }

    fn outbound(&mut self, message: &mut Message, after: u32) {
        let wait = after + self.random.below(3);
        let mut leg = self.leg(&OUTBOUND, message.seconds + wait);
        // Half of the time the Extended report is silent on outbound TLS.
        leg.traced_tls &= self.random.chance(50);
        message.outbound.push(leg);
    }

    /// Some mail has a second recipient elsewhere, in the same second: one
    /// crossing more only where its TLS is another.
    fn second_recipient(&mut self, message: &mut Message) {
        if self.random.chance(20) {
            self.hosted(message);
        }
        let Some(first) = message.outbound.first() else { return };
        // Over a connector the far server is one and the same.
        if first.route.connector.is_some() || !self.random.chance(20) {
            return;
        }
        let (seconds, route, reported) = (first.seconds, first.route, first.reported);
        let mut second = self.leg(&OUTBOUND[..1], seconds);
        second.route = route;
        second.reported = reported;
        // Never the same person twice.
        second.remote.insert_str(0, "cc.");
        message.outbound.push(second);
    }

    /// Sent to one recipient before midnight and to another after it: one
    /// crossing, and its earliest row says the day.
    fn deferred(&mut self, message: &mut Message) {
        self.outbound(message, 0);
        let Some(first) = message.outbound.first_mut() else { return };
        first.seconds = message.seconds;
        first.traced_tls = first.tls != TlsState::NoTls;
        let second = Leg {
            seconds: message.seconds + 900,
            route: first.route,
            tls: first.tls,
            remote: format!("later.{}", first.remote),
            traced_tls: first.traced_tls,
            reported: false,
            reported_tls: false,
        };
        message.delivered = second.seconds;
        message.outbound.push(second);
    }

    fn submitted(&mut self, message: &mut Message, start: u32) {
        let weights = CLIENTS.iter().map(|client| u32::from(client.weight));
        let client = &CLIENTS[self.random.weighted(weights)];
        let [first, last] = client.modern.map(u32::from);
        let modern = (first * (self.days - self.passed) + last * self.passed) / self.days.max(1);
        let modern = self.random.chance(modern);
        message.traced &= client.traced;
        let reported = !self.random.chance(4) && client.reported;
        let (blank_tls, blank_method) = (self.random.chance(3), self.random.chance(3));
        // A blank method only where nothing else tells: beside a method that is
        // concluded from the code it would be a matter of taste.
        let told = Reported { tls: !blank_tls, method: message.traced || !blank_method };
        client.sends_as.clone_into(&mut message.sender);
        if client.reuses_id && self.reused.len() < REUSED_A_DAY {
            while self.reused.contains(&message.seconds) {
                // Around the day, so that it ends and stays within it.
                message.seconds = start + (message.seconds - start + 61) % 82_800;
            }
            self.reused.push(message.seconds);
            message.delivered = message.seconds + 6;
            message.id = format!("boot.1@{}", domain(client.account));
        }
        message.login = Some(Login {
            client,
            tls: client.tls.draw(&mut self.random, self.passed, self.days),
            modern,
            reported: reported.then_some(told),
            count: if client.traced { 1 } else { 1 + self.random.below(4) },
        });
        if self.random.chance(u32::from(client.outbound)) {
            self.outbound(message, 2);
        } else {
            self.hosted(message);
        }
    }
}
