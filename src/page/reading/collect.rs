use js_sys::{Array, AsyncIterator, Promise};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    DataTransfer, File, FileList, FileSystemDirectoryEntry, FileSystemEntry, FileSystemFileEntry,
};

use crate::order::sort_by;

#[wasm_bindgen]
extern "C" {
    /// A `DataTransferItem` of a browser that gives handles (File System
    /// Standard, `getAsFileSystemHandle`).
    type DroppedItem;
    #[wasm_bindgen(method, catch, js_name = getAsFileSystemHandle)]
    fn handle(this: &DroppedItem) -> Result<Promise, JsValue>;

    /// A `FileSystemHandle` of a file or a folder.
    type Handle;
    #[wasm_bindgen(method, getter)]
    fn kind(this: &Handle) -> String;
    #[wasm_bindgen(method, getter)]
    fn name(this: &Handle) -> String;
    #[wasm_bindgen(method)]
    fn values(this: &Handle) -> AsyncIterator;
    #[wasm_bindgen(method, js_name = getFile)]
    fn file(this: &Handle) -> Promise;
}

/// A dropped folder, by the interface that the browser has for it.
enum Folder {
    /// Chromium's. Its entries cannot be listed in a page opened from disk, so
    /// this comes first.
    Handle(Promise),
    /// Firefox's and Safari's.
    Entry(FileSystemDirectoryEntry),
}

/// Files that were dropped or chosen, folders still to be walked.
pub(crate) struct Found {
    files: Vec<(File, String)>,
    folders: Vec<Folder>,
}

/// A file with name or path, and size.
pub(crate) type Collected = (File, String, u64);

impl Found {
    /// What a drop holds, or the clipboard. To be called in the event's handler: the browser
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
                Some(folder) => found.folders.push(
                    item.unchecked_ref::<DroppedItem>()
                        .handle()
                        .map_or_else(|_| Folder::Entry(folder.unchecked_into()), Folder::Handle),
                ),
                None => found.files.extend(item.get_as_file().ok().flatten().map(with_name)),
            }
        }
        if found.is_empty() {
            found.files.extend(data.files().iter().flat_map(all).map(with_name));
        }
        found
    }

    /// What a file input holds; one for folders gives paths, in any order.
    pub(crate) fn in_input(files: &FileList) -> Self {
        let mut files: Vec<_> = all(files).map(with_name).collect();
        if files.iter().any(|(_, path)| path.contains('/')) {
            sort_by(&mut files, &|a, b| a.1.cmp(&b.1));
        }
        Self { files, folders: Vec::new() }
    }

    /// Whether there is nothing.
    pub(crate) fn is_empty(&self) -> bool {
        self.files.is_empty() && self.folders.is_empty()
    }

    /// A file that the page made itself.
    pub(crate) fn made(file: File, name: String) -> Self {
        Self { files: vec![(file, name)], folders: Vec::new() }
    }

    /// Whether a folder has to be walked.
    pub(crate) fn has_folders(&self) -> bool {
        !self.folders.is_empty()
    }
}

/// All files, those of folders with their path, each folder in the order of
/// its names: browsers list them in any order.
pub(crate) async fn collect(found: Found) -> Vec<Collected> {
    let Found { mut files, folders } = found;
    for folder in folders {
        match folder {
            Folder::Handle(handle) => walk_handle(handle, &mut files).await,
            Folder::Entry(entry) => walk_entry(entry, &mut files).await,
        }
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

async fn walk_handle(root: Promise, files: &mut Vec<(File, String)>) {
    let Ok(root) = JsFuture::from(root).await else { return };
    let root: Handle = root.unchecked_into();
    let mut open = vec![(root.name(), root)];
    while let Some((path, handle)) = open.pop() {
        if handle.kind() == "file" {
            let file = JsFuture::from(handle.file()).await.ok();
            files.extend(file.and_then(|file| file.dyn_into().ok()).map(|file| (file, path)));
            continue;
        }
        let mut inner = Vec::new();
        let entries = handle.values();
        while let Some(entry) = next(&entries).await {
            inner.push((format!("{path}/{}", entry.name()), entry));
        }
        // Taken from the end, so the first name is next.
        sort_by(&mut inner, &|a, b| b.0.cmp(&a.0));
        open.extend(inner);
    }
}

/// The next handle of a folder; `None` at its end, or where it cannot be read.
async fn next(entries: &AsyncIterator) -> Option<Handle> {
    let step = JsFuture::from(entries.next().ok()?).await.ok()?;
    let value = js_sys::Reflect::get(&step, &JsValue::from_str("value")).ok()?;
    (!value.is_undefined()).then(|| value.unchecked_into())
}

async fn walk_entry(root: FileSystemDirectoryEntry, files: &mut Vec<(File, String)>) {
    let mut folders = vec![root];
    while let Some(folder) = folders.pop() {
        let mut entries = list(&folder).await;
        sort_by(&mut entries, &|a, b| a.name().cmp(&b.name()));
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
