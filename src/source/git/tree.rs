//! The files of one commit, read out of the object database when they are asked for.

use std::{collections::VecDeque, sync::Arc};

use gix::{ObjectId, Repository, ThreadSafeRepository, bstr::ByteSlice, objs::tree::EntryKind};

use super::message;
use crate::{
    source::spent::Spent,
    tree::{Error, Files, Kind, Limits, Tree},
};

/// Symbolic links on the way to one file; Linux allows as many.
const LINKS: usize = 40;
/// Bytes of a symbolic link.
const LINK_BYTES: u64 = 4096;
const LFS: &[u8] = b"version https://git-lfs.github.com/spec/";

/// A commit as [`Files`]. Symbolic links are followed within it.
pub(super) struct CommitFiles {
    repository: ThreadSafeRepository,
    root: ObjectId,
    /// Stands before every path that is shown.
    before: String,
    /// The directory that `before` stands for.
    base: String,
    limits: Limits,
    spent: Spent,
    /// Where the repository lies, if it was made for these files alone.
    _kept: Option<tempfile::TempDir>,
}

impl std::fmt::Debug for CommitFiles {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_tuple("CommitFiles").field(&self.before).finish()
    }
}

enum Found {
    File(ObjectId),
    Directory(ObjectId),
}

impl CommitFiles {
    pub(super) fn new(repository: ThreadSafeRepository, root: ObjectId, limits: Limits) -> CommitFiles {
        let (before, base, spent) = (String::new(), String::new(), Spent::default());
        CommitFiles { repository, root, before, base, limits, spent, _kept: None }
    }

    pub(super) fn named(self, before: String, base: String) -> CommitFiles {
        CommitFiles { before, base, ..self }
    }

    pub(super) fn keeping(self, kept: Option<tempfile::TempDir>) -> CommitFiles {
        CommitFiles { _kept: kept, ..self }
    }

    fn refuse(&self, path: &str, why: &'static str) -> Error {
        Error::Path { path: self.name(path), why }
    }

    fn broken(&self, path: &str, error: impl Into<gix::Error>) -> Error {
        Error::Io { path: self.name(path), message: message(&error.into()) }
    }

    fn find(&self, repository: &Repository, path: &str) -> Result<Option<Found>, Error> {
        if Tree::join("", path)? != path {
            return Err(self.refuse(path, "is not a path below the root"));
        }
        let mut names: VecDeque<String> = path.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect();
        let (mut directory, mut at) = (String::new(), self.root);
        let mut links = 0;
        while let Some(name) = names.pop_front() {
            let tree = repository.find_tree(at).map_err(|error| self.broken(path, error))?;
            let Some(entry) = tree.find_entry(name.as_str()) else { return Ok(None) };
            let id = entry.object_id();
            match entry.kind() {
                EntryKind::Tree => {
                    directory = crate::tree::joined(&directory, &name);
                    at = id;
                }
                EntryKind::Blob | EntryKind::BlobExecutable if names.is_empty() => return Ok(Some(Found::File(id))),
                EntryKind::Blob | EntryKind::BlobExecutable => return Ok(None),
                EntryKind::Commit => {
                    return Err(self.refuse(path, "lies in a submodule, whose files are in a repository of their own"));
                }
                EntryKind::Link => {
                    links += 1;
                    if links > LINKS {
                        return Err(self.refuse(path, "has too many symbolic links"));
                    }
                    let target = self.link(repository, path, &directory, id)?;
                    for name in target.rsplit('/').filter(|name| !name.is_empty()) {
                        names.push_front(name.to_owned());
                    }
                    (directory, at) = (String::new(), self.root);
                }
            }
        }
        Ok(Some(Found::Directory(at)))
    }

    /// Where a link in `directory` leads to.
    fn link(&self, repository: &Repository, path: &str, directory: &str, id: ObjectId) -> Result<String, Error> {
        let bytes = self.object(repository, path, id, LINK_BYTES)?;
        let target = bytes.to_str().map_err(|_| self.refuse(path, "is a symbolic link that is not UTF-8"))?;
        Tree::join(directory, target).map_err(|_| self.refuse(path, "is a symbolic link that leads out of the root"))
    }

    fn object(&self, repository: &Repository, path: &str, id: ObjectId, allowed: u64) -> Result<Vec<u8>, Error> {
        let header = repository.find_header(id).map_err(|error| self.broken(path, error))?;
        if header.size() > allowed {
            let what = format!("`{}`", self.name(path));
            return Err(Error::Limit { what, limit: "file-bytes", allowed });
        }
        let mut object = repository.find_blob(id).map_err(|error| self.broken(path, error))?;
        Ok(object.take_data())
    }
}

impl Files for CommitFiles {
    fn kind(&self, path: &str) -> Result<Option<Kind>, Error> {
        Ok(self.find(&self.repository.to_thread_local(), path)?.map(|found| match found {
            Found::File(_) => Kind::File,
            Found::Directory(_) => Kind::Directory,
        }))
    }

    fn read(&self, path: &str) -> Result<Arc<[u8]>, Error> {
        let repository = self.repository.to_thread_local();
        let id = match self.find(&repository, path)? {
            Some(Found::File(id)) => id,
            Some(Found::Directory(_)) => return Err(Error::Directory(self.name(path))),
            None => return Err(Error::Missing(self.name(path))),
        };
        let bytes = self.object(&repository, path, id, self.limits.file_bytes)?;
        if bytes.starts_with(LFS) && bytes.len() < 1024 {
            return Err(self.refuse(path, "is a pointer of Git LFS: the file itself is not in the repository"));
        }
        self.spent.add(path, bytes.len() as u64, self.limits, &self.before)?;
        Ok(bytes.into())
    }

    /// Links that lead out and submodules are listed as files, and refused by whoever reads them.
    fn list(&self, directory: &str) -> Result<Vec<(String, Kind)>, Error> {
        let repository = self.repository.to_thread_local();
        let id = match self.find(&repository, directory)? {
            Some(Found::Directory(id)) => id,
            Some(Found::File(_)) => return Err(Error::NotADirectory(self.name(directory))),
            None => return Err(Error::Missing(self.name(directory))),
        };
        let tree = repository.find_tree(id).map_err(|error| self.broken(directory, error))?;
        let mut names = Vec::new();
        for entry in tree.iter() {
            let entry = entry.map_err(|error| self.broken(directory, error))?;
            let name = entry.filename().to_str().map_err(|_| {
                self.refuse(&format!("{directory}/{}", entry.filename()), "has a name that is not UTF-8")
            })?;
            if names.len() >= self.limits.entries {
                let what = format!("`{}`", self.name(directory));
                return Err(Error::Limit { what, limit: "entries", allowed: self.limits.entries as u64 });
            }
            let path = crate::tree::joined(directory, name);
            let kind = match entry.kind() {
                EntryKind::Tree => Kind::Directory,
                EntryKind::Link if self.leads_down(&repository, directory, &path) => Kind::Directory,
                _ => Kind::File,
            };
            names.push((name.to_owned(), kind));
        }
        names.sort();
        Ok(names)
    }

    fn name(&self, path: &str) -> String {
        let below = match self.base.as_str() {
            "" => Some(path),
            base if base == path => Some(""),
            base => path.strip_prefix(base).and_then(|rest| rest.strip_prefix('/')),
        };
        match below {
            Some(below) => format!("{}{below}", self.before),
            None => format!("{}/{path}", self.before),
        }
    }
}

impl CommitFiles {
    /// Whether a link leads to a directory that can be walked: one that does not hold the link.
    fn leads_down(&self, repository: &Repository, directory: &str, link: &str) -> bool {
        let Ok(Some(Found::Directory(target))) = self.find(repository, link) else { return false };
        let mut above = directory;
        loop {
            match self.find(repository, above) {
                Ok(Some(Found::Directory(id))) if id != target => {}
                _ => return false,
            }
            if above.is_empty() {
                return true;
            }
            above = crate::tree::parent(above);
        }
    }
}
