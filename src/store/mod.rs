//! Saving and finding records: designs with every version they ever had, their tags, and the log of what was done.
//!
//! [`Store`] is all that the rest of the program sees. SQL appears nowhere but in this room's back ends, with bound
//! parameters only. Time and paths come from the caller. A call that returned `Ok` is durable; a call that did not has
//! changed nothing.
//!
//! A record's id is decided once, when its name is first saved, and outlives renaming. Names are unique. Versions are
//! only ever added: going back is a new version with an old text.

mod error;
mod name;
mod reference;
mod sqlite;

use std::future::Future;

use jiff::Timestamp;
use uuid::Uuid;

use crate::document::similar;

pub use self::error::{Error, Trouble};
pub use self::name::{Name, NameError};
pub use self::reference::{At, Choice, Reference, parse_tag};
pub use self::sqlite::Sqlite;

/// Where designs are kept.
///
/// Methods take ids, not names: find first ([`find`]), then act. What was deleted in between is an [`Error::Conflict`].
pub trait Store: Send + Sync {
    /// Adds a version to the design of the target's id, which is made if there is none.
    ///
    /// A text that equals the newest version's adds nothing ([`Saved::Unchanged`]).
    ///
    /// # Errors
    /// [`Error::Taken`] when another design bears the name, or any does under [`IfExists::Refuse`]; [`Error::Conflict`]
    /// when the design of this id bears another name.
    fn save(&self, target: &Target, draft: &Draft, now: Timestamp) -> impl Future<Output = Result<Saved>> + Send;

    /// One page of what is saved; reads no contents.
    fn list(&self, listing: &Listing) -> impl Future<Output = Result<Page>> + Send;

    /// The designs whose name equals `text` or whose id begins with it.
    fn candidates(&self, text: &str) -> impl Future<Output = Result<Vec<Record>>> + Send;

    /// All names in order, at most `limit`.
    fn names(&self, limit: u32) -> impl Future<Output = Result<Vec<Name>>> + Send;

    /// The versions of a design, newest first, each with its tags.
    fn versions(&self, id: Uuid) -> impl Future<Output = Result<Vec<Version>>> + Send;

    /// What was done to a design, newest first.
    fn changes(&self, id: Uuid) -> impl Future<Output = Result<Vec<Change>>> + Send;

    /// The text of a version, proved against its digest.
    fn content(&self, id: Uuid, number: u32) -> impl Future<Output = Result<String>> + Send;

    /// The files that a version was made from, byte for byte.
    fn originals(&self, id: Uuid, number: u32) -> impl Future<Output = Result<Vec<Original>>> + Send;

    /// Gives a design another name, which is a version of its own: `draft` is the text under the new name.
    ///
    /// # Errors
    /// [`Error::Taken`] when another design bears the name.
    fn rename(&self, id: Uuid, to: &Name, draft: &Draft, now: Timestamp) -> impl Future<Output = Result<u32>> + Send;

    /// Labels a version.
    ///
    /// # Errors
    /// [`Error::TagTaken`] when the label stands at another version and `force` is not given.
    fn tag(
        &self,
        id: Uuid,
        number: u32,
        tag: &semver::Version,
        force: bool,
        now: Timestamp,
    ) -> impl Future<Output = Result<Tagged>> + Send;

    /// Takes a label away and says where it stood.
    fn untag(&self, id: Uuid, tag: &semver::Version, now: Timestamp) -> impl Future<Output = Result<u32>> + Send;

    /// Deletes a design with all its versions, tags and log; says how many versions went.
    fn delete(&self, id: Uuid) -> impl Future<Output = Result<u32>> + Send;

    /// Finishes outstanding work and lets go of files. Dropping a store loses nothing, it only leaves SQLite's side files.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

pub type Result<T> = std::result::Result<T, Error>;

/// A saved design, without its contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub id: Uuid,
    pub name: Name,
    pub created: Timestamp,
    pub updated: Timestamp,
    /// Number of the newest version.
    pub head: u32,
    /// Semantic version that the newest version states of itself.
    pub semantic: String,
    /// How many components the newest version has.
    pub components: u32,
}

/// One state a design was saved in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Version {
    /// Counted from 1 without gaps.
    pub number: u32,
    /// What the design states as its version.
    pub semantic: String,
    pub message: String,
    pub components: u32,
    pub saved: Timestamp,
    /// SHA-256 of the text.
    pub digest: [u8; 32],
    /// Labels in order of precedence.
    pub tags: Vec<semver::Version>,
}

/// Which design a draft is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    pub id: Uuid,
    pub name: Name,
    pub if_exists: IfExists,
}

/// What saving does with a name that is in use.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum IfExists {
    /// Adds a version to it.
    #[default]
    AddVersion,
    Refuse,
}

/// What is to become a version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Draft {
    pub semantic: String,
    pub message: String,
    pub components: u32,
    /// The canonical text of the design.
    pub content: String,
    pub originals: Vec<Original>,
    /// What the log is to call it.
    pub action: Action,
}

/// A file that a version was made from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Original {
    /// As the user named it.
    pub name: String,
    /// `kubernetes`, `design`.
    pub format: String,
    pub bytes: Vec<u8>,
}

/// What became of a draft; with the number of the version that holds its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Saved {
    Created,
    Version(u32),
    Unchanged(u32),
}

impl Saved {
    pub fn number(self) -> u32 {
        match self {
            Saved::Created => 1,
            Saved::Version(number) | Saved::Unchanged(number) => number,
        }
    }
}

/// What became of a label.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tagged {
    Set,
    Moved { from: u32 },
    Unchanged,
}

/// One line of a design's log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub at: Timestamp,
    pub action: Action,
    /// The version it made or pointed at.
    pub number: u32,
    pub detail: String,
}

/// What can be done to a design.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    Created,
    Saved,
    Renamed,
    RolledBack,
    Tagged,
    TagMoved,
    Untagged,
}

impl Action {
    const ALL: [(Action, &'static str); 7] = [
        (Action::Created, "created"),
        (Action::Saved, "saved"),
        (Action::Renamed, "renamed"),
        (Action::RolledBack, "rolled-back"),
        (Action::Tagged, "tagged"),
        (Action::TagMoved, "tag-moved"),
        (Action::Untagged, "untagged"),
    ];

    pub fn as_str(self) -> &'static str {
        Action::ALL[self as usize].1
    }

    fn parse(text: &str) -> Option<Action> {
        Action::ALL.iter().find(|(_, name)| *name == text).map(|(action, _)| *action)
    }
}

/// Which page of the saved designs, in which order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Listing {
    pub sort: Sort,
    /// Counted from 0.
    pub page: u32,
    /// Designs a page; 0 is all of them.
    pub size: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    #[default]
    Name,
    /// Last changed first.
    Updated,
}

/// A page and how much there is altogether.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    pub records: Vec<Record>,
    pub total: u64,
}

/// How many names are looked through for one that was meant.
const SIMILAR_NAMES_MAX: u32 = 10_000;

/// The design a reference means, and the version if it names one.
///
/// # Errors
/// [`Error::Unknown`] with similar names, [`Error::Ambiguous`] with the candidates.
pub async fn find(store: &impl Store, reference: &Reference) -> Result<(Record, Option<At>)> {
    let mut candidates = Vec::new();
    for base in reference.bases() {
        candidates.extend(store.candidates(base).await?);
    }
    match reference.choose(&candidates) {
        Choice::One(record, at) => Ok((*record, at)),
        Choice::Many(candidates) => Err(Error::Ambiguous { reference: reference.to_string(), candidates }),
        Choice::None => {
            let names = store.names(SIMILAR_NAMES_MAX).await?;
            let base = reference.bases().last().unwrap_or_default();
            let similar = similar(base, names.iter().map(Name::as_str)).into_iter().map(str::to_owned).collect();
            Err(Error::Unknown { reference: reference.to_string(), similar })
        }
    }
}

/// The version of a design that a reference means: the newest unless it says otherwise.
///
/// # Errors
/// [`Error::NoVersion`] with what there is.
pub async fn version(store: &impl Store, record: &Record, at: Option<&At>) -> Result<Version> {
    let versions = store.versions(record.id).await?;
    let wanted = at.cloned().unwrap_or(At::Number(record.head));
    let tags = || versions.iter().flat_map(|version| version.tags.iter().cloned()).collect();
    let none =
        || Error::NoVersion { name: record.name.clone(), wanted: wanted.clone(), newest: record.head, tags: tags() };
    let found = versions.iter().find(|version| match &wanted {
        At::Number(number) => version.number == *number,
        At::Tag(tag) => version.tags.contains(tag),
        At::Unknown(_) => false,
    });
    found.cloned().ok_or_else(none)
}

#[cfg(test)]
mod tests;
