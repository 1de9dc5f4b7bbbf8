//! The story on SQLite, and what only a file can suffer.

use std::fs;

use sqlx::Row;

use super::super::tests::{at, draft, story, target};
use super::*;

fn block_on<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap().block_on(future)
}

fn trouble_of<T: std::fmt::Debug>(result: Result<T>) -> Trouble {
    match result {
        Err(Error::Database { trouble, .. }) => trouble,
        other => panic!("{other:?}"),
    }
}

#[test]
fn sqlite_lives_through_the_story() {
    let directory = tempfile::tempdir().unwrap();
    block_on(async {
        let store = Sqlite::open(&directory.path().join("new/deep/meshery.db")).await.unwrap();
        story(&store).await;
        let blobs: i64 = sqlx::query("SELECT count(*) FROM blob").fetch_one(&store.pool).await.unwrap().get(0);
        assert_eq!(blobs, 4, "two designs with a text and a file each");
        store.close().await;
    });
}

#[test]
fn looking_leaves_no_trace() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("none/meshery.db");
    block_on(async {
        let store = Sqlite::look(&path).await.unwrap();
        assert!(store.names(10).await.unwrap().is_empty());
    });
    assert!(!directory.path().join("none").exists());
}

#[test]
fn migrations_end_in_this_schema() {
    let directory = tempfile::tempdir().unwrap();
    let schema = block_on(async {
        let store = Sqlite::open(&directory.path().join("meshery.db")).await.unwrap();
        let rows = sqlx::query("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name")
            .fetch_all(&store.pool)
            .await
            .unwrap();
        rows.iter().map(|row| row.get::<String, _>(0) + ";\n").collect::<String>()
    });
    insta::with_settings!({ prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("sqlite_schema", schema);
    });
    for (at, migration) in MIGRATIONS.iter().enumerate() {
        assert!(migration.ends_with(&format!("PRAGMA user_version = {};\n", at + 1)), "migration {}", at + 1);
    }
}

#[test]
fn commits_are_synchronous_in_a_write_ahead_log() {
    let directory = tempfile::tempdir().unwrap();
    block_on(async {
        let store = Sqlite::open(&directory.path().join("meshery.db")).await.unwrap();
        let pragmas = sqlx::query("SELECT journal_mode, synchronous, foreign_keys FROM pragma_journal_mode, pragma_synchronous, pragma_foreign_keys")
            .fetch_one(&store.pool)
            .await
            .unwrap();
        let (mode, synchronous, keys): (String, i64, i64) = (pragmas.get(0), pragmas.get(1), pragmas.get(2));
        assert_eq!((mode.as_str(), synchronous, keys), ("wal", 2, 1));
    });
}

#[test]
fn files_that_are_no_database_of_ours_are_left_alone() {
    let directory = tempfile::tempdir().unwrap();
    let text = directory.path().join("text.db");
    fs::write(&text, "this is not a database\n".repeat(100)).unwrap();
    let foreign = directory.path().join("foreign.db");
    let newer = directory.path().join("newer.db");
    block_on(async {
        assert_eq!(trouble_of(Sqlite::open(&text).await), Trouble::Foreign);
        let pool = SqlitePool::connect_with(options(&foreign).create_if_missing(true)).await.unwrap();
        sqlx::raw_sql("CREATE TABLE theirs (a)").execute(&pool).await.unwrap();
        pool.close().await;
        assert_eq!(trouble_of(Sqlite::open(&foreign).await), Trouble::Foreign);
        let store = Sqlite::open(&newer).await.unwrap();
        sqlx::raw_sql("PRAGMA user_version = 99").execute(&store.pool).await.unwrap();
        store.close().await;
        assert_eq!(trouble_of(Sqlite::open(&newer).await), Trouble::Newer { found: 99, known: 1 });
    });
    assert!(fs::read_to_string(&text).unwrap().starts_with("this is not"));
}

#[test]
fn damage_is_told_not_read() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("meshery.db");
    let id = Uuid::from_u128(1);
    block_on(async {
        let store = Sqlite::open(&path).await.unwrap();
        store.save(&target(id, "web"), &draft("one"), at(1)).await.unwrap();
        let other = zstd::bulk::compress(b"two", 3).unwrap();
        sqlx::query("UPDATE blob SET data = $1").bind(other).execute(&store.pool).await.unwrap();
        assert!(matches!(store.content(id, 1).await, Err(Error::Damaged { number: 1, .. })));
        assert!(matches!(store.originals(id, 1).await, Err(Error::Damaged { number: 1, .. })));
        store.close().await;
        let mut bytes = fs::read(&path).unwrap();
        bytes[100..].fill(0xA5);
        fs::write(&path, bytes).unwrap();
        assert_eq!(trouble_of(Sqlite::open(&path).await), Trouble::Corrupt);
    });
}

#[test]
fn a_full_disk_keeps_what_was_there() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("meshery.db");
    let id = Uuid::from_u128(1);
    block_on(async {
        let store = Sqlite::connect(&path, options(&path).create_if_missing(true).pragma("max_page_count", "30"))
            .await
            .unwrap();
        store.save(&target(id, "web"), &draft("one"), at(1)).await.unwrap();
        // Digests do not compress: more than thirty pages of them.
        let large: Vec<u8> = (0..200_000_u32).flat_map(|n| n.wrapping_mul(2_654_435_761).to_le_bytes()).collect();
        let mut full = draft("two");
        full.originals[0].bytes = large;
        assert_eq!(trouble_of(store.save(&target(id, "web"), &full, at(2)).await), Trouble::Full);
        assert_eq!(store.versions(id).await.unwrap().len(), 1);
        assert_eq!(store.content(id, 1).await.unwrap(), "one");
    });
}

#[test]
fn many_writers_queue() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("meshery.db");
    // Each writer opens the file that is not there yet, as separate processes would.
    std::thread::scope(|scope| {
        for writer in 0..6 {
            let path = &path;
            scope.spawn(move || {
                block_on(async {
                    let store = Sqlite::open(path).await.unwrap();
                    for round in 0..5 {
                        let draft = draft(&format!("{writer} {round}"));
                        store.save(&target(Uuid::from_u128(7), "shared"), &draft, at(round)).await.unwrap();
                    }
                    store.close().await;
                });
            });
        }
    });
    block_on(async {
        let versions = Sqlite::look(&path).await.unwrap().versions(Uuid::from_u128(7)).await.unwrap();
        assert_eq!(versions.len(), 30);
        assert_eq!(versions[0].number, 30);
    });
}
