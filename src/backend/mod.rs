//! What a user can ask of a running Meshery, as one trait: so far, saved designs and their history.
//!
//! [`Local`] answers from a store in this process; a remote server is to answer the same questions in the same words.
//!
//! # Which record a save means
//! Names are unique, as users of `kubectl` and `git` expect of a name they choose: saving under a name that exists adds a
//! version to it, saving under a new name makes a record. [`IfExists::Refuse`] wants the latter only. The record's id is
//! the design's own when it is free, otherwise one derived from it; it never changes after. Name and id of a saved text
//! are those of its record.

mod error;
mod local;

use std::future::Future;

use jiff::Timestamp;
use uuid::Uuid;

use crate::design::Design;
use crate::store::{Change, IfExists, Listing, Name, Original, Page, Record, Reference, Saved, Tagged, Version};

pub use self::error::Error;
pub use self::local::Local;

pub type Result<T> = std::result::Result<T, Error>;

/// Saved designs and their history. Every method that changes something takes the time it is to be remembered by.
pub trait Backend: Send + Sync {
    /// Saves a design as the newest version of the record of its name. What equals the newest version adds none.
    ///
    /// # Errors
    /// [`crate::store::Error::Taken`] under [`IfExists::Refuse`] when the name is in use.
    fn save(&self, save: Save, now: Timestamp) -> impl Future<Output = Result<Receipt>> + Send;

    /// One page of what is saved.
    fn list(&self, listing: &Listing) -> impl Future<Output = Result<Page>> + Send;

    /// The record that a reference means.
    ///
    /// # Errors
    /// [`Error::Whole`] when it names a version: what is to be done (`action`, as in `deleted`) is done to all of them.
    fn find_whole(&self, reference: &Reference, action: &'static str) -> impl Future<Output = Result<Record>> + Send;

    /// A version of a design: the newest unless the reference says otherwise.
    fn view(&self, reference: &Reference) -> impl Future<Output = Result<View>> + Send;

    /// The files a version was made from.
    fn originals(&self, reference: &Reference) -> impl Future<Output = Result<(Version, Vec<Original>)>> + Send;

    /// All versions and all changes, newest first, whatever version the reference names.
    fn history(&self, reference: &Reference) -> impl Future<Output = Result<History>> + Send;

    /// Gives a design another name. Its id stays; the new name is a version of its own.
    fn rename(&self, reference: &Reference, to: &Name, now: Timestamp) -> impl Future<Output = Result<Renamed>> + Send;

    /// Labels the version that a reference means. Only `force` moves a label that stands elsewhere.
    fn tag(
        &self,
        reference: &Reference,
        tag: &semver::Version,
        force: bool,
        now: Timestamp,
    ) -> impl Future<Output = Result<(Record, u32, Tagged)>> + Send;

    /// Takes a label away; says where it stood.
    fn untag(
        &self,
        reference: &Reference,
        tag: &semver::Version,
        now: Timestamp,
    ) -> impl Future<Output = Result<(Record, u32)>> + Send;

    /// Makes what an earlier version held the newest version. History is added to, never rewritten.
    fn roll_back(
        &self,
        reference: &Reference,
        message: Option<String>,
        now: Timestamp,
    ) -> impl Future<Output = Result<Receipt>> + Send;

    /// Deletes a design with its whole history; says how many versions went.
    fn delete(&self, id: Uuid) -> impl Future<Output = Result<u32>> + Send;

    /// Finishes outstanding work.
    fn close(&self) -> impl Future<Output = ()> + Send;
}

/// A design to be saved.
#[derive(Debug, Clone)]
pub struct Save {
    pub name: Name,
    /// Its own name and id give way to the record's.
    pub design: Design,
    pub message: String,
    pub originals: Vec<Original>,
    pub if_exists: IfExists,
}

/// What became of a design that was to be saved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub id: Uuid,
    pub name: Name,
    pub saved: Saved,
}

/// A design as it was saved.
#[derive(Debug, Clone, PartialEq)]
pub struct View {
    pub record: Record,
    pub version: Version,
    pub design: Design,
}

/// All there is to know of how a design came about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct History {
    pub record: Record,
    pub versions: Vec<Version>,
    pub changes: Vec<Change>,
}

/// A design under its new name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Renamed {
    pub id: Uuid,
    pub from: Name,
    /// The version that the new name made; `None` when it bore the name already.
    pub number: Option<u32>,
}

#[cfg(test)]
mod tests;
