//! SQLite's result codes, in our words.

use std::path::Path;

use crate::store::{Error, Trouble};

/// What an error of the driver means for the user of the database at `path`.
pub(super) fn of(path: &Path, error: sqlx::Error) -> Error {
    let trouble = match &error {
        sqlx::Error::Database(database) => {
            database.code().and_then(|code| code.parse().ok()).map_or(Trouble::Other, of_code)
        }
        sqlx::Error::PoolTimedOut => Trouble::Busy,
        sqlx::Error::Io(_) | sqlx::Error::Configuration(_) => Trouble::Unopenable,
        _ => Trouble::Other,
    };
    Error::Database { path: path.to_owned(), trouble, source: Some(Box::new(error)) }
}

/// The low byte of an extended code is its class: <https://www.sqlite.org/rescode.html>.
fn of_code(extended: u32) -> Trouble {
    match extended & 0xFF {
        5 | 6 => Trouble::Busy,
        3 | 8 => Trouble::ReadOnly,
        10 => Trouble::Io,
        11 => Trouble::Corrupt,
        13 => Trouble::Full,
        14 => Trouble::Unopenable,
        26 => Trouble::Foreign,
        _ => Trouble::Other,
    }
}
