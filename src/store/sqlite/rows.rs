//! Rows into records.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::SqliteRow;
use uuid::Uuid;

use crate::store::{Action, Change, Name, Record, Version};

pub(super) fn record(row: &SqliteRow) -> sqlx::Result<Record> {
    Ok(Record {
        id: parsed(row, "id", |text| Uuid::try_parse(text).ok())?,
        name: parsed(row, "name", |text| Name::new(text).ok())?,
        created: time(row, "created_ms")?,
        updated: time(row, "updated_ms")?,
        head: number(row, "head")?,
        semantic: row.try_get("semantic")?,
        components: number(row, "components")?,
    })
}

/// A version still without its tags.
pub(super) fn version(row: &SqliteRow) -> sqlx::Result<Version> {
    Ok(Version {
        number: number(row, "number")?,
        semantic: row.try_get("semantic")?,
        message: row.try_get("message")?,
        components: number(row, "components")?,
        saved: time(row, "saved_ms")?,
        digest: row.try_get::<&[u8], _>("digest")?.try_into().map_err(|_| unreadable("digest"))?,
        tags: Vec::new(),
    })
}

pub(super) fn change(row: &SqliteRow) -> sqlx::Result<Change> {
    Ok(Change {
        at: time(row, "at_ms")?,
        action: parsed(row, "action", Action::parse)?,
        number: number(row, "number")?,
        detail: row.try_get("detail")?,
    })
}

pub(super) fn tag(row: &SqliteRow) -> sqlx::Result<(u32, semver::Version)> {
    Ok((number(row, "number")?, parsed(row, "label", |text| text.parse().ok())?))
}

pub(super) fn number(row: &SqliteRow, column: &str) -> sqlx::Result<u32> {
    row.try_get::<i64, _>(column)?.try_into().map_err(|_| unreadable(column))
}

fn time(row: &SqliteRow, column: &str) -> sqlx::Result<Timestamp> {
    Timestamp::from_millisecond(row.try_get(column)?).map_err(|_| unreadable(column))
}

fn parsed<T>(row: &SqliteRow, column: &str, parse: impl Fn(&str) -> Option<T>) -> sqlx::Result<T> {
    parse(row.try_get(column)?).ok_or_else(|| unreadable(column))
}

fn unreadable(column: &str) -> sqlx::Error {
    sqlx::Error::ColumnDecode { index: column.to_owned(), source: "not what this program writes".into() }
}
