//! The tree around a directory on this machine: how far what stands in it may reach.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use mesheryctl::source::Directory;
use mesheryctl::tree::{Error, Files, Kind, Limits, Tree, joined};

use super::fetched;
use crate::cli::Failure;

/// A directory below the root of a tree.
pub(super) struct Rooted {
    pub(super) tree: Tree,
    pub(super) directory: String,
}

/// The trees in which `directory` is, from the smallest to the largest: itself, what it stands in, and so on up to the
/// repository's root (where there is a repository). A kustomization may build on what lies beside it; the smallest tree that
/// has all it needs is the one to read it from.
pub(super) fn widening(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let real = directory.canonicalize().map_err(|error| Failure::io("read", directory, &error))?;
    let repository = repository(&real);
    let inside = |root: &&Path| repository.as_ref().is_none_or(|repository| root.starts_with(repository));
    Ok(real.ancestors().take_while(inside).map(Path::to_path_buf).collect())
}

/// The root of the repository that a real path lies in.
fn repository(real: &Path) -> Option<PathBuf> {
    real.ancestors().find(|root| root.join(".git").exists()).map(Path::to_path_buf)
}

/// The repository that `directory` lies in, or itself: links may lead to files that a team keeps together.
pub(super) fn repository_or_self(directory: &Path) -> Result<PathBuf, Failure> {
    let real = directory.canonicalize().map_err(|error| Failure::io("read", directory, &error))?;
    Ok(repository(&real).unwrap_or(real))
}

/// As [`repository_or_self`], and where there is no repository what it stands in: dependencies may lie beside a chart.
pub(super) fn above(directory: &Path) -> Result<Vec<PathBuf>, Failure> {
    let least = repository_or_self(directory)?;
    Ok(widening(directory)?.into_iter().filter(|root| least.starts_with(root)).collect())
}

/// `directory` in the tree of `root`, with names as the user would type them.
pub(super) fn rooted(directory: &Path, root: &Path) -> Result<Rooted, Failure> {
    let real = directory.canonicalize().map_err(|error| Failure::io("read", directory, &error))?;
    let below = real.strip_prefix(root).unwrap_or(Path::new(""));
    let names = below.components().map(|name| name.as_os_str().to_string_lossy().into_owned());
    let within = names.collect::<Vec<_>>().join("/");
    let files = Directory::open(root, Limits::default()).map_err(fetched::failure)?;
    let named = Named { files, typed: super::name(directory), within: within.clone(), root: root.to_path_buf() };
    Ok(Rooted { tree: Tree::new(named), directory: within })
}

/// What came by standard input, as a file of the current directory, so that the files it names are found there.
#[derive(Debug)]
struct Piped {
    tree: Tree,
    path: String,
    bytes: Arc<[u8]>,
}

/// The name of standard input among the files of a directory.
pub(super) const PIPED: &str = "-";

/// The current directory with [`PIPED`] in it.
pub(super) fn piped(bytes: Vec<u8>) -> Result<Rooted, Failure> {
    let here = Path::new(".");
    let Rooted { tree, directory } = rooted(here, &repository_or_self(here)?)?;
    let path = joined(&directory, PIPED);
    Ok(Rooted { tree: Tree::new(Piped { tree, path, bytes: bytes.into() }), directory })
}

impl Files for Piped {
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        if path == self.path { Ok(Some(Kind::File)) } else { self.tree.kind(path) }
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        if path == self.path { Ok(self.bytes.clone()) } else { self.tree.read(path) }
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        self.tree.list(directory)
    }

    fn name(&self, path: &str) -> String {
        if path == self.path { PIPED.to_owned() } else { self.tree.name(path) }
    }
}

/// A tree that remembers what was read of it.
#[derive(Debug, Clone)]
pub(super) struct Recorded {
    tree: Tree,
    read: Arc<Mutex<BTreeMap<String, Arc<[u8]>>>>,
}

impl Recorded {
    pub(super) fn new(tree: &Tree) -> Recorded {
        Recorded { tree: tree.clone(), read: Arc::default() }
    }

    pub(super) fn tree(&self) -> Tree {
        Tree::new(self.clone())
    }

    /// What was read, by the names users know.
    pub(super) fn read(&self) -> Vec<(String, Arc<[u8]>)> {
        let read = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        read.iter().map(|(path, bytes)| (self.tree.name(path), bytes.clone())).collect()
    }
}

impl Files for Recorded {
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        self.tree.kind(path)
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        let bytes = self.tree.read(path)?;
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(path.to_owned(), bytes.clone());
        Ok(bytes)
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        self.tree.list(directory)
    }

    fn name(&self, path: &str) -> String {
        self.tree.name(path)
    }
}

/// A directory whose files are called as the user who typed `typed` would call them.
#[derive(Debug)]
struct Named {
    files: Directory,
    typed: String,
    /// What was typed, below the root.
    within: String,
    root: PathBuf,
}

impl Files for Named {
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        self.files.kind(path)
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        self.files.read(path)
    }

    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        self.files.list(directory)
    }

    fn name(&self, path: &str) -> String {
        let typed = if self.typed == "." { "" } else { self.typed.trim_end_matches('/') };
        let below = match self.within.as_str() {
            "" => Some(path),
            within => path
                .strip_prefix(within)
                .and_then(|rest| if rest.is_empty() { Some("") } else { rest.strip_prefix('/') }),
        };
        if let Some(below) = below {
            return if typed.is_empty() && below.is_empty() { ".".to_owned() } else { joined(typed, below) };
        }
        let full = self.root.join(path);
        if Path::new(&self.typed).is_absolute() {
            return super::name(&full);
        }
        let here = std::env::current_dir().and_then(|here| here.canonicalize()).unwrap_or_default();
        super::name(&relative(&full, &here))
    }
}

/// The way from a directory to a path, both absolute.
fn relative(path: &Path, from: &Path) -> PathBuf {
    let common = path.components().zip(from.components()).take_while(|(one, other)| one == other).count();
    let up = from.components().skip(common).map(|_| Component::ParentDir);
    up.chain(path.components().skip(common)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_way_from_one_place_to_another() {
        for (path, from, expected) in
            [("/a/b/c", "/a", "b/c"), ("/a/b", "/a/c/d", "../../b"), ("/a", "/a", ""), ("/x", "/", "x")]
        {
            assert_eq!(relative(Path::new(path), Path::new(from)), Path::new(expected));
        }
    }
}
