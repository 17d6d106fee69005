//! A file on disk as bytes.

use std::fs::File;
use std::io::{self, Read as _, Seek as _, SeekFrom};
use std::path::{Path, PathBuf};

use mailflow::import::{ReadError, Source};

use crate::seconds;

/// A file on disk.
pub(crate) struct FileSource {
    file: Result<File, String>,
    size: u64,
    modified: Option<u32>,
    /// A copy of standard input, to remove at the end.
    spool: Option<PathBuf>,
}

impl FileSource {
    pub(crate) fn open(path: &Path) -> Self {
        if path == Path::new("-") {
            return Self::standard_input();
        }
        let opened = File::open(path).and_then(|file| {
            let metadata = file.metadata()?;
            if metadata.is_dir() {
                return Err(io::Error::other("it is a folder; name the files in it"));
            }
            Ok((file, metadata))
        });
        match opened {
            Ok((file, metadata)) => Self {
                file: Ok(file),
                size: metadata.len(),
                modified: metadata.modified().ok().map(seconds),
                spool: None,
            },
            Err(error) => {
                Self { file: Err(error.to_string()), size: 0, modified: None, spool: None }
            }
        }
    }

    /// Archives are read from their end, and dates may need a second reading,
    /// so standard input goes to a file first.
    fn standard_input() -> Self {
        let path = std::env::temp_dir().join(format!("mailflow-{}.tmp", std::process::id()));
        let mut source = Self { file: Err(String::new()), size: 0, modified: None, spool: None };
        let opened = File::options().read(true).write(true).create_new(true).open(&path);
        source.file = opened.map_err(|error| format!("{}: {error}", path.display()));
        if let Ok(file) = &mut source.file {
            // Only what this program made is its to remove.
            source.spool = Some(path);
            match io::copy(&mut io::stdin().lock(), file) {
                Ok(size) => source.size = size,
                Err(error) => source.file = Err(error.to_string()),
            }
        }
        source
    }
}

impl Drop for FileSource {
    fn drop(&mut self) {
        if let Some(path) = &self.spool {
            std::fs::remove_file(path).ok();
        }
    }
}

impl Source for FileSource {
    fn size(&self) -> u64 {
        self.size
    }

    fn modified(&self) -> Option<u32> {
        self.modified
    }

    async fn read(&mut self, at: u64, length: usize, into: &mut Vec<u8>) -> Result<(), ReadError> {
        into.clear();
        let file = self.file.as_mut().map_err(|error| ReadError(error.clone()))?;
        file.seek(SeekFrom::Start(at))
            .and_then(|_| file.take(length as u64).read_to_end(into))
            .map(|_| ())
            .map_err(|error| ReadError(error.to_string()))
    }
}
