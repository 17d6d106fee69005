//! What would be read of a file.

use super::blob_source::BlobSource;
use super::post;
use crate::account::Mapping;
use crate::import::{Settings, preview, read_mapping};
use crate::messages::{Reply, Request};

/// Answers what would be read of a file.
pub(super) async fn look(request: Request, mut source: BlobSource) {
    let Request::Preview { id, number, mut mapping, import, remembered, korean } = request else {
        return;
    };
    let imported = import.map(|text| {
        let (_, imported) = read_mapping(&text)?;
        mapping = imported;
        Ok(())
    });
    let settings = Settings { korean, remembered: known(&remembered), ..Settings::default() };
    let preview = Box::new(preview(&mut source, number, &mapping, &settings).await);
    let header = preview.table.as_ref().map_or(&[][..], |table| &table.header);
    let imported = imported.map(|read| {
        let named = mapping.columns.into_iter().map(|(_, name)| name);
        read.map(|()| {
            named
                .filter(|name| !name.is_empty() && !name.starts_with('#') && !header.contains(name))
                .collect()
        })
    });
    post(&Reply::Preview { id, imported, preview });
}

/// The mapping files that can be read, each with the header that it is for.
pub(super) fn known(texts: &[String]) -> Vec<(Vec<String>, Mapping)> {
    texts.iter().filter_map(|text| read_mapping(text).ok()).collect()
}
