//! The outbox: a folder of mail drafts.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

/// How the name of a mail begins and ends until all of it is there.
const UNFINISHED: (&str, &str) = (".mailflow-", ".part");

/// A folder that reports are written to.
pub(super) struct Outbox {
    pub(super) folder: PathBuf,
}

/// Why a report was not written. Nothing of it is left.
#[derive(Debug)]
pub(super) enum Unwritten {
    /// No room: the disk, the quota, or what a file may hold.
    Full,
    /// Something else.
    Failed(io::Error),
}

impl Outbox {
    /// Writes a mail. It has its name only when all of it is on the disk, and
    /// no other mail loses its own.
    ///
    /// # Errors
    ///
    /// There is no room, or it cannot be written.
    pub(super) fn write(&self, name: &str, mail: &str) -> Result<(), Unwritten> {
        self.try_write(name, mail).map_err(|error| match error.kind() {
            io::ErrorKind::StorageFull
            | io::ErrorKind::QuotaExceeded
            | io::ErrorKind::FileTooLarge => Unwritten::Full,
            _ => Unwritten::Failed(error),
        })
    }

    /// Removes what a server that was killed left unfinished. Another server of
    /// the same outbox finishes its own within the hour.
    pub(super) fn tidy(&self) {
        let hour = Duration::from_hours(1);
        for entry in self.folder.read_dir().into_iter().flatten().flatten() {
            let name = entry.file_name();
            let name = name.to_string_lossy();
            let ours = name.starts_with(UNFINISHED.0) && name.ends_with(UNFINISHED.1);
            let modified = entry.metadata().and_then(|metadata| metadata.modified());
            let age = modified.ok().and_then(|modified| modified.elapsed().ok());
            if ours && age.is_some_and(|age| age > hour) {
                std::fs::remove_file(entry.path()).ok();
            }
        }
    }

    fn try_write(&self, name: &str, mail: &str) -> io::Result<()> {
        // It is removed when it is dropped before it has its name, and only
        // who runs the server may read it.
        let mut file = tempfile::Builder::new()
            .prefix(UNFINISHED.0)
            .suffix(UNFINISHED.1)
            .tempfile_in(&self.folder)?;
        file.write_all(mail.as_bytes())?;
        file.as_file().sync_all()?;
        file.persist_noclobber(self.folder.join(name))?;
        // The name itself is on the disk too, where folders can be asked for it.
        if let Ok(folder) = File::open(&self.folder) {
            folder.sync_all().ok();
        }
        Ok(())
    }

    /// Whether mails can be written to it.
    ///
    /// # Errors
    ///
    /// Why not.
    pub(super) fn try_out(&self) -> io::Result<()> {
        tempfile::tempfile_in(&self.folder).map(drop)
    }
}
