//! Files that are read, one after the other.

use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::prelude::*;
use web_sys::Blob;

use super::blob_source::BlobSource;
use super::reporter::Reporter;
use super::{Worker, post};
use crate::account::{Mapping, Owners};
use crate::engine::{FileIn, NoHelpers, Organizations};
use crate::import::{MemorySource, Settings, Source as _};
use crate::mail::{Choices, Day};
use crate::messages::{FileToRead, Reply};
use crate::sample::{SampleOptions, sample_files};

impl Worker {
    pub(super) async fn read(
        &self,
        settings: Settings,
        said: Vec<(String, Choices)>,
        files: Vec<FileToRead>,
        handles: &Array,
    ) {
        let now = settings.now;
        let mut organizations = self.organizations(settings, said);
        let blobs: Vec<Blob> = handles.iter().map(JsCast::unchecked_into).collect();
        let mut reporter =
            Reporter::new(blobs.iter().map(Blob::size).sum(), now, Rc::clone(&self.cancelled));
        let mut touched = Vec::new();
        let alone = files.iter().all(|file| is_alone(&organizations, &file.owners))
            && files.windows(2).all(|pair| pair[0].owners == pair[1].owners);
        for (file, blob) in files.into_iter().zip(blobs) {
            if self.cancelled.get() {
                break;
            }
            let (place, name, mapping, owners) =
                (file.place, &*file.name, &file.mapping, &file.owners);
            reporter.start(place, alone);
            let mut helpers = || self.crew.of(blob.clone());
            let mut source = BlobSource::new(blob.clone());
            let file = FileIn { place, name, mapping, owners };
            touched
                .extend(organizations.read(file, &mut source, &mut reporter, &mut helpers).await);
            reporter.end(source.size());
        }
        self.put_back(organizations, &touched);
        post(&Reply::Figures(self.figures(true)));
    }

    pub(super) async fn read_sample(
        &self,
        place: u32,
        owners: &Owners,
        settings: Settings,
        said: Vec<(String, Choices)>,
    ) {
        let now = settings.now;
        let options = SampleOptions::page(Day::of_seconds(now).plus(-1));
        let files = sample_files(&options);
        let mut organizations = self.organizations(settings, said);
        #[expect(clippy::cast_precision_loss, reason = "a few megabytes")]
        let total = files.iter().map(|file| file.bytes.len() as f64).sum();
        let mut reporter = Reporter::new(total, now, Rc::clone(&self.cancelled));
        let mut touched = Vec::new();
        let alone = is_alone(&organizations, owners);
        for file in files {
            reporter.start(place, alone);
            let mut source = MemorySource(file.bytes);
            let (name, mapping) = (file.name, &Mapping::default());
            let file = FileIn { place, name, mapping, owners };
            touched.extend(
                organizations.read(file, &mut source, &mut reporter, &mut || NoHelpers).await,
            );
            reporter.end(source.size());
        }
        organizations.mark_fictitious(place);
        self.put_back(organizations, &touched);
        post(&Reply::Figures(self.figures(true)));
    }
}

/// Whether a file of these owners is of the only organization there is:
/// then its figures are shown while it is read.
fn is_alone(organizations: &Organizations, owners: &Owners) -> bool {
    let Owners::Named(names) = owners else { return false };
    match (organizations.list(), names.as_slice()) {
        ([], [_]) => true,
        ([only], [name]) => Owners::same(&only.name, name),
        _ => false,
    }
}
