//! Threads that read slices of a file for the one that counts.

use std::num::NonZero;
use std::path::{Path, PathBuf};
use std::pin::{Pin, pin};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::task::{Context, Poll, Waker};
use std::thread::{available_parallelism, spawn};
use std::time::Duration;

use mailflow::account::Mapping;
use mailflow::engine::{Helper, Helpers, Share};
use mailflow::import::{Pause, Settings, Slice};

use crate::file_source::FileSource;

/// So long a silence is that of one that died.
const SILENCE: Duration = Duration::from_mins(1);

/// Runs a future whose sources answer at once, as those of a program do.
pub(crate) fn block_on<T>(future: impl Future<Output = T>) -> T {
    let mut future = pin!(future);
    let mut context = Context::from_waker(Waker::noop());
    loop {
        if let Poll::Ready(value) = future.as_mut().poll(&mut context) {
            return value;
        }
    }
}

/// Threads that read one file.
pub(crate) struct Threads {
    path: PathBuf,
    readers: u64,
    /// To each its own, with what it has still to answer.
    asked: Vec<(Sender<Slice>, usize)>,
    answers: Option<Receiver<(usize, Share)>>,
    ready: Option<(usize, Share)>,
}

impl Threads {
    /// One for each processor but the one that counts; none for standard input,
    /// which only one can read.
    pub(crate) fn of(path: &Path) -> Self {
        let processors = available_parallelism().map_or(1, NonZero::get) as u64;
        let readers = if path == Path::new("-") { 0 } else { processors.saturating_sub(1) };
        Self { path: path.to_owned(), readers, asked: Vec::new(), answers: None, ready: None }
    }
}

impl Helpers for Threads {
    fn readers(&self) -> u64 {
        self.readers
    }

    fn open(&mut self, mapping: &Mapping, settings: &Settings) {
        let (answer, answers) = channel();
        self.answers = Some(answers);
        for number in 0..usize::try_from(self.readers).unwrap_or_default() {
            let (ask, asked) = channel::<Slice>();
            let answer = answer.clone();
            let (path, mapping, settings) = (self.path.clone(), mapping.clone(), settings.clone());
            spawn(move || {
                let mut source = FileSource::open(&path);
                let mut helper = block_on(Helper::open(&mut source, &mapping, &settings));
                for slice in asked {
                    let share = match &mut helper {
                        Some(helper) => {
                            block_on(helper.read(&mut source, slice, &mut |_| Pause::GoOn))
                        }
                        None => Share::unread(slice),
                    };
                    if answer.send((number, share)).is_err() {
                        return;
                    }
                }
            });
            self.asked.push((ask, 0));
        }
    }

    fn ask(&mut self, slice: Slice) {
        if let Some((ask, owing)) = self.asked.iter_mut().min_by_key(|(_, owing)| *owing) {
            *owing += 1;
            // One that died does not answer either.
            ask.send(slice).ok();
        }
    }

    fn answer(&mut self) -> Option<Share> {
        let next = || self.answers.as_ref()?.try_recv().ok();
        let (number, share) = self.ready.take().or_else(next)?;
        if let Some((_, owing)) = self.asked.get_mut(number) {
            *owing = owing.saturating_sub(1);
        }
        Some(share)
    }

    fn wait(&mut self) -> Pin<Box<dyn Future<Output = bool> + '_>> {
        if self.ready.is_none() {
            self.ready =
                self.answers.as_ref().and_then(|answers| answers.recv_timeout(SILENCE).ok());
        }
        Box::pin(std::future::ready(self.ready.is_some()))
    }

    fn forget(&mut self) {
        self.asked.clear();
        self.answers = None;
        self.ready = None;
    }
}
