//! What a folder holds, and when it changed.

use std::collections::BTreeSet;
use std::fs::Metadata;
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant, SystemTime};

/// A file as it stands in its folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    /// Path from the folder on, with `/` between its parts.
    pub(super) name: String,
    pub(super) path: PathBuf,
    pub(super) size: u64,
    modified: Option<SystemTime>,
    /// Tells a file from another that took its name.
    number: u64,
}

/// All files of a folder and of the folders in it, by their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Listing {
    pub(super) files: Vec<Entry>,
    /// Folders in it that cannot be looked into, and why.
    pub(super) closed: Vec<(PathBuf, String)>,
}

impl Listing {
    /// Lists a folder. Names that begin with a dot are left out: programs that
    /// copy files give them such names until they are whole. So is what is no
    /// file, such as a pipe, which could be waited for without end.
    ///
    /// # Errors
    ///
    /// If the folder itself cannot be looked into.
    pub(super) fn of(root: &Path) -> io::Result<Self> {
        let mut listing = Self::default();
        // Links may lead in a circle.
        let mut seen = BTreeSet::from([root.canonicalize()?]);
        let mut open = vec![(root.to_owned(), String::new())];
        while let Some((folder, prefix)) = open.pop() {
            let entries = match folder.read_dir() {
                Ok(entries) => entries,
                Err(error) if folder == root => return Err(error),
                Err(error) => {
                    listing.closed.push((folder, error.to_string()));
                    continue;
                }
            };
            for entry in entries.flatten() {
                let own = entry.file_name();
                let own = own.to_string_lossy();
                // A file that is gone again is none.
                let Ok(metadata) = entry.path().metadata() else { continue };
                if own.starts_with('.') {
                    continue;
                }
                let (name, path) = (format!("{prefix}{own}"), entry.path());
                if metadata.is_dir() {
                    let known = path.canonicalize().map(|real| !seen.insert(real));
                    if matches!(known, Ok(false)) {
                        open.push((path, format!("{name}/")));
                    }
                } else if metadata.is_file() {
                    let (size, modified) = (metadata.len(), metadata.modified().ok());
                    let number = number(&metadata);
                    listing.files.push(Entry { name, path, size, modified, number });
                }
            }
        }
        listing.files.sort();
        listing.closed.sort();
        Ok(listing)
    }
}

#[cfg(unix)]
fn number(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn number(_: &Metadata) -> u64 {
    0
}

/// So long nothing may change before what changed is read.
const QUIET: Duration = Duration::from_secs(2);
/// What changes all the time is read as it is after so long.
const PATIENCE: Duration = Duration::from_secs(30);

/// Decides when what is looked at again and again is to be read.
pub(super) struct Settling<T> {
    read: Option<T>,
    change: Option<Change<T>>,
    /// Reading may take half of the time at most.
    rest: Option<Instant>,
}

/// What is there is not what was read.
struct Change<T> {
    state: T,
    /// Since when it is so.
    still: Instant,
    /// Since when it is another than what was read.
    since: Instant,
}

impl<T: Clone + PartialEq> Settling<T> {
    pub(super) const fn new() -> Self {
        Self { read: None, change: None, rest: None }
    }

    /// Whether `state`, as it is now, is to be read. The first state is read at
    /// once, every other when it has settled.
    pub(super) fn is_due(&mut self, state: &T, now: Instant) -> bool {
        let Some(read) = &self.read else { return true };
        if read == state {
            self.change = None;
            return false;
        }
        let first = || Change { state: state.clone(), still: now, since: now };
        let change = self.change.get_or_insert_with(first);
        if change.state != *state {
            change.state = state.clone();
            change.still = now;
        }
        let settled = now.duration_since(change.still) >= QUIET
            || now.duration_since(change.since) >= PATIENCE;
        settled && self.rest.is_none_or(|rest| now >= rest)
    }

    /// `state`, as it was before, was read, which took so long. What changed
    /// meanwhile is another state.
    pub(super) fn was_read(&mut self, state: T, took: Duration, now: Instant) {
        self.read = Some(state);
        self.change = None;
        self.rest = Some(now + took);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Whether each state, a second after the other, is due.
    fn due(settling: &mut Settling<u32>, start: Instant, states: &[u32]) -> Vec<u64> {
        let seconds = (0..).zip(states);
        let due = seconds
            .filter(|(second, state)| settling.is_due(state, start + Duration::from_secs(*second)));
        due.map(|(second, _)| second).collect()
    }

    #[test]
    fn what_changes_is_due_when_it_has_settled() {
        let (mut settling, start) = (Settling::new(), Instant::now());
        assert!(settling.is_due(&1, start));
        settling.was_read(1, Duration::ZERO, start);
        assert_eq!(due(&mut settling, start, &[1, 1, 2, 3, 3, 3, 3]), [5, 6]);
        // Back to what was read: there is nothing to do.
        assert_eq!(due(&mut settling, start, &[2, 1, 1, 1, 2, 1]), [0_u64; 0]);
    }

    #[test]
    fn what_never_settles_is_due_after_a_while() {
        let (mut settling, start) = (Settling::new(), Instant::now());
        settling.was_read(0, Duration::ZERO, start);
        let states: Vec<u32> = (1..40).collect();
        assert_eq!(due(&mut settling, start, &states).first(), Some(&30));
    }

    #[test]
    fn reading_takes_half_of_the_time_at_most() {
        let (mut settling, start) = (Settling::new(), Instant::now());
        settling.was_read(0, Duration::from_secs(10), start);
        assert_eq!(due(&mut settling, start, &[1; 15]), [10, 11, 12, 13, 14]);
    }
}
