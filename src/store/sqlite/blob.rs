//! Texts and files by their digest, compressed.

use sha2::{Digest as _, Sha256};
use sqlx::Row;
use sqlx::sqlite::SqliteConnection;

use super::Sqlite;
use crate::store::{Draft, Error, Result};

/// The largest text or file that is kept. SQLite's own limit of a value is 1,000,000,000 bytes.
const BYTES_MAX: u64 = 512 << 20;

/// zstd's own default: beyond it, saving gets slower much faster than files get smaller.
const LEVEL: i32 = 3;

/// Bytes ready to be written.
pub(super) struct Packed {
    pub(super) digest: [u8; 32],
    size: i64,
    data: Vec<u8>,
}

/// A draft's text and files, made ready before the database is locked.
pub(super) struct PackedDraft {
    pub(super) content: Packed,
    pub(super) originals: Vec<Packed>,
}

pub(super) fn pack(draft: &Draft) -> Result<PackedDraft> {
    Ok(PackedDraft {
        content: pack_bytes("the design's text", draft.content.as_bytes())?,
        originals: draft
            .originals
            .iter()
            .map(|original| pack_bytes("an original file", &original.bytes))
            .collect::<Result<_>>()?,
    })
}

fn pack_bytes(what: &'static str, bytes: &[u8]) -> Result<Packed> {
    let large = || Error::Large { what, size: bytes.len() as u64, limit: BYTES_MAX };
    if bytes.len() as u64 > BYTES_MAX {
        return Err(large());
    }
    // Compression into memory has no other way to fail than for want of it.
    let data = zstd::bulk::compress(bytes, LEVEL).map_err(|_| large())?;
    Ok(Packed { digest: Sha256::digest(bytes).into(), size: bytes.len() as i64, data })
}

impl Sqlite {
    pub(super) async fn write_blob(&self, connection: &mut SqliteConnection, packed: &Packed) -> Result<()> {
        sqlx::query("INSERT INTO blob (digest, size, data) VALUES ($1, $2, $3) ON CONFLICT (digest) DO NOTHING")
            .bind(packed.digest.as_slice())
            .bind(packed.size)
            .bind(packed.data.as_slice())
            .execute(connection)
            .await
            .map_err(|error| self.trouble(error))?;
        Ok(())
    }

    /// Takes away what no version needs any more.
    pub(super) async fn sweep_blobs(&self, connection: &mut SqliteConnection) -> Result<()> {
        sqlx::query(
            "DELETE FROM blob WHERE NOT EXISTS (SELECT 1 FROM version WHERE version.digest = blob.digest) \
             AND NOT EXISTS (SELECT 1 FROM original WHERE original.digest = blob.digest)",
        )
        .execute(connection)
        .await
        .map_err(|error| self.trouble(error))?;
        Ok(())
    }
}

/// The bytes of a row with `digest`, `size` and `data`; `None` when they are not those that were saved.
pub(super) fn unpack(row: &sqlx::sqlite::SqliteRow) -> sqlx::Result<Option<Vec<u8>>> {
    let (digest, size, data): (&[u8], i64, &[u8]) =
        (row.try_get("digest")?, row.try_get("size")?, row.try_get("data")?);
    let size = u64::try_from(size).ok().filter(|size| *size <= BYTES_MAX);
    let bytes = size.and_then(|size| zstd::bulk::decompress(data, size as usize).ok());
    Ok(bytes.filter(|bytes| Sha256::digest(bytes)[..] == *digest))
}
