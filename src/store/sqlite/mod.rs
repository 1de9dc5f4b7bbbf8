//! The store in one SQLite file: what a single user has, with nothing to set up.
//!
//! Write-ahead log with `synchronous=FULL`, one immediate transaction a call: acknowledged is on the disk, and two
//! processes queue instead of failing. The schema's number stands in `user_version`, so that opening an up-to-date
//! database costs one query.

mod blob;
mod design;
mod rows;
mod trouble;

use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection, SqlitePool, SqlitePoolOptions, SqliteSynchronous};
use sqlx::{Row, Sqlite as Driver, Transaction};
use uuid::Uuid;

use super::{
    Change, Draft, Error, Listing, Name, Original, Page, Record, Result, Saved, Store, Tagged, Target, Trouble, Version,
};

/// `user_version` of a database is how many of these it has seen; each file sets the number itself.
const MIGRATIONS: [&str; 1] = [include_str!("../migrations/sqlite/0001_designs.sql")];

/// `application_id` of a database of ours: "MSHY".
const APPLICATION_ID: i64 = 0x4D53_4859;

/// How long a process waits for another one's transaction.
const BUSY_TIMEOUT: Duration = Duration::from_secs(30);

/// Connections a process holds at most: SQLite has one writer, the others read.
const CONNECTIONS_MAX: u32 = 4;

/// Designs in one SQLite file.
#[derive(Debug, Clone)]
pub struct Sqlite {
    pool: SqlitePool,
    path: PathBuf,
}

impl Sqlite {
    /// Opens the database, making its directory and bringing its schema up to date if need be.
    ///
    /// # Errors
    /// [`Error::Database`] with what is wrong with the place.
    pub async fn open(path: &Path) -> Result<Sqlite> {
        let at = |trouble, source: std::io::Error| Error::Database {
            path: path.to_owned(),
            trouble,
            source: Some(Box::new(source)),
        };
        if let Some(directory) = path.parent() {
            make_directory(directory).map_err(|error| at(Trouble::Directory, error))?;
        }
        make_private(path);
        Sqlite::connect(path, options(path).create_if_missing(true)).await
    }

    /// Opens the database to look at it only: one that is not there is empty and stays away, and one in a directory that
    /// cannot be written to is read as it stands.
    ///
    /// # Errors
    /// As [`Sqlite::open`].
    pub async fn look(path: &Path) -> Result<Sqlite> {
        if !path.try_exists().unwrap_or(true) {
            return Sqlite::connect(path, SqliteConnectOptions::new().in_memory(true)).await;
        }
        match Sqlite::connect(path, options(path)).await {
            // The write-ahead log needs side files. Without a log that waits to be read, the file is the whole truth.
            Err(Error::Database { trouble: Trouble::ReadOnly | Trouble::Unopenable, .. })
                if !side_file(path).exists() =>
            {
                Sqlite::connect(path, options(path).read_only(true).immutable(true)).await
            }
            result => result,
        }
    }

    async fn connect(path: &Path, options: SqliteConnectOptions) -> Result<Sqlite> {
        // A database in memory lives as long as its connection and belongs to it.
        let pool = SqlitePoolOptions::new()
            .max_connections(if options.get_filename() == Path::new(":memory:") { 1 } else { CONNECTIONS_MAX })
            .idle_timeout(None)
            .max_lifetime(None)
            .connect_with(options)
            .await
            .map_err(|error| trouble::of(path, error))?;
        let store = Sqlite { pool, path: path.to_owned() };
        store.migrate().await?;
        Ok(store)
    }

    async fn migrate(&self) -> Result<()> {
        let known = MIGRATIONS.len() as i64;
        let mut connection = self.pool.acquire().await.map_err(|error| self.trouble(error))?;
        let found = self.schema(&mut connection).await?;
        if found == known {
            return Ok(());
        }
        if found == 0 {
            self.enable_log(&mut connection).await?;
        }
        drop(connection);
        let mut transaction = self.begin().await?;
        // Another process may have been quicker.
        let found = self.schema(&mut transaction).await?;
        for migration in MIGRATIONS.iter().skip(found as usize).copied() {
            sqlx::raw_sql(migration).execute(&mut *transaction).await.map_err(|error| self.trouble(error))?;
        }
        self.commit(transaction).await
    }

    /// The number of the schema, once it is sure that this is a database of ours.
    async fn schema(&self, connection: &mut SqliteConnection) -> Result<i64> {
        let row = sqlx::query(
            "SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version), \
             (SELECT count(*) FROM sqlite_schema)",
        )
        .fetch_one(connection)
        .await
        .map_err(|error| self.trouble(error))?;
        let of = |column: usize| row.try_get::<i64, _>(column).map_err(|error| self.trouble(error));
        let (application, found, tables, known) = (of(0)?, of(1)?, of(2)?, MIGRATIONS.len() as i64);
        let trouble = match (application, found) {
            (APPLICATION_ID, 1..) if found <= known => return Ok(found),
            (APPLICATION_ID, _) => Trouble::Newer { found, known },
            (0, 0) if tables == 0 => return Ok(0),
            _ => Trouble::Foreign,
        };
        Err(Error::Database { path: self.path.clone(), trouble, source: None })
    }

    /// Turns the write-ahead log on, for good. SQLite does not wait for a lock here, so we do.
    async fn enable_log(&self, connection: &mut SqliteConnection) -> Result<()> {
        let pause = Duration::from_millis(20);
        let mut attempts = BUSY_TIMEOUT.as_millis() / pause.as_millis();
        loop {
            match sqlx::raw_sql("PRAGMA journal_mode = WAL").execute(&mut *connection).await {
                Ok(_) => return Ok(()),
                Err(error) => match self.trouble(error) {
                    Error::Database { trouble: Trouble::Busy, .. } if attempts > 0 => attempts -= 1,
                    error => return Err(error),
                },
            }
            tokio::time::sleep(pause).await;
        }
    }

    /// Begins a transaction that writes: the lock is taken at once, for a lock taken late cannot be waited for.
    async fn begin(&self) -> Result<Transaction<'static, Driver>> {
        self.pool.begin_with("BEGIN IMMEDIATE").await.map_err(|error| self.trouble(error))
    }

    async fn commit(&self, transaction: Transaction<'static, Driver>) -> Result<()> {
        transaction.commit().await.map_err(|error| self.trouble(error))
    }

    fn trouble(&self, error: sqlx::Error) -> Error {
        trouble::of(&self.path, error)
    }
}

fn options(path: &Path) -> SqliteConnectOptions {
    // `file:…` would be read as a URI; an absolute or dotted path never is.
    let path = if path.is_relative() { Path::new(".").join(path) } else { path.to_owned() };
    SqliteConnectOptions::new()
        .filename(path)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        // Small commands wait for a thread switch less often.
        .row_buffer_size(1000)
}

/// Where SQLite keeps what is not yet in the file itself.
fn side_file(path: &Path) -> PathBuf {
    let mut side = path.as_os_str().to_owned();
    side.push("-wal");
    PathBuf::from(side)
}

/// Designs may hold what others should not read.
fn make_directory(directory: &Path) -> std::io::Result<()> {
    let mut builder = std::fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(directory)
}

/// Makes an empty file that only its owner reads, in a directory that may be open to others; SQLite's side files follow
/// it. What stands in the way SQLite finds out by itself, and tells better.
fn make_private(path: &Path) {
    let mut options = std::fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    drop(options.open(path));
}

impl Store for Sqlite {
    async fn save(&self, target: &Target, draft: &Draft, now: Timestamp) -> Result<Saved> {
        let packed = blob::pack(draft)?;
        let mut transaction = self.begin().await?;
        let saved = self.save_in(&mut transaction, target, draft, &packed, now).await?;
        self.commit(transaction).await?;
        Ok(saved)
    }

    async fn list(&self, listing: &Listing) -> Result<Page> {
        self.read_page(listing).await
    }

    async fn candidates(&self, text: &str) -> Result<Vec<Record>> {
        self.read_candidates(text).await
    }

    async fn names(&self, limit: u32) -> Result<Vec<Name>> {
        self.read_names(limit).await
    }

    async fn versions(&self, id: Uuid) -> Result<Vec<Version>> {
        self.read_versions(id).await
    }

    async fn changes(&self, id: Uuid) -> Result<Vec<Change>> {
        self.read_changes(id).await
    }

    async fn content(&self, id: Uuid, number: u32) -> Result<String> {
        self.read_content(id, number).await
    }

    async fn originals(&self, id: Uuid, number: u32) -> Result<Vec<Original>> {
        self.read_originals(id, number).await
    }

    async fn rename(&self, id: Uuid, to: &Name, draft: &Draft, now: Timestamp) -> Result<u32> {
        let packed = blob::pack(draft)?;
        let mut transaction = self.begin().await?;
        let number = self.rename_in(&mut transaction, id, to, draft, &packed, now).await?;
        self.commit(transaction).await?;
        Ok(number)
    }

    async fn tag(&self, id: Uuid, number: u32, tag: &semver::Version, force: bool, now: Timestamp) -> Result<Tagged> {
        let mut transaction = self.begin().await?;
        let tagged = self.tag_in(&mut transaction, id, number, tag, force, now).await?;
        self.commit(transaction).await?;
        Ok(tagged)
    }

    async fn untag(&self, id: Uuid, tag: &semver::Version, now: Timestamp) -> Result<u32> {
        let mut transaction = self.begin().await?;
        let number = self.untag_in(&mut transaction, id, tag, now).await?;
        self.commit(transaction).await?;
        Ok(number)
    }

    async fn delete(&self, id: Uuid) -> Result<u32> {
        let mut transaction = self.begin().await?;
        let versions = self.delete_in(&mut transaction, id).await?;
        self.commit(transaction).await?;
        Ok(versions)
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

#[cfg(test)]
mod tests;
