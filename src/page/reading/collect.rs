use js_sys::{Array, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

/// Files that were dropped or chosen, folders still to be walked.
pub(crate) struct Found {
    files: Vec<(File, String)>,
    folders: Vec<FileSystemDirectoryEntry>,
}

/// A file with name or path, and size.
pub(crate) type Collected = (File, String, u64);

impl Found {
    /// What a drop holds. To be called in the event's handler: the browser
    /// takes the data away after it.
    pub(crate) fn in_drop(data: &DataTransfer) -> Self {
        let mut found = Self { files: Vec::new(), folders: Vec::new() };
        let items = data.items();
        for index in 0..items.length() {
            let Some(item) = items.get(index).filter(|item| item.kind() == "file") else {
                continue;
            };
            let entry = item.webkit_get_as_entry().ok().flatten();
            match entry.filter(FileSystemEntry::is_directory) {
                Some(folder) => found.folders.push(folder.unchecked_into()),
                None => found.files.extend(item.get_as_file().ok().flatten().map(with_name)),
            }
        }
        if found.files.is_empty() && found.folders.is_empty() {
            found.files.extend(data.files().iter().flat_map(all).map(with_name));
        }
        found
    }

    /// What a file input holds; one for folders gives paths.
    pub(crate) fn in_input(files: &FileList) -> Self {
        let mut files = all(files).map(with_name).collect::<Vec<_>>();
        files.sort_unstable_by(|a, b| a.1.cmp(&b.1));
        Self { files, folders: Vec::new() }
    }

    /// Whether a folder has to be walked.
    pub(crate) fn has_folders(&self) -> bool {
        !self.folders.is_empty()
    }
}

/// All files, those of folders with their path, each folder in the order of
/// its names: browsers list them in any order.
pub(crate) async fn collect(found: Found) -> Vec<Collected> {
    let Found { mut files, mut folders } = found;
    while let Some(folder) = folders.pop() {
        let mut entries = list(&folder).await;
        entries.sort_by_key(FileSystemEntry::name);
        let mut inner = Vec::new();
        for entry in entries {
            // `/week/monday.csv`, where `week` is what was dropped.
            let path = entry.full_path().trim_start_matches('/').to_owned();
            // By its own word: browsers do not agree on the names of the types.
            if entry.is_directory() {
                inner.push(entry.unchecked_into());
            } else {
                files.extend(file(entry.unchecked_ref()).await.map(|file| (file, path)));
            }
        }
        // Taken from the end, so the first name is next.
        folders.extend(inner.into_iter().rev());
    }
    files
        .into_iter()
        .map(|(file, name)| {
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "saturates"
            )]
            let bytes = file.size() as u64;
            (file, name, bytes)
        })
        .collect()
}

/// What is in a folder. The reader gives at most 100 entries at a time, and
/// an empty list at the end.
async fn list(folder: &FileSystemDirectoryEntry) -> Vec<FileSystemEntry> {
    let reader = folder.create_reader();
    let mut entries = Vec::new();
    loop {
        let batch = JsFuture::from(Promise::new(&mut |resolve, reject| {
            if reader.read_entries_with_callback_and_callback(&resolve, &reject).is_err() {
                reject.call0(&JsValue::NULL).unwrap_or_default();
            }
        }))
        .await;
        let batch = batch.map(|batch| Array::from(&batch)).unwrap_or_default();
        if batch.length() == 0 {
            return entries;
        }
        entries.extend(batch.iter().map(JsCast::unchecked_into::<FileSystemEntry>));
    }
}

async fn file(entry: &FileSystemFileEntry) -> Option<File> {
    let file = JsFuture::from(Promise::new(&mut |resolve, reject| {
        entry.file_with_callback_and_callback(&resolve, &reject);
    }));
    file.await.ok()?.dyn_into().ok()
}

fn all(files: &FileList) -> impl Iterator<Item = File> {
    (0..files.length()).filter_map(|index| files.get(index))
}

fn with_name(file: File) -> (File, String) {
    // `webkitRelativePath` is empty but for files of a chosen folder.
    let path = js_sys::Reflect::get(&file, &JsValue::from_str("webkitRelativePath"))
        .ok()
        .and_then(|path| path.as_string())
        .filter(|path| !path.is_empty());
    let name = path.unwrap_or_else(|| file.name());
    (file, name)
}
