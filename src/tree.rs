//! Files by path below one root, wherever they came from: a directory, an archive, a commit, a registry.
//!
//! Paths are relative, `/` between names, without `.`, `..` and empty names; `""` is the root. What leaves the root does
//! not exist here, so no reader of a [`Tree`] can be led out of it: [`Tree::join`] is the only way to follow a path that
//! a file names. Every tree has budgets ([`Limits`]).

use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
    sync::Arc,
};

/// What a tree may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Bytes of one file (`file-bytes`).
    pub file_bytes: u64,
    /// Bytes of all files together (`total-bytes`).
    pub total_bytes: u64,
    /// Files and directories (`entries`).
    pub entries: usize,
    /// How many times larger than its packed form an archive may unpack (`ratio`); small archives are not judged by it.
    pub ratio: u64,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits { file_bytes: 256 << 20, total_bytes: 1 << 30, entries: 100_000, ratio: 200 }
    }
}

/// What stands at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    File,
    Directory,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Error {
    #[error("there is no `{0}`")]
    Missing(String),
    #[error("`{0}` is a directory")]
    Directory(String),
    #[error("`{0}` is not a directory")]
    NotADirectory(String),
    /// A path that leads out, or that is none.
    #[error("`{path}` {why}")]
    Path { path: String, why: &'static str },
    #[error("{what} exceeds the limit `{limit}` of {allowed}")]
    Limit { what: String, limit: &'static str, allowed: u64 },
    /// What the operating system says.
    #[error("cannot read `{path}`: {message}")]
    Io { path: String, message: String },
}

const LEADS_OUT: &str = "leads out of the root";

impl Error {
    /// Whether a path has more `..` than directories before them.
    pub fn leads_out(&self) -> bool {
        matches!(self, Error::Path { why, .. } if *why == LEADS_OUT)
    }
}

/// The place that files come from.
pub trait Files: Debug + Send + Sync {
    /// What stands at `path`, if anything does. Links count as what they lead to, within the root.
    ///
    /// # Errors
    /// What cannot be asked.
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error>;
    /// The bytes of a file.
    ///
    /// # Errors
    /// [`Error::Missing`], [`Error::Directory`], a limit, or what the operating system says.
    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error>;
    /// Names in a directory, sorted by their bytes.
    ///
    /// # Errors
    /// As [`Files::read`].
    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error>;
    /// What users call `path`: as they would type it, or with the archive or commit before it.
    fn name(&self, path: &str) -> String;
}

/// Files below a root; cheap to clone.
#[derive(Debug, Clone)]
pub struct Tree {
    files: Arc<dyn Files>,
    base: String,
}

impl Tree {
    pub fn new(files: impl Files + 'static) -> Tree {
        Tree { files: Arc::new(files), base: String::new() }
    }

    /// The tree below a directory of this one, which cannot see what lies outside.
    pub fn below(&self, directory: &str) -> Tree {
        Tree { files: self.files.clone(), base: joined(&self.base, directory) }
    }

    /// As [`Files::kind`].
    pub fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        self.files.kind(&joined(&self.base, path))
    }

    pub fn is_file(&self, path: &str) -> bool {
        matches!(self.kind(path), Ok(Some(Kind::File)))
    }

    pub fn is_directory(&self, path: &str) -> bool {
        matches!(self.kind(path), Ok(Some(Kind::Directory)))
    }

    /// As [`Files::read`].
    pub fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        self.files.read(&joined(&self.base, path))
    }

    /// As [`Files::list`].
    pub fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        self.files.list(&joined(&self.base, directory))
    }

    /// As [`Files::name`].
    pub fn name(&self, path: &str) -> String {
        self.files.name(&joined(&self.base, path))
    }

    /// All files below a directory, in the order of their paths' bytes, at most `limits.entries`.
    ///
    /// # Errors
    /// As [`Tree::list`], and more entries than the limit.
    pub fn walk(&self, directory: &str, limits: Limits) -> Result<Vec<String>, Error> {
        let mut files = Vec::new();
        let mut pending = vec![directory.to_owned()];
        let mut entries = 0;
        while let Some(directory) = pending.pop() {
            for (name, kind) in self.list(&directory)? {
                entries += 1;
                if entries > limits.entries {
                    let (what, allowed) = (self.name(&directory), limits.entries as u64);
                    return Err(Error::Limit { what, limit: "entries", allowed });
                }
                let path = joined(&directory, &name);
                match kind {
                    Kind::File => files.push(path),
                    Kind::Directory => pending.push(path),
                }
            }
        }
        files.sort();
        Ok(files)
    }

    /// The path that `path`, as a file in `directory` writes it, means.
    ///
    /// # Errors
    /// [`Error::Path`] for absolute paths and those that lead out of the root.
    pub fn join(directory: &str, path: &str) -> Result<String, Error> {
        let refuse = |why| Err(Error::Path { path: path.to_owned(), why });
        if path.contains('\0') {
            return refuse("holds a NUL byte");
        }
        let mut names: Vec<&str> = directory.split('/').filter(|name| !name.is_empty()).collect();
        let drive = path.as_bytes().get(1) == Some(&b':') && path.as_bytes()[0].is_ascii_alphabetic();
        if path.starts_with(['/', '\\']) || drive {
            return refuse("is an absolute path");
        }
        for name in path.split('/') {
            match name {
                "" | "." => {}
                ".." => {
                    if names.pop().is_none() {
                        return refuse(LEADS_OUT);
                    }
                }
                name => names.push(name),
            }
        }
        Ok(names.join("/"))
    }
}

/// `a/b` of `a` and `b`, either of which may be empty.
pub fn joined(directory: &str, name: &str) -> String {
    match (directory, name) {
        ("", name) => name.to_owned(),
        (directory, "") => directory.to_owned(),
        (directory, name) => format!("{directory}/{name}"),
    }
}

/// The directory that a path stands in.
pub fn parent(path: &str) -> &str {
    path.rsplit_once('/').map_or("", |(directory, _)| directory)
}

/// The last name of a path.
pub fn file_name(path: &str) -> &str {
    path.rsplit_once('/').map_or(path, |(_, name)| name)
}

/// Files that are held in memory: what was unpacked or fetched.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    files: BTreeMap<String, Arc<[u8]>>,
    directories: BTreeSet<String>,
    /// Stands before every path that is shown.
    prefix: String,
}

impl Memory {
    /// `prefix` stands before every path that users see: `shop-1.2.0.tgz/`.
    pub fn new(prefix: impl Into<String>) -> Memory {
        Memory { prefix: prefix.into(), ..Memory::default() }
    }

    /// Adds a file by a path of [`Tree::join`]; the one that was there is given back.
    pub fn insert(&mut self, path: &str, bytes: impl Into<Arc<[u8]>>) -> Option<Arc<[u8]>> {
        let mut directory = parent(path);
        while !directory.is_empty() && self.directories.insert(directory.to_owned()) {
            directory = parent(directory);
        }
        self.files.insert(path.to_owned(), bytes.into())
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.files.keys().map(String::as_str)
    }
}

impl Files for Memory {
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        Ok(if self.files.contains_key(path) {
            Some(Kind::File)
        } else if path.is_empty() || self.directories.contains(path) {
            Some(Kind::Directory)
        } else {
            None
        })
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        match self.files.get(path) {
            Some(bytes) => Ok(bytes.clone()),
            None if path.is_empty() || self.directories.contains(path) => Err(Error::Directory(self.name(path))),
            None => Err(Error::Missing(self.name(path))),
        }
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        match self.kind(directory)? {
            Some(Kind::Directory) => {}
            Some(Kind::File) => return Err(Error::NotADirectory(self.name(directory))),
            None => return Err(Error::Missing(self.name(directory))),
        }
        let start = if directory.is_empty() { String::new() } else { format!("{directory}/") };
        let direct = |path: &str| {
            path.strip_prefix(&start).filter(|name| !name.is_empty() && !name.contains('/')).map(str::to_owned)
        };
        let files = self.files.range(start.clone()..).map(|(path, _)| path);
        let files = files.take_while(|path| path.starts_with(&start));
        let directories = self.directories.range(start.clone()..).take_while(|path| path.starts_with(&start));
        let mut names: Vec<(String, Kind)> = files
            .filter_map(|path| Some((direct(path)?, Kind::File)))
            .chain(directories.filter_map(|path| Some((direct(path)?, Kind::Directory))))
            .collect();
        names.sort();
        Ok(names)
    }

    fn name(&self, path: &str) -> String {
        format!("{}{path}", self.prefix)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stay_below_the_root() {
        for (directory, path, expected) in [
            ("", "a", Some("a")),
            ("a/b", "../c", Some("a/c")),
            ("a/b", "./c//d/", Some("a/b/c/d")),
            ("a", "..", Some("")),
            ("a", "../..", None),
            ("", "/etc/passwd", None),
            ("", "C:/x", None),
            ("", "\\\\host\\share", None),
            ("", "a\0b", None),
        ] {
            assert_eq!(Tree::join(directory, path).ok().as_deref(), expected, "{directory} {path}");
        }
    }

    #[test]
    fn memory_is_a_tree() {
        let mut files = Memory::new("x.tgz/");
        for path in ["a/b.yaml", "a/c/d.yaml", "a-b", "z"] {
            assert_eq!(files.insert(path, path.as_bytes()), None);
        }
        let tree = Tree::new(files);
        let names = |directory: &str| tree.list(directory).expect("a directory");
        assert_eq!(names(""), [("a".into(), Kind::Directory), ("a-b".into(), Kind::File), ("z".into(), Kind::File)]);
        assert_eq!(names("a"), [("b.yaml".into(), Kind::File), ("c".into(), Kind::Directory)]);
        assert_eq!(tree.walk("", Limits::default()).expect("few"), ["a-b", "a/b.yaml", "a/c/d.yaml", "z"]);
        assert_eq!(&*tree.below("a").read("c/d.yaml").expect("a file"), b"a/c/d.yaml");
        assert_eq!(tree.read("a"), Err(Error::Directory("x.tgz/a".into())));
        assert_eq!(tree.read("b"), Err(Error::Missing("x.tgz/b".into())));
        assert_eq!(tree.list("z"), Err(Error::NotADirectory("x.tgz/z".into())));
    }
}
