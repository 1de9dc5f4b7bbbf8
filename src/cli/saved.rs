//! What the commands about saved designs share: reaching the backend, and showing records.

use std::path::Path;

use clap::{Args, FromArgMatches};
use jiff::Timestamp;
use mesheryctl::backend::{self, Backend, Local};
use mesheryctl::store::{Listing, Name, Record, Sort, Sqlite, Version};
use serde::Serialize;

use super::{Failure, Global, Ui, context};

/// What a command means to do with the store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Access {
    /// Reads only: a store that is not there is empty and is not made.
    Look,
    Change,
}

/// Asks the backend, and lets go of it.
pub(crate) fn ask<T>(
    ui: &Ui,
    access: Access,
    question: impl AsyncFnOnce(&Local<Sqlite>) -> backend::Result<T>,
) -> Result<T, Failure> {
    ask_in(&context::data_dir(ui.global())?, access, question)
}

fn ask_in<T>(
    directory: &Path,
    access: Access,
    question: impl AsyncFnOnce(&Local<Sqlite>) -> backend::Result<T>,
) -> Result<T, Failure> {
    let path = directory.join("meshery.db");
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .map_err(|error| Failure::new(format!("cannot start: {error}")))?;
    runtime.block_on(async {
        let store = match access {
            Access::Look => Sqlite::look(&path).await,
            Access::Change => Sqlite::open(&path).await,
        };
        let backend = Local::new(store.map_err(backend::Error::from)?);
        let answer = question(&backend).await;
        backend.close().await;
        Ok(answer?)
    })
}

/// The most names that a shell is offered.
const OFFERED_MAX: u32 = 1000;

/// Names of saved designs, for completion: where they live unless the line being typed says otherwise.
pub(crate) fn names() -> Option<Vec<String>> {
    let nothing_typed = Global::augment_args(clap::Command::new("mesheryctl")).try_get_matches_from(["mesheryctl"]);
    let global = Global::from_arg_matches(&nothing_typed.ok()?).ok()?;
    let listing = Listing { sort: Sort::Name, page: 0, size: OFFERED_MAX };
    let directory = context::data_dir(&global).ok()?;
    let page = ask_in(&directory, Access::Look, async |backend| backend.list(&listing).await).ok()?;
    Some(page.records.into_iter().map(|record| record.name.to_string()).collect())
}

/// A name as it was typed. Not clap's to check: its errors repeat what was typed, control characters and all.
pub(crate) fn name(text: &str) -> Result<Name, Failure> {
    Name::new(text).map_err(|error| Failure::new(error.to_string()))
}

/// A record as programs see it.
#[derive(Serialize)]
pub(crate) struct RecordData {
    id: uuid::Uuid,
    name: String,
    version: u32,
    semver: String,
    components: u32,
    created: Timestamp,
    updated: Timestamp,
}

impl From<&Record> for RecordData {
    fn from(record: &Record) -> RecordData {
        RecordData {
            id: record.id,
            name: record.name.to_string(),
            version: record.head,
            semver: record.semantic.clone(),
            components: record.components,
            created: record.created,
            updated: record.updated,
        }
    }
}

/// A version as programs see it.
#[derive(Serialize)]
pub(crate) struct VersionData {
    version: u32,
    semver: String,
    tags: Vec<String>,
    components: u32,
    saved: Timestamp,
    message: String,
    sha256: String,
}

impl From<&Version> for VersionData {
    fn from(version: &Version) -> VersionData {
        VersionData {
            version: version.number,
            semver: version.semantic.clone(),
            tags: version.tags.iter().map(|tag| format!("v{tag}")).collect(),
            components: version.components,
            saved: version.saved,
            message: version.message.clone(),
            sha256: hex(&version.digest),
        }
    }
}

pub(crate) fn hex(digest: &[u8]) -> String {
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The part of an id that is shown, and enough to refer to a design by.
pub(crate) fn short(id: uuid::Uuid) -> String {
    id.to_string()[..8].to_owned()
}

/// A time as people read it; UTC, so that two people read the same.
pub(crate) fn time(at: Timestamp) -> String {
    at.strftime("%Y-%m-%d %H:%M:%SZ").to_string()
}
