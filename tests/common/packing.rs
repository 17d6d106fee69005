//! Files packed as people pack them.
#![allow(
    dead_code,
    unreachable_pub,
    clippy::expect_used,
    reason = "each who packs uses some of it, in memory, which does not fail"
)]

use std::io::{Cursor, Write as _};

pub fn gzip(bytes: impl AsRef<[u8]>) -> Vec<u8> {
    let mut writer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::new(6));
    writer.write_all(bytes.as_ref()).expect("memory");
    writer.finish().expect("memory")
}

pub fn zip(entries: &[(&str, impl AsRef<[u8]>)], stored: bool) -> Vec<u8> {
    let method =
        if stored { zip::CompressionMethod::Stored } else { zip::CompressionMethod::Deflated };
    let options = zip::write::SimpleFileOptions::default().compression_method(method);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in entries {
        if name.ends_with('/') {
            writer.add_directory(*name, options).expect("memory");
        } else {
            writer.start_file(*name, options).expect("memory");
            writer.write_all(bytes.as_ref()).expect("memory");
        }
    }
    writer.finish().expect("memory").into_inner()
}
