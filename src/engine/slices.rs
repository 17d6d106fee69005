//! One file, read by several readers and counted in one place.

use std::pin::Pin;

use serde::{Deserialize, Serialize};

use super::{Analysis, Counting, Watch};
use crate::account::{FileAccount, Mapping, SavedFault};
use crate::import::{Pause, Settings, Sink, Slice, SliceRead, SliceReader, SlicedFile, Source};
use crate::mail::{
    Aggregate, Border, Observation, Particulars, Ready, RefusedSignIn, Session, TlsReport,
};
use crate::tally::{Partial, PartialCounter};

/// What is behind the last cut, which is not worth a slice.
const REST: u64 = 64 << 10;
/// A smaller file is read in one go.
const SMALLEST: u64 = 4 << 20;
/// Slices for each reader, so that all are done at about the same time.
const SLICES_EACH: u64 = 8;
/// The longest slice: more would only be waited for.
const LONGEST: u64 = 32 << 20;
/// Slices that each helper reads for one that is read where all is counted,
/// which takes about as long as reading one.
const SHARE: u64 = 2;
/// Slices that each helper is asked for ahead: one that it reads, those that
/// are next, and one that waits to be counted.
const ROOM: u64 = 4;

/// Those that read slices beside the analysis: other workers, other threads.
pub trait Helpers {
    /// Into how many slices a file of so many bytes is cut; fewer than two
    /// where it is read in one go.
    fn slices(&self, size: u64) -> u64 {
        if size < SMALLEST { 1 } else { (size / LONGEST).max((self.readers() + 1) * SLICES_EACH) }
    }

    /// How many read, each slice by slice.
    fn readers(&self) -> u64;

    /// The slices to come are of this file.
    fn open(&mut self, mapping: &Mapping, settings: &Settings);

    /// Asks for a slice.
    fn ask(&mut self, slice: Slice);

    /// An answer that came, in any order.
    fn answer(&mut self) -> Option<Share>;

    /// Waits for an answer; `false` where none will come.
    fn wait(&mut self) -> Pin<Box<dyn Future<Output = bool> + '_>>;

    /// No answer is waited for any more.
    fn forget(&mut self);
}

/// Nobody helps.
pub struct NoHelpers;

impl Helpers for NoHelpers {
    fn readers(&self) -> u64 {
        0
    }

    fn open(&mut self, _: &Mapping, _: &Settings) {}

    fn ask(&mut self, _: Slice) {}

    fn answer(&mut self) -> Option<Share> {
        None
    }

    fn wait(&mut self) -> Pin<Box<dyn Future<Output = bool> + '_>> {
        Box::pin(std::future::ready(false))
    }

    fn forget(&mut self) {}
}

/// What a slice tells.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Share {
    /// Which slice.
    pub slice: Slice,
    /// `None` where it could not be read.
    read: Option<SliceRead>,
    partial: Partial,
}

impl Share {
    /// A slice that could not be read.
    pub fn unread(slice: Slice) -> Self {
        Self { slice, read: None, partial: Partial::default() }
    }
}

/// Reads slices for an analysis that is elsewhere.
pub struct Helper {
    reader: SliceReader,
    counter: PartialCounter,
}

impl Helper {
    /// A helper for one file; `None` where that must be read in one go.
    pub async fn open(
        source: &mut impl Source,
        mapping: &Mapping,
        settings: &Settings,
    ) -> Option<Self> {
        let reader = SliceReader::open(source, mapping, settings).await?;
        Some(Self { reader, counter: PartialCounter::new(settings.now) })
    }

    /// Reads a slice. `go_on` is asked between two chunks, with the bytes read.
    pub async fn read(
        &mut self,
        source: &mut impl Source,
        slice: Slice,
        go_on: &mut dyn FnMut(u64) -> Pause,
    ) -> Share {
        let mut taking = Taking { counter: &mut self.counter, go_on };
        let read = self.reader.read(source, slice, &mut taking).await;
        Share { slice, read: read.unwrap_or_default(), partial: self.counter.finish() }
    }
}

/// Takes down what a slice tells.
struct Taking<'a> {
    counter: &'a mut PartialCounter,
    go_on: &'a mut dyn FnMut(u64) -> Pause,
}

impl Sink for Taking<'_> {
    fn observe(&mut self, _: u32, observation: &Observation<'_>) {
        self.counter.observe(observation);
    }

    fn observe_whole(&mut self, _: u32, _: &Observation<'_>, _: &Particulars<'_>) {
        self.counter.refuse();
    }

    fn hop(&mut self, _: u32, _: &Observation<'_>, _: Border<&str>) {
        self.counter.refuse();
    }

    fn aggregate(&mut self, _: u32, _: &Aggregate<'_>) {
        self.counter.refuse();
    }

    fn session(&mut self, _: u32, _: &Session<'_>) {
        self.counter.refuse();
    }

    fn refused_sign_in(&mut self, _: u32, _: &RefusedSignIn<'_>) {
        self.counter.refuse();
    }

    fn tls_report(&mut self, _: u32, _: TlsReport) {
        self.counter.refuse();
    }

    fn ready(&mut self, _: u32, _: u32, _: &Ready<'_>) {
        self.counter.refuse();
    }

    fn ready_end(&mut self, _: u32) -> bool {
        false
    }

    fn saved(&mut self, _: u32, _: &str, _: &[u8]) -> Result<Vec<FileAccount>, SavedFault> {
        self.counter.refuse();
        Ok(Vec::new())
    }

    fn pause(&mut self, bytes: u64, _: u64, _: &dyn Fn() -> Vec<FileAccount>) -> Pause {
        (self.go_on)(bytes)
    }
}

impl Analysis {
    /// Reads a file as [`Analysis::read`] does, with others' help where it is
    /// worth it. The outcome is the same.
    pub async fn read_together(
        &mut self,
        place: u32,
        name: &str,
        source: &mut impl Source,
        mapping: &Mapping,
        watch: &mut dyn Watch,
        helpers: &mut dyn Helpers,
    ) {
        let count = helpers.slices(source.size());
        // Who helps hands over what is counted, and no single messages.
        let counts_only = self.settings.keep.is_none();
        if counts_only && count > 1 && helpers.readers() > 0 {
            let (mut counting, settings) = self.counting(place, watch);
            let shared =
                in_slices(name, source, mapping, settings, count, helpers, &mut counting).await;
            if let Some(account) = shared {
                self.files.push((place, account));
                return;
            }
        }
        self.read(place, name, source, mapping, watch).await;
    }
}

/// Reads a file in `count` slices; `None`, and nothing is counted, where it
/// must be read in one go.
///
/// Of every round of slices the first is read here, where the file was read up
/// to its start, and the others by the helpers. The very first is twice as
/// long: so those of the helpers are ready when this reader comes to them.
async fn in_slices(
    name: &str,
    source: &mut impl Source,
    mapping: &Mapping,
    settings: &Settings,
    count: u64,
    helpers: &mut dyn Helpers,
    counting: &mut Counting<'_>,
) -> Option<FileAccount> {
    let sliced = source.size().saturating_sub(REST);
    // Whole characters in UTF-16.
    let cut = |at: u64| sliced / count * at / 2 * 2;
    let first = (1..count).find(|at| cut(*at) >= SlicedFile::FIRST_CUT)?;
    let (readers, room) = (helpers.readers(), helpers.readers() * ROOM);
    let is_own = |slice: u64| slice < first || (slice - first).is_multiple_of(readers * SHARE + 1);
    let mut file = SlicedFile::open(source, name, mapping, settings).await?;
    let mut left = (first..count).filter(|slice| !is_own(*slice));
    let mut here: Vec<Share> = Vec::new();
    let (mut slice, mut asked) = (0, 0);
    helpers.open(mapping, settings);
    while slice < count && file.goes_on() {
        while asked < room
            && let Some(slice) = left.next()
        {
            helpers.ask(Slice { from: cut(slice), to: cut(slice + 1) });
            asked += 1;
        }
        while let Some(share) = helpers.answer() {
            here.push(share);
        }
        if is_own(slice) {
            let (first, before) = (slice == 0, counting.store.size());
            slice = (slice..count).find(|slice| !is_own(*slice)).unwrap_or(count);
            file.read_to(source, Some(cut(slice)), counting).await;
            if first {
                // What follows is likely to be as what was read.
                counting.store.foresee(before, source.size() / file.at().max(1));
            }
        } else if let Some(at) = here.iter().position(|share| share.slice.from == cut(slice)) {
            let share = here.swap_remove(at);
            asked -= 1;
            let read = share.read.filter(|_| share.partial.is_complete());
            // From here on it is read in one go.
            if !read.is_some_and(|read| file.absorb(&read)) {
                break;
            }
            counting.store.merge(counting.first, &share.partial);
            if counting.pause(file.at(), file.rows(), &|| vec![file.account()]) == Pause::Stop {
                file.stop();
            }
            slice += 1;
        } else if !helpers.wait().await {
            break;
        }
    }
    helpers.forget();
    Some(file.finish(source, counting).await)
}
