//! Files on disk: directories, globs, single files.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsStr,
    fs::FileType,
    path::{Path, PathBuf},
};

use mesheryctl::format::Unit;

use super::{
    Input, PassedOver,
    found::{Found, Item, Where, Whole},
    name,
};
use crate::cli::{Failure, ui::escape_line};

/// The endings of files that a directory is searched for, as kubectl does.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];
/// Directories hold at most this many files before somebody must be mistaken (`-f /`).
const MAX_FILES: usize = 500_000;

/// YAML and JSON files alone, whatever they stand beside; directories are entered.
///
/// # Errors
/// As [`super::gather`].
pub(crate) fn plain(given: &[PathBuf]) -> Result<Vec<Input>, Failure> {
    let mut found = Found::default();
    let walk = Walk { recursive: true, units: false };
    for path in given {
        match path.as_os_str() == "-" {
            true => found.items.push(Item::Input(Input::Stdin)),
            false => walk.path(path, &mut found)?,
        }
    }
    let inputs = found.items.into_iter().filter_map(|item| match item {
        Item::Input(input) => Some(input),
        Item::Whole(_) => None,
    });
    Ok(inputs.collect())
}

/// How directories are searched.
#[derive(Debug, Clone, Copy)]
pub(super) struct Walk {
    pub(super) recursive: bool,
    /// Charts, kustomizations and Compose projects are units, and not files beside each other.
    pub(super) units: bool,
}

impl Walk {
    /// Adds what `path` is: a file, a stream, a directory, a quoted glob (`**` included).
    pub(super) fn path(self, path: &Path, found: &mut Found) -> Result<(), Failure> {
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => self.directory(path, found),
            Ok(metadata) if !metadata.is_file() => {
                found.items.push(Item::Input(Input::Stream(path.to_path_buf())));
                Ok(())
            }
            Ok(_) => {
                found.items.push(Item::Input(Input::File(path.to_path_buf())));
                Ok(())
            }
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && is_glob(path) => glob(path, found),
            Err(error) => Err(Failure::io("read", path, &error)),
        }
    }

    pub(super) fn directory(self, root: &Path, found: &mut Found) -> Result<(), Failure> {
        let real_root = root.canonicalize().map_err(|error| Failure::io("read", root, &error))?;
        let mut pending = vec![(root.to_path_buf(), false)];
        let before = found.items.len();
        while let Some((dir, kustomized)) = pending.pop() {
            let entries = entries(&dir)?;
            let mut below = Vec::new();
            let unit = self.units.then(|| unit(&entries)).flatten();
            if let Some(unit) = &unit {
                found.items.push(Item::Whole(Whole { unit: unit.clone(), at: Where::Disk(dir.clone()) }));
            }
            let is_chart = matches!(unit, Some(Unit::Chart));
            let kustomized = kustomized || matches!(unit, Some(Unit::Kustomization));
            for (path, kind) in entries {
                let wanted = path.extension().is_some_and(is_readable_ending) && !belongs(&path, unit.as_ref());
                if kind.is_dir() {
                    below.push((path, kustomized));
                } else if !wanted || is_chart {
                } else if kustomized {
                    found.kustomized.push(path);
                } else if kind.is_symlink() {
                    found.link(path, &real_root);
                } else if kind.is_file() {
                    found.items.push(Item::Input(Input::File(path)));
                } else {
                    found.passed_over.push((shown(&path), "not a regular file".to_owned()));
                }
                if found.items.len() > MAX_FILES {
                    let name = escape_line(&name(root));
                    return Err(Failure::new(format!("{name} holds more than {MAX_FILES} YAML and JSON files")));
                }
            }
            match (self.recursive, is_chart) {
                // What is below a chart is the chart's.
                (_, true) => {}
                (true, false) => pending.extend(below.into_iter().rev()),
                (false, false) if kustomized => {}
                (false, false) => found.unread_dirs.extend(below.into_iter().map(|(path, _)| path)),
            }
        }
        // Directories are entered depth first; users read paths in order.
        found.items[before..].sort_by_cached_key(Item::path);
        Ok(())
    }
}

fn entries(dir: &Path) -> Result<Vec<(PathBuf, FileType)>, Failure> {
    let entries = std::fs::read_dir(dir).and_then(Iterator::collect::<Result<Vec<_>, _>>);
    let mut entries = entries.map_err(|error| Failure::io("read", dir, &error))?;
    entries.sort_by_key(std::fs::DirEntry::file_name);
    let with_kind = |entry: std::fs::DirEntry| {
        let path = entry.path();
        let kind = entry.file_type().map_err(|error| Failure::io("read", &path, &error))?;
        Ok((path, kind))
    };
    entries.into_iter().map(with_kind).collect()
}

fn unit(entries: &[(PathBuf, FileType)]) -> Option<Unit> {
    let files = entries.iter().filter(|(_, kind)| !kind.is_dir());
    let names: Vec<&str> = files.filter_map(|(path, _)| path.file_name()?.to_str()).collect();
    Unit::of_directory(names.into_iter())
}

/// Whether a file is part of the unit of its directory; of a Compose project all its variants are.
fn belongs(path: &Path, unit: Option<&Unit>) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    matches!(unit, Some(Unit::Compose(_))) && matches!(Unit::of_file(name), Some(Unit::Compose(_)))
}

fn shown(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

impl Found {
    /// A link may point at a file of the same tree; one that leaves it is not followed.
    fn link(&mut self, path: PathBuf, real_root: &Path) {
        match path.canonicalize() {
            Ok(target) if target.starts_with(real_root) && target.is_file() => {
                self.items.push(Item::Input(Input::File(path)));
            }
            Ok(_) => self.passed_over.push((shown(&path), "a link that leaves the directory".to_owned())),
            Err(_) => self.passed_over.push((shown(&path), "a link to nothing".to_owned())),
        }
    }
}

/// Leaves out files that were given before, perhaps by another path: `web.yaml` and `./web.yaml`, a directory and a file
/// of it.
pub(super) fn once_each(items: Vec<Item>) -> Vec<Item> {
    let mut directories: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut seen = HashSet::new();
    let mut is_new = |item: &Item| {
        let Some(path) = item.path() else { return true };
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return true };
        let real = |parent: &Path| {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            parent.canonicalize().unwrap_or_else(|_| parent.to_path_buf())
        };
        let directory = directories.entry(parent.to_path_buf()).or_insert_with(|| real(parent));
        // A directory with a Compose project in it is not the project.
        seen.insert((directory.join(name), matches!(item, Item::Whole(_))))
    };
    items.into_iter().filter(|item| is_new(item)).collect()
}

/// Whether files that end so are read when they are found in a directory.
pub(crate) fn is_readable_ending(ending: &OsStr) -> bool {
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

pub(crate) fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

fn glob(pattern: &Path, found: &mut Found) -> Result<(), Failure> {
    let text = pattern.to_string_lossy();
    let matcher = globset::GlobBuilder::new(&text)
        .literal_separator(true)
        .build()
        .map_err(|error| Failure::new(format!("`{text}` is not a glob: {}", error.kind())))?
        .compile_matcher();
    // Search from the longest directory that holds no wildcard.
    let root: PathBuf = pattern.components().take_while(|part| !is_glob(Path::new(part.as_os_str()))).collect();
    let mut all = Found::default();
    let start = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
    // A glob names files: nothing that it matches is taken for a part of something else.
    Walk { recursive: true, units: false }.directory(start, &mut all)?;
    let before = found.items.len();
    for item in all.items {
        if let Item::Input(Input::File(path)) = item {
            let path = path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path);
            if matcher.is_match(&path) {
                found.items.push(Item::Input(Input::File(path)));
            }
        }
    }
    let matches = |passed: &PassedOver| matcher.is_match(passed.0.strip_prefix("./").unwrap_or(&passed.0));
    found.passed_over.extend(all.passed_over.into_iter().filter(matches));
    if found.items.len() == before {
        return Err(Failure::new(format!("no YAML or JSON file matches `{text}`")));
    }
    Ok(())
}
