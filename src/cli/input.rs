//! `-f PATH|DIR|GLOB|-`: which files a command reads, and their bytes under a budget.

use std::{
    collections::{HashMap, HashSet},
    ffi::OsStr,
    fs::File,
    io::Read,
    path::{Path, PathBuf},
};

use mesheryctl::document::{self, Limits, Source};

use super::{Failure, ui::escape_line};

/// Files to read, in a fixed order, and what was passed over.
#[derive(Debug, Default)]
pub(crate) struct Inputs {
    pub(crate) files: Vec<Input>,
    /// Directories below a given one that were not entered because `-R` was not given.
    pub(crate) unread_dirs: Vec<PathBuf>,
    /// Links that lead out of the directory they stand in, and things that are not files.
    pub(crate) passed_over: Vec<(PathBuf, &'static str)>,
}

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Input {
    Stdin,
    /// A pipe or a device that was named: `<(helm template …)`, `/dev/null`. Its bytes come once.
    Stream(PathBuf),
    File(PathBuf),
}

/// The endings of files that a directory is searched for, as kubectl does.
const ENDINGS: [&str; 3] = ["yaml", "yml", "json"];
/// Directories hold at most this many files before somebody must be mistaken (`-f /`).
const MAX_FILES: usize = 500_000;

impl Input {
    /// The name users see: the path as they wrote it. Bytes that are no text are escaped, so that two files never share
    /// a name.
    pub(crate) fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_owned(),
            Input::File(path) | Input::Stream(path) => name(path),
        }
    }

    /// Whether it can be read once only.
    pub(crate) fn is_stream(&self) -> bool {
        !matches!(self, Input::File(_))
    }

    /// The whole input, decoded or with what is wrong with it.
    ///
    /// # Errors
    /// What the operating system refuses, and more bytes than a text may have.
    pub(crate) fn read(&self, limits: &Limits) -> Result<Result<Source, Box<(Source, document::Error)>>, Failure> {
        Ok(Source::from_bytes(self.name(), self.bytes(limits)?))
    }

    /// The bytes of the whole input.
    ///
    /// # Errors
    /// As [`Input::read`].
    pub(crate) fn bytes(&self, limits: &Limits) -> Result<Vec<u8>, Failure> {
        let read = match self {
            Input::Stdin => bounded(std::io::stdin().lock(), limits, 0),
            Input::File(path) | Input::Stream(path) => File::open(path).and_then(|file| {
                let size = file.metadata().map_or(0, |metadata| metadata.len());
                bounded(file, limits, size)
            }),
        };
        let bytes = read.map_err(|error| Failure::io("read", Path::new(&self.name()), &error))?;
        bytes.ok_or_else(|| {
            let (name, most) = (escape_line(&self.name()), limits.bytes);
            Failure::new(format!("{name} exceeds the limit `bytes` of {most} for one text"))
                .hint("split it into several files")
        })
    }
}

fn name(path: &Path) -> String {
    let chunks = path.as_os_str().as_encoded_bytes().utf8_chunks();
    chunks.fold(String::new(), |name, chunk| {
        let bad: String = chunk.invalid().iter().map(|byte| format!("\\x{byte:02x}")).collect();
        name + chunk.valid() + &bad
    })
}

/// The places that were given, for messages.
pub(crate) fn named(given: &[PathBuf]) -> String {
    let names: Vec<String> = given.iter().map(|path| escape_line(&name(path))).collect();
    names.join(", ")
}

/// Reads at most the budget; `None` when there is more. Nothing is reserved for what a size only claims.
fn bounded(reader: impl Read, limits: &Limits, size: u64) -> std::io::Result<Option<Vec<u8>>> {
    if size > limits.bytes {
        return Ok(None);
    }
    let mut bytes = Vec::with_capacity(size as usize + 1);
    reader.take(limits.bytes + 1).read_to_end(&mut bytes)?;
    Ok((bytes.len() as u64 <= limits.bytes).then_some(bytes))
}

/// Resolves what was given with `-f`. Directories give their YAML and JSON files sorted by name, with `recursive` those
/// of the directories below too; quoted globs are expanded (`**` included).
pub(crate) fn resolve(given: &[PathBuf], recursive: bool) -> Result<Inputs, Failure> {
    let mut inputs = Inputs::default();
    for path in given {
        if path.as_os_str() == "-" {
            if inputs.files.contains(&Input::Stdin) {
                return Err(Failure::new("standard input (`-`) was given twice"));
            }
            inputs.files.push(Input::Stdin);
            continue;
        }
        match std::fs::metadata(path) {
            Ok(metadata) if metadata.is_dir() => directory(path, recursive, &mut inputs)?,
            Ok(metadata) if !metadata.is_file() => inputs.files.push(Input::Stream(path.clone())),
            Ok(_) => inputs.files.push(Input::File(path.clone())),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound && is_glob(path) => glob(path, &mut inputs)?,
            Err(error) => return Err(Failure::io("read", path, &error)),
        }
    }
    if given.len() > 1 {
        inputs.files = once_each(inputs.files);
    }
    Ok(inputs)
}

/// Leaves out files that were given before, perhaps by another path: `web.yaml` and `./web.yaml`, a directory and a file
/// of it.
fn once_each(files: Vec<Input>) -> Vec<Input> {
    let mut directories: HashMap<PathBuf, PathBuf> = HashMap::new();
    let mut seen = HashSet::new();
    let mut is_new = |input: &Input| {
        let (Input::File(path) | Input::Stream(path)) = input else { return true };
        let (Some(parent), Some(name)) = (path.parent(), path.file_name()) else { return true };
        let real = |parent: &Path| {
            let parent = if parent.as_os_str().is_empty() { Path::new(".") } else { parent };
            parent.canonicalize().unwrap_or_else(|_| parent.to_path_buf())
        };
        let directory = directories.entry(parent.to_path_buf()).or_insert_with(|| real(parent));
        seen.insert(directory.join(name))
    };
    files.into_iter().filter(|input| is_new(input)).collect()
}

/// Whether files that end so are read when they are found in a directory.
pub(crate) fn is_readable_ending(ending: &OsStr) -> bool {
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

fn directory(root: &Path, recursive: bool, inputs: &mut Inputs) -> Result<(), Failure> {
    let real_root = root.canonicalize().map_err(|error| Failure::io("read", root, &error))?;
    let mut pending = vec![root.to_path_buf()];
    let before = inputs.files.len();
    while let Some(dir) = pending.pop() {
        let mut entries = std::fs::read_dir(&dir)
            .and_then(Iterator::collect::<Result<Vec<_>, _>>)
            .map_err(|error| Failure::io("read", &dir, &error))?;
        entries.sort_by_key(std::fs::DirEntry::file_name);
        let mut below = Vec::new();
        for entry in entries {
            let path = entry.path();
            let kind = entry.file_type().map_err(|error| Failure::io("read", &path, &error))?;
            let wanted = path.extension().is_some_and(is_readable_ending);
            if kind.is_symlink() {
                if !wanted {
                    continue;
                }
                // A link may point at a file of the same tree; one that leaves it is not followed.
                match path.canonicalize() {
                    Ok(target) if target.starts_with(&real_root) && target.is_file() => {
                        inputs.files.push(Input::File(path))
                    }
                    Ok(_) => inputs.passed_over.push((path, "a link that leaves the directory")),
                    Err(_) => inputs.passed_over.push((path, "a link to nothing")),
                }
            } else if kind.is_dir() {
                below.push(path);
            } else if wanted && kind.is_file() {
                inputs.files.push(Input::File(path));
            } else if wanted {
                inputs.passed_over.push((path, "not a regular file"));
            }
            if inputs.files.len() > MAX_FILES {
                let name = escape_line(&name(root));
                return Err(Failure::new(format!("{name} holds more than {MAX_FILES} YAML and JSON files")));
            }
        }
        if recursive {
            pending.extend(below.into_iter().rev());
        } else {
            inputs.unread_dirs.extend(below);
        }
    }
    // Directories are entered depth first; users read paths in order.
    inputs.files[before..].sort();
    Ok(())
}

pub(crate) fn is_glob(path: &Path) -> bool {
    path.to_string_lossy().contains(['*', '?', '[', '{'])
}

fn glob(pattern: &Path, inputs: &mut Inputs) -> Result<(), Failure> {
    let text = pattern.to_string_lossy();
    let matcher = globset::GlobBuilder::new(&text)
        .literal_separator(true)
        .build()
        .map_err(|error| Failure::new(format!("`{text}` is not a glob: {}", error.kind())))?
        .compile_matcher();
    // Search from the longest directory that holds no wildcard.
    let root: PathBuf = pattern.components().take_while(|part| !is_glob(Path::new(part.as_os_str()))).collect();
    let mut found = Inputs::default();
    let start = if root.as_os_str().is_empty() { Path::new(".") } else { &root };
    directory(start, true, &mut found)?;
    let before = inputs.files.len();
    for input in found.files {
        if let Input::File(path) = input {
            let path = path.strip_prefix(".").map(Path::to_path_buf).unwrap_or(path);
            if matcher.is_match(&path) {
                inputs.files.push(Input::File(path));
            }
        }
    }
    inputs.passed_over.extend(found.passed_over.into_iter().filter(|(path, _)| {
        let path = path.strip_prefix(".").unwrap_or(path);
        matcher.is_match(path)
    }));
    if inputs.files.len() == before {
        return Err(Failure::new(format!("no YAML or JSON file matches `{text}`")));
    }
    Ok(())
}
