//! Files of a directory on disk, read when they are asked for.

use std::{
    fs,
    io::{self, Read},
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Result, spent::Spent};
use crate::tree::{Error, Files, Kind, Limits, Tree, joined};

const LEADS_OUT: &str = "is a symbolic link that leads out of the root";
const LEADS_BACK: &str = "is a symbolic link to a directory that holds it";
const SPECIAL: &str = "is neither a file nor a directory";
const NOT_A_PATH: &str = "is not a path below the root";

/// A directory on disk as [`Files`].
///
/// Symbolic links are followed within the root: charts share files so. Those that lead out, and devices, pipes and
/// sockets, are listed as files, and refused with the reason by whoever reads them.
#[derive(Debug)]
pub struct Directory {
    /// Canonical.
    root: PathBuf,
    /// The root as the user typed it.
    shown: String,
    limits: Limits,
    spent: Spent,
}

impl Directory {
    /// # Errors
    /// `path` is no directory, or cannot be read.
    pub fn open(path: &Path, limits: Limits) -> Result<Directory> {
        let shown = path.to_string_lossy().into_owned();
        let root = fs::canonicalize(path).map_err(|error| io_error(&shown, &error))?;
        if !root.is_dir() {
            return Err(Error::NotADirectory(shown).into());
        }
        Ok(Directory { root, shown, limits, spent: Spent::default() })
    }

    /// Shows the root by another name.
    #[must_use]
    pub fn named(self, shown: impl Into<String>) -> Directory {
        Directory { shown: shown.into(), ..self }
    }

    pub fn into_tree(self) -> Tree {
        Tree::new(self)
    }

    /// Where `path` really is, if anything is there.
    fn resolve(&self, path: &str) -> Result<Option<PathBuf>, Error> {
        if Tree::join("", path)? != path || path.contains('\\') && cfg!(windows) {
            return Err(self.refuse(path, NOT_A_PATH));
        }
        let plain = self.root.join(path);
        let Some(real) = self.canonical(path, &plain)? else { return Ok(None) };
        if real != plain {
            self.check_links(path)?;
        }
        Ok(Some(real))
    }

    fn canonical(&self, path: &str, plain: &Path) -> Result<Option<PathBuf>, Error> {
        match fs::canonicalize(plain) {
            Ok(real) if real.starts_with(&self.root) => Ok(Some(real)),
            Ok(_) => Err(self.refuse(path, LEADS_OUT)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(None),
            Err(error) => Err(io_error(&self.name(path), &error)),
        }
    }

    /// A path through a link to a directory above would have no end.
    fn check_links(&self, path: &str) -> Result<(), Error> {
        let mut plain = self.root.clone();
        let mut passed: Vec<PathBuf> = vec![self.root.clone()];
        for name in path.split('/') {
            plain.push(name);
            let Some(real) = self.canonical(path, &plain)? else { return Ok(()) };
            if passed.iter().any(|before| before.starts_with(&real)) {
                return Err(self.refuse(path, LEADS_BACK));
            }
            passed.push(real);
        }
        Ok(())
    }

    fn refuse(&self, path: &str, why: &'static str) -> Error {
        Error::Path { path: self.name(path), why }
    }

    fn kind_of_entry(&self, path: &str, entry: &fs::DirEntry) -> Result<Kind, Error> {
        let found = entry.file_type().map_err(|error| io_error(&self.name(path), &error))?;
        let directory = found.is_dir() || found.is_symlink() && matches!(self.kind(path), Ok(Some(Kind::Directory)));
        Ok(if directory { Kind::Directory } else { Kind::File })
    }
}

impl Files for Directory {
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        let Some(real) = self.resolve(path)? else { return Ok(None) };
        Ok(Some(if real.is_dir() { Kind::Directory } else { Kind::File }))
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        let name = self.name(path);
        let real = self.resolve(path)?.ok_or_else(|| Error::Missing(name.clone()))?;
        // Asked before it is opened: opening a pipe waits for a writer.
        let found = fs::metadata(&real).map_err(|error| io_error(&name, &error))?;
        if found.is_dir() {
            return Err(Error::Directory(name));
        }
        if !found.is_file() {
            return Err(self.refuse(path, SPECIAL));
        }
        let allowed = self.limits.file_bytes;
        let too_large = || Error::Limit { what: format!("`{name}`"), limit: "file-bytes", allowed };
        if found.len() > allowed {
            return Err(too_large());
        }
        let file = fs::File::open(&real).map_err(|error| io_error(&name, &error))?;
        let mut bytes = Vec::with_capacity(found.len() as usize);
        // A file may grow while it is read.
        file.take(allowed.saturating_add(1)).read_to_end(&mut bytes).map_err(|error| io_error(&name, &error))?;
        if bytes.len() as u64 > allowed {
            return Err(too_large());
        }
        self.spent.add(path, bytes.len() as u64, self.limits, &self.shown)?;
        Ok(bytes.into())
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        let shown = self.name(directory);
        let real = self.resolve(directory)?.ok_or_else(|| Error::Missing(shown.clone()))?;
        if !real.is_dir() {
            return Err(Error::NotADirectory(shown));
        }
        let mut names = Vec::new();
        for entry in fs::read_dir(&real).map_err(|error| io_error(&shown, &error))? {
            let entry = entry.map_err(|error| io_error(&shown, &error))?;
            let name = entry.file_name().into_string().map_err(|name| {
                let path = self.name(&joined(directory, &name.to_string_lossy()));
                Error::Path { path, why: "has a name that is not UTF-8" }
            })?;
            if names.len() >= self.limits.entries {
                let allowed = self.limits.entries as u64;
                return Err(Error::Limit { what: format!("`{shown}`"), limit: "entries", allowed });
            }
            let kind = self.kind_of_entry(&joined(directory, &name), &entry)?;
            names.push((name, kind));
        }
        names.sort();
        Ok(names)
    }

    fn name(&self, path: &str) -> String {
        match (self.shown.as_str(), path) {
            ("" | ".", path) if !path.is_empty() => path.to_owned(),
            (shown, "") => shown.to_owned(),
            (shown, path) => format!("{}/{path}", shown.trim_end_matches('/')),
        }
    }
}

fn io_error(path: &str, error: &io::Error) -> Error {
    match error.kind() {
        io::ErrorKind::NotFound => Error::Missing(path.to_owned()),
        _ => Error::Io { path: path.to_owned(), message: error.to_string() },
    }
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::{fs::symlink, net::UnixListener};

    use super::*;

    fn directory(limits: Limits) -> (tempfile::TempDir, Tree) {
        let outside = tempfile::tempdir().expect("a directory");
        let root = outside.path().join("root");
        fs::create_dir_all(root.join("a/b")).expect("a directory");
        fs::write(outside.path().join("secret"), "s").expect("a file");
        fs::write(root.join("a/b/c.yaml"), "content").expect("a file");
        fs::write(root.join("z"), "z").expect("a file");
        let tree = Directory::open(&root, limits).expect("a directory").named("./root/").into_tree();
        (outside, tree)
    }

    #[test]
    fn links_are_followed_within_the_root_only() {
        let (outside, tree) = directory(Limits::default());
        let root = outside.path().join("root");
        let link = |to: &str, at: &str| symlink(to, root.join(at)).expect("a link");
        link("a/b/c.yaml", "inside");
        link("a/b", "dir");
        link("../secret", "outside");
        link(outside.path().join("secret").to_str().expect("text"), "absolute");
        link("..", "a/up");
        link("nowhere", "dangling");
        link("me", "me");
        let _socket = UnixListener::bind(root.join("socket")).expect("a socket");
        let read = |path: &str| match tree.read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(error) => error.to_string(),
        };
        for (path, expected) in [
            ("inside", "content"),
            ("dir/c.yaml", "content"),
            ("outside", "`./root/outside` is a symbolic link that leads out of the root"),
            ("absolute", "`./root/absolute` is a symbolic link that leads out of the root"),
            ("a/up/z", "`./root/a/up/z` is a symbolic link to a directory that holds it"),
            ("dangling", "there is no `./root/dangling`"),
            ("socket", "`./root/socket` is neither a file nor a directory"),
            ("../secret", "`../secret` leads out of the root"),
            ("/etc/passwd", "`/etc/passwd` is an absolute path"),
            ("a/./b/c.yaml", "`./root/a/./b/c.yaml` is not a path below the root"),
            ("a", "`./root/a` is a directory"),
            ("z/y", "there is no `./root/z/y`"),
        ] {
            assert_eq!(read(path), expected, "{path}");
        }
        assert!(read("me").contains("cannot read `./root/me`"), "{}", read("me"));
        let walked = tree.walk("", Limits::default()).expect("an end");
        let expected = "a/b/c.yaml a/up absolute dangling dir/c.yaml inside me outside socket z";
        assert_eq!(walked.join(" "), expected);
    }

    #[test]
    fn budgets_hold() {
        let few = |limits: Limits, path: &str| directory(limits).1.read(path).map_err(|error| error.to_string());
        let limits = Limits { file_bytes: 6, ..Limits::default() };
        assert_eq!(
            few(limits, "a/b/c.yaml"),
            Err("`./root/a/b/c.yaml` exceeds the limit `file-bytes` of 6".to_owned())
        );
        let (_kept, tree) = directory(Limits { total_bytes: 7, ..Limits::default() });
        for _ in 0..3 {
            tree.read("a/b/c.yaml").expect("counted once");
        }
        assert!(tree.read("z").is_err());
        let (_kept, tree) = directory(Limits { entries: 1, ..Limits::default() });
        assert!(tree.list("").is_err());
    }

    #[test]
    fn names_are_as_typed() {
        for (shown, path, expected) in
            [(".", "a/b", "a/b"), (".", "", "."), ("x/", "a", "x/a"), ("/", "a", "/a"), ("./x", "", "./x")]
        {
            let here = Directory::open(Path::new("/"), Limits::default()).expect("a root").named(shown);
            assert_eq!(here.name(path), expected);
        }
    }
}
