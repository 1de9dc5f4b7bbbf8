//! Files of git repositories at a revision, here and elsewhere.
//!
//! Objects are read as they lie in the repository: no filter, hook or other program that a repository names is run, and
//! no configuration but the repository's own is read.

mod address;
mod remote;
#[cfg(test)]
mod tests;
mod transport;
mod tree;

use std::path::{Path, PathBuf};

use gix::{ObjectId, ThreadSafeRepository, bstr::ByteSlice, sec};

pub(super) use address::is_scp;
pub use address::{GitAddress, GitPlace};
pub use remote::{GitOptions, environment_token, fetch};

use super::{Error, Fetched, Provenance, Result};
use crate::tree::{Limits, Tree, joined};
use tree::CommitFiles;

/// The files of the repository around `directory` as they are at a revision: a branch, a tag, a hash, `HEAD~2`.
///
/// `path` is relative to `directory`; in a bare repository to its root. The tree is that of the whole commit.
///
/// # Errors
/// No repository, no such revision, or a repository that is broken.
pub fn commit(directory: &Path, revision: &str, path: &str, limits: Limits) -> Result<Fetched> {
    let shown = directory.to_string_lossy().into_owned();
    let repository = discover(directory, &shown, limits)?;
    let base = place_of(directory, &repository);
    let path = Tree::join(&base, path)?;
    let found = {
        let local = repository.to_thread_local();
        resolve(&local, &shown, revision)?
    };
    let labels = Labels { repository: shown.clone(), base, shown };
    found.files(repository, &labels, path, limits, None)
}

/// How a repository and its files are called.
struct Labels {
    /// In the provenance.
    repository: String,
    /// Before the names of files.
    shown: String,
    /// The directory within the repository that `shown` stands for.
    base: String,
}

/// A commit that was asked for.
struct Found {
    revision: String,
    commit: ObjectId,
    tree: ObjectId,
    date: String,
}

impl Found {
    fn files(
        self,
        repository: ThreadSafeRepository,
        labels: &Labels,
        path: String,
        limits: Limits,
        kept: Option<tempfile::TempDir>,
    ) -> Result<Fetched> {
        let before = format!("{}@{}:", labels.shown, self.revision);
        let files = CommitFiles::new(repository, self.tree, limits).named(before, labels.base.clone()).keeping(kept);
        let tree = Tree::new(files);
        if tree.kind(&path)?.is_none() {
            return Err(crate::tree::Error::Missing(tree.name(&path)).into());
        }
        let provenance = Provenance::Git {
            repository: labels.repository.clone(),
            revision: self.revision,
            commit: self.commit.to_string(),
            date: self.date,
            path: path.clone(),
        };
        Ok(Fetched { tree, path, provenance })
    }
}

/// How repositories are opened: alone, and with a limit to what an object may make of itself.
fn options(limits: Limits) -> gix::open::Options {
    let limit = limits.file_bytes.min(i64::MAX as u64);
    gix::open::Options::isolated().config_overrides([format!("gitoxide.objects.allocLimit={limit}")])
}

fn discover(directory: &Path, shown: &str, limits: Limits) -> Result<ThreadSafeRepository> {
    let options = sec::trust::Mapping { full: options(limits), reduced: options(limits) };
    ThreadSafeRepository::discover_opts(directory, Default::default(), options).map_err(|error| broken(shown, error))
}

/// Where a directory stands in the work tree of its repository.
fn place_of(directory: &Path, repository: &ThreadSafeRepository) -> String {
    let canonical = |path: &Path| path.canonicalize().unwrap_or_else(|_| PathBuf::from(path));
    let Some(root) = repository.work_dir().map(canonical) else { return String::new() };
    let directory = canonical(directory);
    let below = directory.strip_prefix(root).unwrap_or(Path::new(""));
    below.iter().fold(String::new(), |path, name| joined(&path, &name.to_string_lossy()))
}

/// The commit that a revision means.
fn resolve(repository: &gix::Repository, shown: &str, revision: &str) -> Result<Found> {
    let wrong = |error: gix::Error| Error::Revision {
        repository: shown.to_owned(),
        revision: revision.to_owned(),
        message: message(&error),
    };
    let id = repository.rev_parse_single(revision.as_bytes().as_bstr()).map_err(wrong)?;
    let object = id.object().map_err(wrong)?;
    let commit = object.peel_to_commit().map_err(wrong)?;
    let date = commit.author().map_err(wrong)?.time().map_err(|error| broken(shown, error))?;
    Ok(Found {
        revision: revision.to_owned(),
        commit: commit.id,
        tree: commit.tree_id().map_err(wrong)?.detach(),
        date: date.format_or_unix(gix::date::time::format::ISO8601_STRICT),
    })
}

fn broken(repository: &str, error: impl Into<gix::Error>) -> Error {
    Error::Git { repository: repository.to_owned(), message: message(&error.into()) }
}

/// What an error says, with its causes.
fn message(error: &gix::Error) -> String {
    let mut said: Vec<String> = vec![error.to_string()];
    let mut cause = std::error::Error::source(error);
    while let Some(at) = cause {
        let text = at.to_string();
        if !said.contains(&text) {
            said.push(text);
        }
        cause = at.source();
    }
    said.join(": ")
}
