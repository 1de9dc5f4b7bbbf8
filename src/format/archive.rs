//! Archives that are the same bytes whenever and wherever they are made: files in the order given, no times, no owners.

use flate2::{Compression, write::GzEncoder};
use std::io::Write;

/// Files as a tar archive; paths are relative and hold no `..`.
pub(super) fn tar<'a>(files: impl IntoIterator<Item = (&'a str, &'a [u8])>) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (path, bytes) in files {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        builder.append_data(&mut header, path, bytes).expect("memory takes all, and paths are of our making");
    }
    builder.into_inner().expect("memory takes all")
}

pub(super) fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes).and_then(|()| encoder.finish()).expect("memory takes all")
}

/// Files below `directory` as a `.tgz`, the form of a packed chart.
pub fn to_tgz(directory: &str, files: &[(String, String)]) -> Vec<u8> {
    let paths: Vec<String> = files.iter().map(|(path, _)| format!("{directory}/{path}")).collect();
    gzip(&tar(paths.iter().map(String::as_str).zip(files.iter().map(|(_, text)| text.as_bytes()))))
}
