//! What worker and program both run: the files of an analysis, their accounts,
//! and the store that they fill.

mod observed;
mod organizations;
mod saved;
mod slices;

pub use self::organizations::{FileIn, Organization, Organizations};
use self::saved::Taken;
pub use self::saved::{SavedOrganization, read_saved, save};
pub use self::slices::{Helper, Helpers, NoHelpers, Share};
use crate::account::{Elsewhere, FileAccount, Mapping, NoMail, SavedFault, Warning};
use crate::import::{Pause, Settings, Sink, Source, read_file};
use crate::mail::{
    Aggregate, Border, Choices, Observation, OwnDomains, Particulars, Ready, RefusedSignIn,
    SentCounts, SentMessage, SentQuery, Session, TlsReport,
};
use crate::tally::{Sent, Store, Tally};

/// One analysis: files read so far, and what is known of their messages.
pub struct Analysis {
    store: Store,
    settings: Settings,
    /// Place in the person's list, and account; the index is the number under
    /// which the store knows the file.
    files: Vec<(u32, FileAccount)>,
    /// What saved analyses held beside files.
    taken: Taken,
}

/// Called between two chunks; says whether to read on.
pub trait Watch {
    /// How far the reading of the file at hand is.
    fn pause(&mut self, progress: &Snapshot<'_>) -> Pause;
}

/// The state of an analysis between two chunks.
pub struct Snapshot<'a> {
    store: &'a Store,
    files: &'a [(u32, FileAccount)],
    place: u32,
    accounts: &'a dyn Fn() -> Vec<FileAccount>,
    /// Bytes read of the file at hand.
    pub bytes: u64,
    /// Rows read of the file at hand.
    pub rows: u64,
}

impl Snapshot<'_> {
    /// The counts so far, and the accounts of the files so far.
    pub fn figures(&self) -> (Tally, Vec<(u32, FileAccount)>) {
        let mut files = self.files.to_vec();
        files.extend((self.accounts)().into_iter().map(|account| (self.place, account)));
        let tally = self.store.tally();
        credit(&tally, &mut files);
        (tally, files)
    }
}

impl Analysis {
    /// An analysis without files.
    pub fn new(settings: Settings) -> Self {
        let mut store = Store::new(settings.now);
        store.choose(&settings.choices);
        store.keep(settings.keep);
        Self { store, settings, files: Vec::new(), taken: Taken::default() }
    }

    /// Reads a file that stands at `place` in the person's list.
    pub async fn read(
        &mut self,
        place: u32,
        name: &str,
        source: &mut impl Source,
        mapping: &Mapping,
        watch: &mut dyn Watch,
    ) {
        let (mut counting, settings) = self.counting(place, watch);
        let accounts = read_file(source, name, mapping, settings, &mut counting).await;
        self.files.extend(accounts.into_iter().map(|account| (place, account)));
        if let Some(choices) = self.taken.choices.take() {
            self.settings.choices = choices;
        }
    }

    /// What counts the next file, which stands at `place`, and how it is read.
    fn counting<'a>(
        &'a mut self,
        place: u32,
        watch: &'a mut dyn Watch,
    ) -> (Counting<'a>, &'a Settings) {
        let first = u32::try_from(self.files.len()).unwrap_or(u32::MAX);
        let Self { store, settings, files, taken } = self;
        let silent = files.is_empty() && settings.choices == Choices::default();
        (Counting { store, files, taken, silent, place, first, watch }, settings)
    }

    /// The person says anew what no format can. What only reading can make use
    /// of (time zone, internal hosts) is for files read from now on.
    pub fn choose(&mut self, choices: Choices) {
        self.store.choose(&choices);
        self.settings.choices = choices;
    }

    /// Marks the files of `place` as made by the sample generator.
    pub fn mark_fictitious(&mut self, place: u32) {
        for (_, account) in self.files.iter_mut().filter(|(own, _)| *own == place) {
            account.fictitious = true;
        }
    }

    /// The clock, in seconds since 1970.
    pub const fn now(&self) -> u32 {
        self.settings.now
    }

    /// The own domains that the files tell, or that the person said.
    pub fn own_domains(&self) -> Vec<String> {
        self.store.own_domains()
    }

    /// Forgets what rows say of single messages, and keeps no more of it.
    pub fn forget_messages(&mut self) {
        self.settings.keep = None;
        self.store.keep(None);
    }

    /// The messages that an account sent, as `query` asks.
    pub fn sent(&self, query: &SentQuery) -> Sent {
        let mut sent = self.store.sent(query);
        self.store.find_sent(&mut sent, &query.search);
        sent
    }

    /// Takes of the messages of an account those that another search finds.
    pub fn find_sent(&self, sent: &mut Sent, search: &str) {
        self.store.find_sent(sent, search);
    }

    /// How many messages they are, and what is kept.
    pub fn sent_counts(&self, sent: &Sent) -> SentCounts {
        self.store.sent_counts(sent)
    }

    /// The message in that place, with so many recipients at most.
    pub fn sent_message(&self, sent: &Sent, place: usize, most: usize) -> Option<SentMessage> {
        self.store.sent_message(sent, place, most)
    }

    /// The counts of what was counted here, and of each part of what was
    /// counted elsewhere, by itself; none that is empty.
    pub fn parts(&self) -> Vec<Tally> {
        self.store.tally_by_part()
    }

    /// The counts, and the account of every file with its place.
    pub fn figures(&self) -> (Tally, Vec<(u32, FileAccount)>) {
        let tally = self.store.tally();
        let mut files = self.files.clone();
        credit(&tally, &mut files);
        (tally, files)
    }
}

/// Enters into the accounts what the tally credits each file with.
fn credit(tally: &Tally, files: &mut [(u32, FileAccount)]) {
    for ((_, account), credit) in files.iter_mut().zip(&tally.credits) {
        if matches!(account.elsewhere, Some(Elsewhere::Counted(_))) {
            continue;
        }
        account.messages = credit.messages;
        account.joined = credit.joined;
        account.duplicates = credit.duplicates;
        account.refused_sign_ins = credit.refused_sign_ins;
        account.policies = credit.policies;
        for (reason, rows) in [
            (NoMail::NotSent, credit.not_sent),
            (NoMail::NoMessage, credit.no_message),
            (NoMail::SessionCut, credit.session_cut),
        ] {
            // The reasons are in order.
            match account.no_mail.binary_search_by(|(own, _)| own.cmp(&reason)) {
                Ok(at) => account.no_mail[at].1 += rows,
                Err(at) if rows > 0 => account.no_mail.insert(at, (reason, rows)),
                Err(_) => {}
            }
        }
        if credit.covered > 0 {
            // It is the last of them.
            account.no_mail.push((NoMail::CoveredByMessages, credit.covered));
        }
    }
    let own = OwnDomains::new(tally.own_domains.clone());
    for hop in files.iter_mut().flat_map(|(_, account)| &mut account.path) {
        let border = hop.border.as_ref();
        hop.direction = border.and_then(|border| border.direction(&own, &|text| text));
    }
    for overlap in &tally.overlaps {
        if let Some((_, account)) = files.get_mut(overlap.file as usize) {
            account.warnings.push(Warning::MayCountTwice {
                direction: overlap.direction,
                days: overlap.days,
                count: overlap.count,
            });
        }
    }
    for covered in &tally.covered {
        if let Some((_, account)) = files.get_mut(covered.file as usize) {
            let (aggregates, messages) = account.covered.unwrap_or_default();
            account.covered = Some((aggregates + covered.aggregates, messages + covered.messages));
        }
    }
}

/// Hands what is read to the store.
struct Counting<'a> {
    store: &'a mut Store,
    files: &'a [(u32, FileAccount)],
    taken: &'a mut Taken,
    /// Nothing was read or said yet.
    silent: bool,
    place: u32,
    first: u32,
    watch: &'a mut dyn Watch,
}

impl Sink for Counting<'_> {
    fn observe(&mut self, entry: u32, observation: &Observation<'_>) {
        self.store.observe(self.first + entry, observation);
    }

    fn observe_whole(
        &mut self,
        entry: u32,
        observation: &Observation<'_>,
        particulars: &Particulars<'_>,
    ) {
        self.store.observe_whole(self.first + entry, observation, particulars);
    }

    fn hop(&mut self, entry: u32, observation: &Observation<'_>, border: Border<&str>) {
        self.store.hop(self.first + entry, observation, border);
    }

    fn aggregate(&mut self, entry: u32, aggregate: &Aggregate<'_>) {
        self.store.aggregate(self.first + entry, aggregate);
    }

    fn session(&mut self, _: u32, session: &Session<'_>) {
        self.store.session(session);
    }

    fn refused_sign_in(&mut self, entry: u32, refused: &RefusedSignIn<'_>) {
        self.store.refused_sign_in(self.first + entry, refused);
    }

    fn tls_report(&mut self, entry: u32, report: TlsReport) {
        self.store.tls_report(self.first + entry, report);
    }

    fn ready(&mut self, entry: u32, part: u32, ready: &Ready<'_>) {
        self.store.ready(self.first + entry, part, ready);
    }

    fn ready_end(&mut self, entry: u32) -> bool {
        self.store.ready_end(self.first + entry)
    }

    fn saved(
        &mut self,
        entry: u32,
        name: &str,
        body: &[u8],
    ) -> Result<Vec<FileAccount>, SavedFault> {
        self.take_up(entry, name, body)
    }

    fn pause(&mut self, bytes: u64, rows: u64, accounts: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        self.watch.pause(&Snapshot {
            store: self.store,
            files: self.files,
            place: self.place,
            accounts,
            bytes,
            rows,
        })
    }
}
