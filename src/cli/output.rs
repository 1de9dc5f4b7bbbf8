//! Files that commands write: whole or not at all, and never outside the directory that was given.

use std::collections::HashSet;
use std::fs;
use std::path::{Component, Path, PathBuf};

use super::{Failure, Ui, files};

/// The longest name of a file: file systems take 255 bytes, and an ending and a number are to come.
const NAME_MAX: usize = 200;

/// Whether a path given with `-o` means a directory.
pub(crate) fn is_directory(path: &Path) -> bool {
    path.is_dir() || path.to_string_lossy().ends_with(['/', std::path::MAIN_SEPARATOR])
}

/// Writes a file, making the directories above it. Until all bytes are on the disk the old file stays as it is.
pub(crate) fn write_file(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    let make_directory = || match path.parent() {
        Some(directory) if !directory.as_os_str().is_empty() => fs::create_dir_all(directory),
        _ => Ok(()),
    };
    // Devices and pipes are written to; there is nothing to replace.
    let written = match fs::metadata(path) {
        Ok(metadata) if !metadata.is_file() && !metadata.is_dir() => fs::write(path, bytes),
        _ => make_directory().and_then(|()| files::replace(path, bytes)),
    };
    written.map_err(|error| Failure::io("write", path, &error))
}

/// A piece of the answer that may be any bytes.
pub(crate) fn print_bytes(ui: &Ui, bytes: &[u8]) -> Result<(), Failure> {
    match std::str::from_utf8(bytes) {
        Ok(text) => ui.print_foreign(text),
        Err(_) if ui.is_terminal() => {
            Err(Failure::new("these bytes are no text").hint("`-o FILE` writes them to a file"))
        }
        Err(_) => ui.write(|out| out.write_all(bytes)),
    }
}

/// A text as the name of a YAML file, on every platform.
pub(crate) fn file_name(text: &str) -> String {
    format!("{}.yaml", harmless(text))
}

/// Letters, digits, `.`, `_` and `-`; no dots at the ends.
fn harmless(text: &str) -> String {
    let safe = |c: char| if c.is_alphanumeric() || matches!(c, '.' | '_' | '-') { c } else { '-' };
    let mut name = String::new();
    for c in text.chars().map(safe) {
        if name.len() + c.len_utf8() > NAME_MAX {
            break;
        }
        name.push(c);
    }
    let name = name.trim_matches(['.', '-']);
    if name.is_empty() { "design".to_owned() } else { name.to_owned() }
}

/// Paths below one directory, none given twice (and none that differ only in case: not all disks tell them apart).
#[derive(Default)]
pub(crate) struct Paths(HashSet<String>);

impl Paths {
    /// A path that was read once, as one that stays below a directory.
    pub(crate) fn below(&mut self, path: &Path) -> PathBuf {
        let parts = path.components().filter_map(|part| match part {
            Component::Normal(part) => Some(harmless(&part.to_string_lossy())),
            _ => None,
        });
        let path = parts.collect::<PathBuf>();
        let stem = path.with_extension("").to_string_lossy().into_owned();
        let ending = path.extension().map_or_else(|| "yaml".to_owned(), |ending| ending.to_string_lossy().into_owned());
        let stem = if stem.is_empty() { "design" } else { &stem };
        let numbered = (2..).map(|number| format!("{stem}-{number}.{ending}"));
        let mut names = std::iter::once(format!("{stem}.{ending}")).chain(numbered);
        names.find(|name| self.0.insert(name.to_lowercase())).unwrap_or_default().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_harmless() {
        assert_eq!(file_name("../../etc/passwd"), "etc-passwd.yaml");
        assert_eq!(file_name("größe 1\u{1b}[m"), "größe-1--m.yaml");
        assert_eq!(file_name(".."), "design.yaml");
        assert_eq!(file_name(&"ü".repeat(300)).len(), 205);
    }

    #[test]
    fn paths_stay_below_and_are_given_once() {
        let mut paths = Paths::default();
        let mut below = |path: &str| paths.below(Path::new(path)).to_string_lossy().into_owned();
        assert_eq!(below("k8s/web.yml"), "k8s/web.yml");
        assert_eq!(below("../K8s/web.yml"), "K8s/web-2.yml");
        assert_eq!(below("/etc/../passwd"), "etc/passwd.yaml");
        assert_eq!(below("-"), "design.yaml");
        assert_eq!(below(""), "design-2.yaml");
    }

    #[test]
    fn directories_are_made_on_the_way() {
        let directory = tempfile::tempdir().expect("a directory");
        let path = directory.path().join("deep/web.yaml");
        write_file(&path, b"one").expect("written");
        assert_eq!(fs::read(&path).expect("read"), b"one");
        assert!(write_file(directory.path(), b"two").is_err());
    }
}
