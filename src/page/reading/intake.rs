//! The order of things, without a browser: which files wait, which are being
//! read, and what is read again when a worker dies. The session carries out
//! the [`Effect`]s.

#[cfg(test)]
mod tests;

use std::collections::VecDeque;

use super::grouping::{Grouped, Grouping, owners};
use crate::account::{Mapping, Owners};
use crate::messages::Progress;

/// How many seconds of silence mean that a worker is dead.
const SILENCE: u32 = 10;
/// How often a worker may fail to start before that is final.
const STARTS: u32 = 2;

/// What was dropped, as long as the page lives. A file's place in this list
/// settles which file is credited with a row that several hold.
pub(crate) struct Intake<F> {
    drops: Vec<Dropped<F>>,
    queue: VecDeque<Job>,
    running: Option<Job>,
    worker: Worker,
    /// Seconds since the worker last said something.
    silent: u32,
    failed_starts: u32,
    cancelling: bool,
    grouping: Grouping,
    /// How often something was dropped.
    times: u32,
}

/// One dropped file, or the sample.
pub(crate) struct Dropped<F> {
    /// `None` is the sample, which the worker makes itself.
    pub(crate) file: Option<F>,
    /// Name or path to show.
    pub(crate) name: String,
    /// Size, known without reading.
    pub(crate) bytes: u64,
    /// What the person said of it.
    pub(crate) mapping: Mapping,
    /// Whose it is.
    pub(crate) owners: Owners,
    /// Whose it is if the person said so of this file.
    pub(crate) by_hand: Option<Vec<String>>,
    /// The drop in which it came.
    times: u32,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// Not handed to a worker yet.
    Waiting,
    /// Handed to the worker that lives now.
    Given,
    /// Read to its end by it, or as far as the person wanted.
    Read,
    /// A worker died of it.
    Deadly,
    /// Taken out of the queue before a worker got it.
    Cancelled,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Worker {
    Starting,
    Ready,
    /// It does not start here.
    Failed,
}

/// One request to the worker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Work {
    /// The files in these places.
    Files(Vec<u32>),
    /// The sample, as the file in this place.
    Sample(u32),
}

impl Work {
    fn places(&self) -> &[u32] {
        match self {
            Self::Files(places) => places,
            Self::Sample(place) => std::slice::from_ref(place),
        }
    }
}

#[derive(Debug)]
struct Job {
    work: Work,
    /// How many imports of the person end with it.
    ends: u32,
    /// The file that the worker said it was reading.
    reading: Option<u32>,
}

/// What the session has to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    /// End the worker, if there is one, and start another.
    Restart,
    /// Ask the worker to read.
    Read(Work),
    /// Ask the worker to stop reading.
    Cancel,
    /// A worker died while it read the file in this place.
    Died(u32),
    /// A worker died while nothing was read.
    DiedIdle,
    /// No worker can be started.
    CannotStart,
    /// So many imports have ended; 0 when files were read again on nobody's
    /// wish and nothing is left to do.
    Ended(u32),
}

impl<F> Intake<F> {
    /// With a worker that is being started.
    pub(crate) const fn new() -> Self {
        Self {
            drops: Vec::new(),
            queue: VecDeque::new(),
            running: None,
            worker: Worker::Starting,
            silent: 0,
            failed_starts: 0,
            cancelling: false,
            grouping: Grouping::Together,
            times: 0,
        }
    }

    /// Whether something is read or waits.
    pub(crate) fn is_busy(&self) -> bool {
        self.running.is_some() || !self.queue.is_empty()
    }

    /// Whether the worker could answer a question.
    pub(crate) fn is_ready(&self) -> bool {
        self.worker == Worker::Ready
    }

    /// The drop in `place`.
    pub(crate) fn dropped(&self, place: u32) -> Option<&Dropped<F>> {
        self.drops.get(place as usize)
    }

    /// The places whose file a worker died of.
    pub(crate) fn deadly(&self) -> impl Iterator<Item = (u32, &Dropped<F>)> {
        (0..).zip(&self.drops).filter(|(_, drop)| drop.state == State::Deadly)
    }

    /// How many files wait for their turn.
    pub(crate) fn waiting(&self) -> usize {
        self.queue.iter().map(|job| job.work.places().len()).sum()
    }

    /// Files were dropped or chosen, each with name and size.
    pub(crate) fn add_files(&mut self, files: Vec<(F, String, u64)>) -> Vec<Effect> {
        let places = files
            .into_iter()
            .map(|(file, name, bytes)| self.place(Some(file), name, bytes))
            .collect::<Vec<_>>();
        if places.is_empty() {
            return vec![Effect::Ended(1)];
        }
        self.add(Work::Files(places))
    }

    /// The sample was asked for.
    pub(crate) fn add_sample(&mut self, name: String) -> Vec<Effect> {
        let place = self.place(None, name, 0);
        self.add(Work::Sample(place))
    }

    /// All drops, in the order of their places.
    pub(crate) fn drops(&self) -> &[Dropped<F>] {
        &self.drops
    }

    /// By what files are told apart.
    pub(crate) fn grouping(&self) -> Grouping {
        self.grouping
    }

    /// The person says by what files are told apart, and of each file, in the
    /// order of places, whose it is if they said that. What is read is read
    /// again where it is another's now.
    pub(crate) fn group(
        &mut self,
        grouping: Grouping,
        by_hand: Vec<Option<Vec<String>>>,
    ) -> Vec<Effect> {
        self.grouping = grouping;
        for (drop, by_hand) in self.drops.iter_mut().zip(by_hand) {
            drop.by_hand = by_hand;
        }
        if self.assign() { self.read_again(1) } else { Vec::new() }
    }

    /// New drops: they may change whose the others are.
    fn add(&mut self, work: Work) -> Vec<Effect> {
        self.times += 1;
        if !self.assign() {
            return self.enqueue(work);
        }
        self.queue.push_back(Job::new(work, 1));
        self.read_again(0)
    }

    /// Settles whose each file is; whether that is news of one that a worker
    /// was given.
    fn assign(&mut self) -> bool {
        let files: Vec<_> = self
            .drops
            .iter()
            .map(|drop| Grouped {
                drop: drop.times,
                path: &drop.name,
                by_hand: drop.by_hand.as_deref(),
            })
            .collect();
        let owners = owners(self.grouping, &files);
        let mut news = false;
        for (drop, owners) in self.drops.iter_mut().zip(owners) {
            let given = matches!(drop.state, State::Given | State::Read);
            news |= given && drop.owners != owners;
            drop.owners = owners;
        }
        news
    }

    /// The worker has started.
    pub(crate) fn ready(&mut self) -> Vec<Effect> {
        self.worker = Worker::Ready;
        self.silent = 0;
        self.failed_starts = 0;
        self.next()
    }

    /// The worker said something.
    pub(crate) fn alive(&mut self) {
        self.silent = 0;
    }

    /// The worker said how far it is.
    pub(crate) fn progress(&mut self, progress: &Progress) {
        if let Some(job) = &mut self.running {
            job.reading = Some(progress.place);
        }
    }

    /// The worker has read what it was asked to.
    pub(crate) fn finished(&mut self) -> Vec<Effect> {
        self.cancelling = false;
        let Some(job) = self.running.take() else {
            return Vec::new();
        };
        self.set(job.work.places(), State::Read);
        let mut effects = self.next();
        if job.ends > 0 || !self.is_busy() {
            effects.push(Effect::Ended(job.ends));
        }
        effects
    }

    /// The person wants no more.
    pub(crate) fn cancel(&mut self) -> Vec<Effect> {
        let mut ends = 0;
        for job in std::mem::take(&mut self.queue) {
            ends += job.ends;
            self.set(job.work.places(), State::Cancelled);
        }
        match &mut self.running {
            Some(job) => {
                job.ends += ends;
                self.cancelling = true;
                vec![Effect::Cancel]
            }
            None if ends > 0 => vec![Effect::Ended(ends)],
            None => Vec::new(),
        }
    }

    /// What the person says of the file in `place` is new: since a tally
    /// cannot forget, everything is read again by a new worker.
    pub(crate) fn remap(&mut self, place: u32, mapping: Mapping) -> Vec<Effect> {
        let Some(drop) = self.drops.get_mut(place as usize) else {
            return Vec::new();
        };
        drop.mapping = mapping;
        drop.state = State::Given;
        self.read_again(1)
    }

    /// Another file takes the place of the one in `place`.
    pub(crate) fn replace(&mut self, place: u32, file: (F, String, u64)) -> Vec<Effect> {
        let Some(drop) = self.drops.get_mut(place as usize) else {
            return Vec::new();
        };
        (drop.file, drop.name, drop.bytes) = (Some(file.0), file.1, file.2);
        if drop.state != State::Waiting {
            drop.state = State::Given;
        }
        self.read_again(1)
    }

    /// What reading depends on is new: everything is read again.
    pub(crate) fn again(&mut self) -> Vec<Effect> {
        self.read_again(1)
    }

    /// Everything is forgotten.
    pub(crate) fn clear(&mut self) -> Vec<Effect> {
        let ends = self.running.iter().chain(&self.queue).map(|job| job.ends).sum();
        *self = Self { grouping: self.grouping, ..Self::new() };
        let mut effects = vec![Effect::Restart];
        if ends > 0 {
            effects.push(Effect::Ended(ends));
        }
        effects
    }

    /// A second has gone by.
    pub(crate) fn second(&mut self) -> Vec<Effect> {
        let owed =
            self.running.is_some() || self.worker == Worker::Starting && !self.queue.is_empty();
        if !owed {
            self.silent = 0;
            return Vec::new();
        }
        self.silent += 1;
        if self.silent < SILENCE { Vec::new() } else { self.died() }
    }

    /// The worker is dead.
    pub(crate) fn died(&mut self) -> Vec<Effect> {
        self.silent = 0;
        if self.worker != Worker::Ready {
            return self.did_not_start();
        }
        let Some(job) = &self.running else {
            let mut effects = vec![Effect::DiedIdle];
            effects.extend(self.read_again(0));
            return effects;
        };
        let fallback = job.work.places().first().copied().unwrap_or_default();
        let deadly = job.reading.unwrap_or(fallback);
        if self.cancelling {
            // The person wanted no more of these.
            let places = job.work.places().to_vec();
            self.set(&places, State::Cancelled);
            self.cancelling = false;
        }
        self.set(&[deadly], State::Deadly);
        let mut effects = vec![Effect::Died(deadly)];
        effects.extend(self.read_again(0));
        effects
    }

    fn did_not_start(&mut self) -> Vec<Effect> {
        self.failed_starts += 1;
        if self.failed_starts < STARTS {
            return vec![Effect::Restart];
        }
        self.worker = Worker::Failed;
        let mut effects = vec![Effect::CannotStart];
        effects.extend(self.cancel());
        effects
    }

    /// Starts a new worker that reads what the last one was given, before
    /// what waits; `more` imports end with it.
    fn read_again(&mut self, more: u32) -> Vec<Effect> {
        let ends = more + self.running.take().map_or(0, |job| job.ends);
        self.worker = Worker::Starting;
        self.silent = 0;
        self.failed_starts = 0;
        self.cancelling = false;
        let mut again: Vec<Job> = Vec::new();
        for (place, drop) in (0..).zip(&mut self.drops) {
            if !matches!(drop.state, State::Given | State::Read) {
                continue;
            }
            drop.state = State::Waiting;
            match (again.last_mut().map(|job| &mut job.work), &drop.file) {
                (Some(Work::Files(places)), Some(_)) => places.push(place),
                (_, Some(_)) => again.push(Job::new(Work::Files(vec![place]), 0)),
                (_, None) => again.push(Job::new(Work::Sample(place), 0)),
            }
        }
        let mut effects = vec![Effect::Restart];
        if let Some(last) = again.last_mut() {
            last.ends = ends;
        } else if more > 0
            && let Some(waiting) = self.queue.back_mut()
        {
            // What is new is read with what waits.
            waiting.ends += ends;
        } else if ends > 0 || !self.is_busy() {
            effects.push(Effect::Ended(ends));
        }
        for job in again.into_iter().rev() {
            self.queue.push_front(job);
        }
        effects
    }

    fn place(&mut self, file: Option<F>, name: String, bytes: u64) -> u32 {
        let place = u32::try_from(self.drops.len()).unwrap_or(u32::MAX);
        self.drops.push(Dropped {
            file,
            name,
            bytes,
            mapping: Mapping::default(),
            owners: Owners::nobody(),
            by_hand: None,
            times: self.times,
            state: State::Waiting,
        });
        place
    }

    fn enqueue(&mut self, work: Work) -> Vec<Effect> {
        self.queue.push_back(Job::new(work, 1));
        match self.worker {
            Worker::Failed => {
                // Another try: perhaps the network is back.
                self.worker = Worker::Starting;
                self.failed_starts = 0;
                self.silent = 0;
                vec![Effect::Restart]
            }
            Worker::Starting | Worker::Ready => self.next(),
        }
    }

    fn next(&mut self) -> Vec<Effect> {
        if self.worker != Worker::Ready || self.running.is_some() {
            return Vec::new();
        }
        let Some(job) = self.queue.pop_front() else {
            return Vec::new();
        };
        self.silent = 0;
        self.set(job.work.places(), State::Given);
        let effect = Effect::Read(job.work.clone());
        self.running = Some(job);
        vec![effect]
    }

    fn set(&mut self, places: &[u32], state: State) {
        for place in places {
            if let Some(drop) = self.drops.get_mut(*place as usize) {
                drop.state = state;
            }
        }
    }
}

impl Job {
    const fn new(work: Work, ends: u32) -> Self {
        Self { work, ends, reading: None }
    }
}
