//! What is known of one row: of a sender (SA-08, SA-14), of a connector.

use serde::{Deserialize, Serialize};

use super::own_texts::{OwnTexts, client};
use super::period::Coverage;
use super::refused::refused;
use super::{Amount, Only, Period, Span, TlsCounts, Trend, connectors, senders, trend};
use crate::mail::{AuthMethod, Day, Direction, TlsState};
use crate::order::{merge_by, sort_by};
use crate::tally::{FlowCell, SubmissionCell, Tally, Text};

/// At most so many client addresses, peers or ciphers are listed.
pub const LISTED: usize = 200;

/// Whom the details are of.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Subject {
    /// An SMTP AUTH client: its address (empty where the source leaves it
    /// out) and domain.
    Sender(String, String),
    /// A connector in one direction; `None` for "without a connector".
    Connector(Direction, Option<String>),
    /// A domain on the other side, in one direction; `None` for those that are
    /// not recorded.
    Domain(Direction, Option<String>),
    /// A host on the other side.
    Host(Direction, Option<String>),
    /// A client that sent with Direct Send, the sender's address and domain.
    Direct(Option<String>, Option<String>, Option<String>),
}

/// Everything that the files tell of a sender or connector in a period.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The days.
    pub period: Option<Period>,
    /// For each day of the period; `None` where no file covers it.
    pub days: Vec<Option<TlsCounts>>,
    /// Messages of the period.
    pub counts: TlsCounts,
    /// Messages of the period before, where there is one.
    pub before: Option<u64>,
    /// Cipher suites as written, with the TLS state that they came with; the
    /// most messages first.
    pub ciphers: Vec<(String, TlsState, u64)>,
    /// Ways of signing in, the most messages first. Empty for a connector.
    pub methods: Vec<(AuthMethod, u64)>,
    /// Client IP addresses of a sender, domains on the other side of a
    /// connector; the most messages first.
    pub peers: Vec<Peer>,
    /// Those that did not fit into the list.
    pub more_peers: u64,
    /// Hosts on the other side of a connector; the most messages first.
    pub hosts: Vec<Peer>,
    /// Those that did not fit into the list.
    pub more_hosts: u64,
    /// Connectors of a domain or host, an empty name for none; the most messages
    /// first.
    pub connectors: Vec<Peer>,
    /// Refused attempts to sign in under a sender's name.
    pub refused: u64,
    /// TLS versions week by week, of all of the data unless the days are a
    /// person's own.
    pub trend: Trend,
}

/// A client IP address, or a domain or host on the other side.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Peer {
    /// As written; empty where the source is silent.
    pub name: String,
    /// The first day of the period on which it is seen.
    pub first: Day,
    /// The last.
    pub last: Day,
    /// Messages by TLS.
    pub counts: TlsCounts,
}

/// A message count as a cell gives it, the same for both kinds.
struct Piece {
    days: (Day, Day),
    /// Which of them it was is known.
    dated: bool,
    tls: TlsState,
    cipher: Option<Text>,
    method: Option<AuthMethod>,
    peer: Option<Text>,
    host: Option<Text>,
    /// Of a domain or host: the connector, if there was one.
    #[expect(clippy::option_option, reason = "without a connector is an answer, too")]
    connector: Option<Option<Text>>,
    amount: Amount,
}

/// The details of `subject` in the days of `span`; `now` is the clock, in
/// seconds since 1970.
pub fn details(tally: &Tally, now: u32, span: Span, subject: &Subject) -> Details {
    let latest = super::latest(now);
    match subject {
        Subject::Sender(address, domain) => {
            let (coverage, reach) = senders::coverage(tally, latest);
            let (address, domain) = (tally.find(address), tally.find(domain));
            let period = senders::period(tally, &coverage, reach, span);
            let before = period.and_then(|period| senders::before(tally, &coverage, &period));
            let mut details = gather(tally, &coverage, (period, before), &|period| {
                let mut pieces = Vec::new();
                senders::each_in(tally, period, &mut |cell, block| {
                    if Some(cell.account) == address && Some(cell.domain) == domain {
                        pieces.push(Piece {
                            days: block.unwrap_or((cell.day(), cell.day())),
                            dated: block.is_none(),
                            tls: cell.tls,
                            cipher: cell.cipher,
                            method: Some(cell.method),
                            peer: cell.client_ip,
                            host: None,
                            connector: None,
                            amount: cell.amount(),
                        });
                    }
                });
                pieces
            });
            if let (Some(period), Some(account)) = (details.period, address) {
                details.refused = refused(tally, &period, Some(account)).attempts;
            }
            let holds = |cell: &&SubmissionCell| {
                Some(cell.account) == address && Some(cell.domain) == domain
            };
            if let Some(period) = senders::period(tally, &coverage, reach, span.of_trend()) {
                let cells = senders::dated_in(tally, &period).iter().filter(holds);
                let mut facts = cells.map(|cell| (cell.day(), cell.tls, cell.amount()));
                details.trend = trend::by_week(&coverage, &period, &mut facts);
                let blocks = tally.blocks.iter().filter(|block| period.contains(block.days));
                let blocks = blocks.map(|block| &block.cell).filter(holds);
                details.trend.undated = blocks.map(|cell| cell.messages).sum();
            }
            details
        }
        Subject::Connector(direction, connector) => {
            let only = Only::Connector(*direction, connector.clone());
            let selected = connectors::Selected::of(&only, tally);
            let all = Pieces { connectors: false, domains: true, hosts: true };
            flow(tally, latest, span, &|cell| selected.holds(cell), all)
        }
        Subject::Domain(direction, name) => {
            let name = Named::of(tally, name.as_deref());
            let holds =
                |cell: &FlowCell| cell.direction == *direction && name.is(cell.remote_domain);
            flow(tally, latest, span, &holds, Pieces { domains: false, ..Pieces::default() })
        }
        Subject::Host(direction, name) => {
            let name = Named::of(tally, name.as_deref());
            let holds = |cell: &FlowCell| cell.direction == *direction && name.is(cell.remote_host);
            flow(tally, latest, span, &holds, Pieces { hosts: false, ..Pieces::default() })
        }
        Subject::Direct(from, sender, domain) => {
            let own = OwnTexts::new(tally);
            let [from, sender, domain] =
                [from, sender, domain].map(|name| Named::of(tally, name.as_deref()));
            let holds = |cell: &FlowCell| {
                own.came_directly(cell)
                    && from.is(client(cell))
                    && sender.is(cell.sender)
                    && domain.is(cell.sender_domain)
            };
            let none = Pieces { connectors: false, domains: false, hosts: false };
            flow(tally, latest, span, &holds, none)
        }
    }
}

/// What is listed of mail flow.
#[derive(Clone, Copy)]
struct Pieces {
    connectors: bool,
    domains: bool,
    hosts: bool,
}

impl Default for Pieces {
    fn default() -> Self {
        Self { connectors: true, domains: true, hosts: true }
    }
}

/// A name that is asked for, as a text of the tally.
#[derive(Clone, Copy)]
enum Named {
    /// It is in no file.
    Nowhere,
    /// `None` stands for not recorded.
    As(Option<Text>),
}

impl Named {
    fn of(tally: &Tally, name: Option<&str>) -> Self {
        let Some(name) = name else { return Self::As(None) };
        tally.find(name).map_or(Self::Nowhere, |name| Self::As(Some(name)))
    }

    fn is(self, text: Option<Text>) -> bool {
        matches!(self, Self::As(name) if name == text)
    }
}

/// The details of mail flow that `holds` holds of.
fn flow(
    tally: &Tally,
    latest: Day,
    span: Span,
    holds: &dyn Fn(&FlowCell) -> bool,
    list: Pieces,
) -> Details {
    let (coverage, reach) = connectors::coverage(tally, latest, connectors::is_told);
    let period = reach.and_then(|reach| coverage.resolve(span, reach));
    let before = period.and_then(|period| coverage.before(&period));
    let mut details = gather(tally, &coverage, (period, before), &|period| {
        connectors::cells_in(tally, period)
            .filter(|cell| holds(cell))
            .map(|cell| Piece {
                days: (cell.day(), cell.day()),
                dated: true,
                tls: cell.tls,
                cipher: cell.cipher,
                method: None,
                peer: cell.remote_domain.filter(|_| list.domains),
                host: cell.remote_host.filter(|_| list.hosts),
                connector: list.connectors.then_some(cell.connector),
                amount: cell.amount(),
            })
            .collect()
    });
    if let Some(period) = reach.and_then(|reach| coverage.resolve(span.of_trend(), reach)) {
        let cells = connectors::cells_in(tally, &period).filter(|cell| holds(cell));
        let mut facts = cells.map(|cell| (cell.day(), cell.tls, cell.amount()));
        details.trend = trend::by_week(&coverage, &period, &mut facts);
    }
    details
}

fn gather(
    tally: &Tally,
    coverage: &Coverage,
    (period, before): (Option<Period>, Option<Period>),
    pieces: &dyn Fn(&Period) -> Vec<Piece>,
) -> Details {
    let mut details = Details::default();
    let Some(period) = period else { return details };
    details.period = Some(period);
    details.days = (period.first.0..=period.last.0)
        .map(|day| coverage.holds(Day(day)).then(TlsCounts::default))
        .collect();
    let text = |text: Option<Text>| text.map(|text| tally.text(text)).unwrap_or_default();
    let mut ciphers = Vec::new();
    let mut methods = Vec::new();
    let (mut peers, mut hosts, mut connectors) = (Vec::new(), Vec::new(), Vec::new());
    for piece in pieces(&period) {
        let Piece { days: (first, last), dated, tls, cipher, method, amount, .. } = piece;
        let messages = amount.0;
        details.counts.add_amount(tls, amount);
        let index = period.index(first).filter(|_| dated);
        if let Some(of_day) = index.and_then(|index| details.days.get_mut(index)) {
            of_day.get_or_insert_default().add_amount(tls, amount);
        }
        ciphers.extend(cipher.map(|cipher| ((cipher, tls), messages)));
        methods.extend(method.map(|method| (method, messages)));
        let counts = TlsCounts::of(tls, messages);
        peers.push((piece.peer, first, last, counts));
        hosts.push((piece.host, first, last, counts));
        connectors.extend(piece.connector.map(|name| (name, first, last, counts)));
    }
    merge_by(&mut ciphers, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    merge_by(&mut methods, &|a, b| a.0.cmp(&b.0), &|one, other| one.1 += other.1);
    sort_by(&mut ciphers, &|a, b| b.1.cmp(&a.1));
    sort_by(&mut methods, &|a, b| b.1.cmp(&a.1));
    let cipher = |((cipher, tls), messages)| (text(Some(cipher)).to_owned(), tls, messages);
    details.ciphers = ciphers.into_iter().take(LISTED).map(cipher).collect();
    details.methods = methods;
    (details.peers, details.more_peers) = told(tally, peers);
    (details.hosts, details.more_hosts) = told(tally, hosts);
    details.connectors = listed(tally, connectors).0;
    details.before = before.map(|period| pieces(&period).iter().map(|piece| piece.amount.0).sum());
    details
}

type Seen = (Option<Text>, Day, Day, TlsCounts);

/// The same as [`listed`]; a source that never names the other side has nothing
/// to list.
fn told(tally: &Tally, peers: Vec<Seen>) -> (Vec<Peer>, u64) {
    if peers.iter().all(|peer| peer.0.is_none()) { (Vec::new(), 0) } else { listed(tally, peers) }
}

/// Those with the most messages, and how many others there are.
fn listed(tally: &Tally, mut peers: Vec<Seen>) -> (Vec<Peer>, u64) {
    merge_by(&mut peers, &|a, b| a.0.cmp(&b.0), &|one, other| {
        one.1 = one.1.min(other.1);
        one.2 = one.2.max(other.2);
        one.3.add_all(&other.3);
    });
    sort_by(&mut peers, &|a, b| b.3.volume().cmp(&a.3.volume()));
    let more = peers.len().saturating_sub(LISTED) as u64;
    let peer = |(name, first, last, counts): (Option<Text>, Day, Day, TlsCounts)| Peer {
        name: name.map(|name| tally.text(name)).unwrap_or_default().to_owned(),
        first,
        last,
        counts,
    };
    (peers.into_iter().take(LISTED).map(peer).collect(), more)
}
