use std::fmt;

/// Where the bytes of one dropped file come from: a `File` of the browser, a
/// file on disk, or memory.
pub trait Source {
    /// Bytes in all.
    fn size(&self) -> u64;

    /// When the file was last written, in seconds since 1970, where that is
    /// known: it dates logs whose lines state no year.
    fn modified(&self) -> Option<u32> {
        None
    }

    /// Reads `length` bytes at `at` into `into`, whose old content goes away;
    /// fewer only at the end.
    ///
    /// # Errors
    /// [`ReadError`] when the file changed, went away or cannot be read.
    fn read(
        &mut self,
        at: u64,
        length: usize,
        into: &mut Vec<u8>,
    ) -> impl Future<Output = Result<(), ReadError>>;

    /// The same for one who reads from front to back, and takes fewer bytes
    /// where more would have to be waited for; none only at the end.
    ///
    /// # Errors
    /// As above.
    fn read_on(
        &mut self,
        at: u64,
        length: usize,
        into: &mut Vec<u8>,
    ) -> impl Future<Output = Result<(), ReadError>> {
        self.read(at, length, into)
    }

    /// Nothing behind `end` will be read until told otherwise, so nothing there
    /// need be made ready.
    fn until(&mut self, _end: u64) {}
}

/// Why bytes could not be read: what the system says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadError(pub String);

impl fmt::Display for ReadError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A file that is already in memory.
#[derive(Clone, Debug)]
pub struct MemorySource(pub Vec<u8>);

impl Source for MemorySource {
    fn size(&self) -> u64 {
        self.0.len() as u64
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let start = usize::try_from(at).unwrap_or(usize::MAX).min(self.0.len());
        let end = start.saturating_add(length).min(self.0.len());
        into.extend_from_slice(&self.0[start..end]);
        Ok(())
    }
}
