//! Why the store could not do what it was asked.

use std::path::PathBuf;

use uuid::Uuid;

use super::{At, Name, NameError, Record};

/// What went wrong, as data.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error(transparent)]
    Name(#[from] NameError),
    #[error("no saved design is called `{reference}`")]
    Unknown { reference: String, similar: Vec<String> },
    #[error("`{reference}` may mean any of {} saved designs", .candidates.len())]
    Ambiguous { reference: String, candidates: Vec<Record> },
    #[error("design `{name}` has no version {wanted}")]
    NoVersion { name: Name, wanted: At, newest: u32, tags: Vec<semver::Version> },
    /// A new design was asked for, or a new name, and there is one already.
    #[error("a design called `{name}` is already saved")]
    Taken { name: Name, id: Uuid },
    #[error("tag v{tag} of design `{name}` already stands at version {number}")]
    TagTaken { name: Name, tag: semver::Version, number: u32 },
    /// Somebody deleted or renamed the design between finding and changing it.
    #[error("the design was changed by somebody else at the same moment")]
    Conflict,
    #[error("{what} of {size} bytes exceed the limit of {limit} bytes")]
    Large { what: &'static str, size: u64, limit: u64 },
    /// What is stored is not what was saved.
    #[error("what is stored of design {design}, version {number}, is damaged")]
    Damaged { design: Uuid, number: u32 },
    /// The database itself is in the way.
    #[error("cannot use the database `{}`: {trouble}", .path.display())]
    Database { path: PathBuf, trouble: Trouble, source: Option<Box<dyn std::error::Error + Send + Sync>> },
}

/// What is wrong with the place where designs are kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Trouble {
    #[error("its directory cannot be made")]
    Directory,
    #[error("it cannot be opened")]
    Unopenable,
    #[error("it, or its directory, is read-only")]
    ReadOnly,
    #[error("the disk is full")]
    Full,
    #[error("it is damaged")]
    Corrupt,
    #[error("it is not a database of Meshery's")]
    Foreign,
    #[error("it was written by a newer release (its schema is {found}, this release knows {known})")]
    Newer { found: i64, known: i64 },
    #[error("another process is writing and did not finish in time")]
    Busy,
    #[error("reading or writing failed")]
    Io,
    #[error("it does not answer as expected")]
    Other,
}
