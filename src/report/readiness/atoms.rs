//! The cells of a period without their hours: what no policy changes. Each
//! question adds up these few, not the cells of three months.

use std::rc::Rc;

use super::keys::{Key, Keys};
use crate::mail::{AuthMethod, Day, Direction, TlsState};
use crate::report::{Compiled, Field, Filter, Ignored, Period, connectors, senders};
use crate::tally::{FlowCell, SubmissionCell, Tally, Text};

/// A TLS state and a way of signing in, as one small number.
pub(super) const CLASSES: usize = TlsState::ALL.len() * AuthMethod::ALL.len();

/// All that cells of a source tell but for the hour. Numbers of texts are one
/// more than their position; 0 is none.
#[derive(Clone, Copy, Debug)]
pub(super) struct Facts {
    pub(super) direction: Direction,
    /// The connector; of a client, the sender's own number.
    pub(super) who: u32,
    /// The domain on the other side.
    pub(super) domain: u32,
    /// The host on the other side, or the client's IP address.
    pub(super) host: u32,
    pub(super) cipher: u32,
    pub(super) tls: TlsState,
    pub(super) method: AuthMethod,
}

/// Messages of which all facts are the same.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sum {
    pub(super) messages: u64,
    pub(super) rounded: bool,
    /// The first and last day on which they are seen.
    pub(super) days: (Day, Day),
}

/// The messages of a source and period.
#[derive(Debug)]
pub(super) struct Atoms {
    period: (Day, Day),
    keys: Keys,
    sums: Vec<Sum>,
    /// For each day of the period, messages of each class. Those of no known
    /// day are in none.
    pub(super) days: Vec<[u64; CLASSES]>,
}

impl Atoms {
    fn new(period: &Period) -> Self {
        let days = usize::try_from(period.days()).unwrap_or(0);
        Self {
            period: (period.first, period.last),
            keys: Keys::default(),
            sums: Vec::new(),
            days: vec![[0; CLASSES]; days],
        }
    }

    /// Of SMTP AUTH. Without `fine`, what no verdict needs is left out.
    pub(super) fn of_clients(
        tally: &Tally,
        period: &Period,
        fine: bool,
        filter: Option<&Compiled>,
    ) -> Self {
        let mut atoms = Self::new(period);
        senders::each_in(tally, period, &mut |cell, block| {
            if filter.is_some_and(|filter| !filter.submission_of(cell, block)) {
                return;
            }
            let facts = of_client(tally, cell, fine);
            atoms.add(facts, cell.amount(), block.unwrap_or((cell.day(), cell.day())));
            if block.is_none() {
                atoms.add_day(period, cell.day(), class(cell.tls, cell.method), cell.messages);
            }
        });
        atoms
    }

    /// Of mail flow. Without `fine`, what no verdict needs is left out.
    pub(super) fn of_flow(
        tally: &Tally,
        period: &Period,
        fine: bool,
        filter: Option<&Compiled>,
    ) -> Self {
        let mut atoms = Self::new(period);
        let passes = |cell: &&FlowCell| filter.is_none_or(|filter| filter.flow(cell));
        for cell in connectors::cells_in(tally, period).filter(passes) {
            let day = cell.day();
            atoms.add(of_flow(cell, fine), cell.amount(), (day, day));
            atoms.add_day(period, day, class(cell.tls, AuthMethod::Unknown), cell.messages);
        }
        atoms
    }

    fn add(&mut self, facts: Facts, amount: (u64, bool), days: (Day, Day)) {
        let (messages, rounded) = amount;
        let number = self.keys.number(facts.key());
        match self.sums.get_mut(number) {
            Some(sum) => {
                sum.messages += messages;
                sum.rounded |= rounded;
                sum.days = (sum.days.0.min(days.0), sum.days.1.max(days.1));
            }
            None => self.sums.push(Sum { messages, rounded, days }),
        }
    }

    fn add_day(&mut self, period: &Period, day: Day, class: usize, messages: u64) {
        let day = period.index(day).and_then(|index| self.days.get_mut(index));
        if let Some(count) = day.and_then(|classes| classes.get_mut(class)) {
            *count += messages;
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.sums.len()
    }

    /// One after the other.
    pub(super) fn iter(&self) -> impl Iterator<Item = (Facts, &Sum)> {
        self.keys.list.iter().map(Facts::of).zip(&self.sums)
    }

    /// The one of that number.
    pub(super) fn get(&self, number: usize) -> Option<(Facts, &Sum)> {
        Some((Facts::of(self.keys.list.get(number)?), self.sums.get(number)?))
    }
}

/// Days, and the fields of a filter that are not applied to them.
type Unapplied = ((Day, Day), Vec<(Field, Ignored)>);

/// What was gathered last, of either source: most questions change the policy
/// and not the days.
#[derive(Debug, Default)]
pub struct Ground {
    /// Which messages are gathered.
    filter: Filter,
    /// What of it is not applied, and to which days that was found.
    ignored: Option<Unapplied>,
    clients: Option<Rc<Atoms>>,
    flow: Option<Rc<Atoms>>,
}

impl Ground {
    /// From now on messages that pass this filter are gathered.
    pub(super) fn filter(&mut self, filter: &Filter) {
        if self.filter != *filter {
            *self = Self { filter: filter.clone(), ..Self::default() };
        }
    }

    /// Fields of the filter that no source has, and why they are not applied.
    pub(super) fn ignored(&mut self, tally: &Tally, period: &Period) -> Vec<(Field, Ignored)> {
        let days = (period.first, period.last);
        match &self.ignored {
            Some((of, ignored)) if *of == days => ignored.clone(),
            _ => self.ignored.insert((days, self.find_ignored(tally, period))).1.clone(),
        }
    }

    fn find_ignored(&self, tally: &Tally, period: &Period) -> Vec<(Field, Ignored)> {
        if self.filter.is_empty() {
            return Vec::new();
        }
        let flow = connectors::compiled(tally, &self.filter, period, None, false);
        let clients = senders::compiled(tally, &self.filter, period, None, false);
        let also = |field: Field| clients.ignored().iter().find(|(of, _)| *of == field);
        let of_both = flow.ignored().iter().filter_map(|(field, reason)| {
            let other = also(*field)?.1;
            // What one could tell and does not, is not in the data.
            Some((*field, if *reason == Ignored::NotInReport { other } else { *reason }))
        });
        of_both.collect()
    }

    pub(super) fn clients(&mut self, tally: &Tally, period: &Period) -> Rc<Atoms> {
        let filter = self.applied(tally, period);
        kept(&mut self.clients, period, &|| {
            let filter = filter.as_ref();
            let filter = filter.map(|of| senders::compiled(tally, of, period, None, true));
            Atoms::of_clients(tally, period, true, filter.as_ref())
        })
    }

    pub(super) fn flow(&mut self, tally: &Tally, period: &Period) -> Rc<Atoms> {
        let filter = self.applied(tally, period);
        kept(&mut self.flow, period, &|| {
            let filter = filter.as_ref();
            let filter = filter.map(|of| connectors::compiled(tally, of, period, None, true));
            Atoms::of_flow(tally, period, true, filter.as_ref())
        })
    }

    /// The filter without what no source has; nothing where all messages pass.
    fn applied(&mut self, tally: &Tally, period: &Period) -> Option<Filter> {
        let ignored = self.ignored(tally, period);
        let filter = self.filter.without(&|field| ignored.iter().any(|(of, _)| *of == field));
        (!filter.is_empty()).then_some(filter)
    }
}

fn kept(known: &mut Option<Rc<Atoms>>, period: &Period, make: &dyn Fn() -> Atoms) -> Rc<Atoms> {
    let days = (period.first, period.last);
    match known {
        Some(atoms) if atoms.period == days => Rc::clone(atoms),
        _ => Rc::clone(known.insert(Rc::new(make()))),
    }
}

/// The number of a class.
pub(super) const fn class(tls: TlsState, method: AuthMethod) -> usize {
    tls.index() * AuthMethod::ALL.len() + method as usize
}

/// What a class is of.
pub(super) fn of_class(class: usize) -> (TlsState, AuthMethod) {
    let methods = AuthMethod::ALL.len();
    let tls = TlsState::ALL.get(class / methods).copied().unwrap_or_default();
    (tls, method(class % methods))
}

fn method(number: usize) -> AuthMethod {
    let known = AuthMethod::ALL.into_iter().find(|method| *method as usize == number);
    known.unwrap_or_default()
}

/// The text of such a number.
pub(super) fn text(number: u32) -> Option<Text> {
    Text::at(usize::try_from(number.checked_sub(1)?).ok()?)
}

/// The number of a text.
pub(super) fn number(text: Option<Text>) -> u32 {
    text.map_or(0, |text| small(text.index() + 1))
}

// So many texts do not fit any memory this runs in.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn of_client(tally: &Tally, cell: &SubmissionCell, fine: bool) -> Facts {
    Facts {
        direction: Direction::Submission,
        who: small(senders::account(tally, cell)),
        domain: number(Some(cell.domain)),
        host: number(cell.client_ip),
        cipher: if fine { number(cell.cipher) } else { 0 },
        tls: cell.tls,
        method: cell.method,
    }
}

fn of_flow(cell: &FlowCell, fine: bool) -> Facts {
    let mut facts = Facts {
        direction: cell.direction,
        who: number(cell.connector),
        domain: number(cell.remote_domain),
        host: number(cell.remote_host),
        cipher: number(cell.cipher),
        tls: cell.tls,
        method: AuthMethod::Unknown,
    };
    if !fine {
        facts.cipher = 0;
        if cell.connector.is_some() {
            facts.domain = 0;
        }
        if cell.connector.or(cell.remote_domain).is_some() {
            facts.host = 0;
        }
    }
    facts
}

impl Facts {
    fn key(&self) -> Key {
        let Self { direction, who, domain, host, cipher, tls, method } = *self;
        let kinds = (direction as u32) << 16 | (tls as u32) << 8 | method as u32;
        [who, host, kinds, domain, cipher]
    }

    fn of(key: &Key) -> Self {
        let [who, host, kinds, domain, cipher] = *key;
        let at = |shift: u32| (kinds >> shift & 0xff) as usize;
        Self {
            direction: Direction::ALL.get(at(16)).copied().unwrap_or(Direction::Unknown),
            who,
            domain,
            host,
            cipher,
            tls: TlsState::ALL.get(at(8)).copied().unwrap_or_default(),
            method: method(at(0)),
        }
    }
}
