//! Files of a project that are small enough to be objects.

use std::sync::Arc;

use crate::{
    document::Span,
    tree::{self, Kind, Tree},
};

use super::{
    build::{Object, base64, text},
    names,
};

/// etcd takes objects of 1.5 MiB, ConfigMaps of 1 MiB; base64 makes a third more of bytes.
const MOST_BYTES: usize = 700 << 10;
/// A directory with more files is no configuration.
const MOST_FILES: usize = 50;

/// What stands at a path.
pub(super) enum Content {
    File {
        bytes: Arc<[u8]>,
    },
    /// Paths below the directory.
    Directory {
        files: Vec<(String, Arc<[u8]>)>,
    },
    Missing,
    Refused(String),
}

/// What stands at `path`; directories only where they are `read_only`.
pub(super) fn content(tree: &Tree, path: &str, read_only: bool) -> Content {
    match tree.kind(path) {
        Err(why) => Content::Refused(why.to_string()),
        Ok(None) => Content::Missing,
        Ok(Some(Kind::File)) => match tree.read(path) {
            Ok(bytes) if bytes.len() > MOST_BYTES => {
                Content::Refused("the file is too large for a ConfigMap or Secret".to_owned())
            }
            Ok(bytes) => Content::File { bytes },
            Err(why) => Content::Refused(why.to_string()),
        },
        Ok(Some(Kind::Directory)) if !read_only => Content::Refused(
            "a directory of the project belongs into the image, or into a volume that is filled".to_owned(),
        ),
        Ok(Some(Kind::Directory)) => directory(tree, path),
    }
}

fn directory(tree: &Tree, path: &str) -> Content {
    let refused = |why: &str| Content::Refused(why.to_owned());
    let limits = tree::Limits { entries: MOST_FILES, ..tree::Limits::default() };
    let Ok(paths) = tree.walk(path, limits) else {
        return refused("a directory of so many files belongs into the image");
    };
    let mut files = Vec::new();
    let mut total = 0;
    for file in paths {
        let Ok(bytes) = tree.read(&file) else { return refused("not all of its files can be read") };
        total += bytes.len();
        if total > MOST_BYTES || std::str::from_utf8(&bytes).is_err() {
            return refused("a directory that is not of a few small texts belongs into the image");
        }
        let relative = file.strip_prefix(path).unwrap_or(&file).trim_start_matches('/');
        files.push((relative.to_owned(), bytes));
    }
    let mut keys: Vec<String> = files.iter().map(|(file, _)| key(file)).collect();
    keys.sort();
    keys.dedup();
    match files.len() {
        0 => refused("the directory is empty"),
        count if count != keys.len() => refused("names of its files differ in signs that ConfigMaps have not"),
        _ => Content::Directory { files },
    }
}

/// The key of a file below a directory.
pub(super) fn key(file: &str) -> String {
    names::data_key(&file.replace('/', "."))
}

/// Adds a file as text where it is one, else as bytes.
pub(super) fn add(texts: &mut Object, binary: &mut Object, key: &str, bytes: &[u8], span: Span) {
    match std::str::from_utf8(bytes) {
        Ok(content) => texts.set(key, text(content, span)),
        Err(_) => binary.set(key, text(base64(bytes), span)),
    };
}
