//! The queries about designs: first what writes, inside a transaction of the caller's, then what reads.

use jiff::Timestamp;
use sqlx::Row;
use sqlx::sqlite::{SqliteConnection, SqliteRow};
use uuid::Uuid;

use super::blob::{self, PackedDraft};
use super::{Sqlite, rows};
use crate::store::reference::is_id_prefix;
use crate::store::{
    Action, At, Change, Draft, Error, IfExists, Listing, Name, Original, Page, Record, Result, Saved, Sort, Tagged,
    Target, Version,
};

type Connection = SqliteConnection;

/// A line for the log.
struct Entry<'a> {
    action: Action,
    number: u32,
    detail: &'a str,
}

impl Sqlite {
    pub(super) async fn save_in(
        &self,
        connection: &mut Connection,
        target: &Target,
        draft: &Draft,
        packed: &PackedDraft,
        now: Timestamp,
    ) -> Result<Saved> {
        let Target { id, name, if_exists } = target;
        let Some(record) = self.record(connection, *id).await? else {
            self.free(connection, name).await?;
            self.insert(connection, *id, name, now).await?;
            self.add_version(connection, *id, 1, draft, packed, now).await?;
            return Ok(Saved::Created);
        };
        if record.name != *name {
            return Err(Error::Conflict);
        }
        if *if_exists == IfExists::Refuse {
            return Err(Error::Taken { name: name.clone(), id: *id });
        }
        if self.head_digest(connection, *id).await? == packed.content.digest {
            return Ok(Saved::Unchanged(record.head));
        }
        let number = record.head + 1;
        self.add_version(connection, *id, number, draft, packed, now).await?;
        Ok(Saved::Version(number))
    }

    pub(super) async fn rename_in(
        &self,
        connection: &mut Connection,
        id: Uuid,
        to: &Name,
        draft: &Draft,
        packed: &PackedDraft,
        now: Timestamp,
    ) -> Result<u32> {
        let record = self.record(connection, id).await?.ok_or(Error::Conflict)?;
        self.free(connection, to).await?;
        self.execute(
            connection,
            sqlx::query("UPDATE design SET name = $1 WHERE id = $2").bind(to.as_str()).bind(id.to_string()),
        )
        .await?;
        let number = record.head + 1;
        self.add_version(connection, id, number, draft, packed, now).await?;
        Ok(number)
    }

    pub(super) async fn tag_in(
        &self,
        connection: &mut Connection,
        id: Uuid,
        number: u32,
        tag: &semver::Version,
        force: bool,
        now: Timestamp,
    ) -> Result<Tagged> {
        let record = self.record(connection, id).await?.ok_or(Error::Conflict)?;
        if number == 0 || number > record.head {
            let tags = self.tags(connection, id).await?.into_iter().map(|(_, tag)| tag).collect();
            return Err(Error::NoVersion { name: record.name, wanted: At::Number(number), newest: record.head, tags });
        }
        let stands = self.tags(connection, id).await?.into_iter().find(|(_, other)| other == tag);
        let (tagged, action, detail) = match stands {
            Some((at, _)) if at == number => return Ok(Tagged::Unchanged),
            Some((at, _)) if !force => {
                return Err(Error::TagTaken { name: record.name, tag: tag.clone(), number: at });
            }
            Some((from, _)) => (Tagged::Moved { from }, Action::TagMoved, format!("v{tag} from version {from}")),
            None => (Tagged::Set, Action::Tagged, format!("v{tag}")),
        };
        let set = sqlx::query(
            "INSERT INTO tag (design, label, number) VALUES ($1, $2, $3) \
             ON CONFLICT (design, label) DO UPDATE SET number = excluded.number",
        );
        self.execute(connection, set.bind(id.to_string()).bind(tag.to_string()).bind(i64::from(number))).await?;
        self.log(connection, id, &Entry { action, number, detail: &detail }, now).await?;
        Ok(tagged)
    }

    pub(super) async fn untag_in(
        &self,
        connection: &mut Connection,
        id: Uuid,
        tag: &semver::Version,
        now: Timestamp,
    ) -> Result<u32> {
        let record = self.record(connection, id).await?.ok_or(Error::Conflict)?;
        let tags = self.tags(connection, id).await?;
        let Some(&(number, _)) = tags.iter().find(|(_, other)| other == tag) else {
            let tags = tags.into_iter().map(|(_, tag)| tag).collect();
            return Err(Error::NoVersion {
                name: record.name,
                wanted: At::Tag(tag.clone()),
                newest: record.head,
                tags,
            });
        };
        let remove = sqlx::query("DELETE FROM tag WHERE design = $1 AND label = $2");
        self.execute(connection, remove.bind(id.to_string()).bind(tag.to_string())).await?;
        let detail = format!("v{tag}");
        self.log(connection, id, &Entry { action: Action::Untagged, number, detail: &detail }, now).await?;
        Ok(number)
    }

    pub(super) async fn delete_in(&self, connection: &mut Connection, id: Uuid) -> Result<u32> {
        let record = self.record(connection, id).await?.ok_or(Error::Conflict)?;
        self.execute(connection, sqlx::query("DELETE FROM design WHERE id = $1").bind(id.to_string())).await?;
        self.sweep_blobs(connection).await?;
        Ok(record.head)
    }

    async fn insert(&self, connection: &mut Connection, id: Uuid, name: &Name, now: Timestamp) -> Result<()> {
        let insert =
            sqlx::query("INSERT INTO design (id, name, head, created_ms, updated_ms) VALUES ($1, $2, 0, $3, $3)");
        let insert = insert.bind(id.to_string()).bind(name.as_str()).bind(now.as_millisecond());
        self.execute(connection, insert).await
    }

    async fn add_version(
        &self,
        connection: &mut Connection,
        id: Uuid,
        number: u32,
        draft: &Draft,
        packed: &PackedDraft,
        now: Timestamp,
    ) -> Result<()> {
        self.write_blob(connection, &packed.content).await?;
        let insert = sqlx::query(
            "INSERT INTO version (design, number, semantic, message, components, saved_ms, digest) \
             VALUES ($1, $2, $3, $4, $5, $6, $7)",
        )
        .bind(id.to_string())
        .bind(i64::from(number))
        .bind(&draft.semantic)
        .bind(&draft.message)
        .bind(i64::from(draft.components))
        .bind(now.as_millisecond())
        .bind(packed.content.digest.as_slice());
        self.execute(connection, insert).await?;
        self.write_originals(connection, id, number, draft, packed).await?;
        let update = sqlx::query("UPDATE design SET head = $1, updated_ms = $2 WHERE id = $3");
        let update = update.bind(i64::from(number)).bind(now.as_millisecond()).bind(id.to_string());
        self.execute(connection, update).await?;
        let action = if number == 1 { Action::Created } else { draft.action };
        self.log(connection, id, &Entry { action, number, detail: &draft.message }, now).await
    }

    async fn write_originals(
        &self,
        connection: &mut Connection,
        id: Uuid,
        number: u32,
        draft: &Draft,
        packed: &PackedDraft,
    ) -> Result<()> {
        for (position, (original, packed)) in draft.originals.iter().zip(&packed.originals).enumerate() {
            self.write_blob(connection, packed).await?;
            let insert = sqlx::query(
                "INSERT INTO original (design, number, position, name, format, digest) VALUES ($1, $2, $3, $4, $5, $6)",
            )
            .bind(id.to_string())
            .bind(i64::from(number))
            .bind(position as i64)
            .bind(&original.name)
            .bind(&original.format)
            .bind(packed.digest.as_slice());
            self.execute(connection, insert).await?;
        }
        Ok(())
    }

    async fn log(&self, connection: &mut Connection, id: Uuid, entry: &Entry<'_>, now: Timestamp) -> Result<()> {
        let insert = sqlx::query(
            "INSERT INTO change (design, serial, at_ms, action, number, detail) \
             SELECT $1, coalesce(max(serial), 0) + 1, $2, $3, $4, $5 FROM change WHERE design = $1",
        )
        .bind(id.to_string())
        .bind(now.as_millisecond())
        .bind(entry.action.as_str())
        .bind(i64::from(entry.number))
        .bind(entry.detail);
        self.execute(connection, insert).await
    }

    /// Makes sure that no design bears the name.
    async fn free(&self, connection: &mut Connection, name: &Name) -> Result<()> {
        let query = sqlx::query("SELECT id FROM design WHERE name = $1").bind(name.as_str());
        let row = query.fetch_optional(connection).await.map_err(|error| self.trouble(error))?;
        let Some(row) = row else { return Ok(()) };
        let id = row.try_get::<&str, _>("id").ok().and_then(|id| Uuid::try_parse(id).ok());
        Err(id.map_or(Error::Conflict, |id| Error::Taken { name: name.clone(), id }))
    }

    async fn record(&self, connection: &mut Connection, id: Uuid) -> Result<Option<Record>> {
        let query = sqlx::query(
            "SELECT id, name, head, created_ms, updated_ms, semantic, components FROM design \
             JOIN version ON version.design = design.id AND version.number = design.head WHERE id = $1",
        );
        let row = query.bind(id.to_string()).fetch_optional(connection).await.map_err(|error| self.trouble(error))?;
        row.map(|row| rows::record(&row)).transpose().map_err(|error| self.trouble(error))
    }

    async fn head_digest(&self, connection: &mut Connection, id: Uuid) -> Result<[u8; 32]> {
        let query = sqlx::query(
            "SELECT number, semantic, message, components, saved_ms, digest FROM version \
             WHERE design = $1 ORDER BY number DESC LIMIT 1",
        );
        let row = query.bind(id.to_string()).fetch_one(connection).await.map_err(|error| self.trouble(error))?;
        rows::version(&row).map(|version| version.digest).map_err(|error| self.trouble(error))
    }

    /// Tags with the numbers of their versions, in order of precedence.
    async fn tags(&self, connection: &mut Connection, id: Uuid) -> Result<Vec<(u32, semver::Version)>> {
        let query = sqlx::query("SELECT number, label FROM tag WHERE design = $1").bind(id.to_string());
        let mut tags = self.fetch(connection, query, rows::tag).await?;
        tags.sort_by(|a, b| a.1.cmp(&b.1));
        Ok(tags)
    }

    pub(super) async fn read_page(&self, listing: &Listing) -> Result<Page> {
        let sql = match listing.sort {
            Sort::Name => {
                "SELECT id, name, head, created_ms, updated_ms, semantic, components FROM design \
                 JOIN version ON version.design = design.id AND version.number = design.head \
                 ORDER BY name LIMIT $1 OFFSET $2"
            }
            Sort::Updated => {
                "SELECT id, name, head, created_ms, updated_ms, semantic, components FROM design \
                 JOIN version ON version.design = design.id AND version.number = design.head \
                 ORDER BY updated_ms DESC, name LIMIT $1 OFFSET $2"
            }
        };
        // A negative limit is none.
        let limit = if listing.size == 0 { -1 } else { i64::from(listing.size) };
        let offset = i64::from(listing.page).saturating_mul(i64::from(listing.size));
        let mut connection = self.connection().await?;
        let records = self.fetch(&mut connection, sqlx::query(sql).bind(limit).bind(offset), rows::record).await?;
        let count = sqlx::query("SELECT count(*) FROM design").fetch_one(&mut *connection).await;
        let total: i64 = count.and_then(|row| row.try_get(0)).map_err(|error| self.trouble(error))?;
        Ok(Page { records, total: total.unsigned_abs() })
    }

    pub(super) async fn read_candidates(&self, text: &str) -> Result<Vec<Record>> {
        // `g` follows all hexadecimal digits and the dash: the range holds what begins with the prefix. Text that is no
        // prefix of an id makes an empty range.
        let (from, to) = if is_id_prefix(text) { (text.to_ascii_lowercase(), "g") } else { (String::new(), "") };
        let query = sqlx::query(
            "SELECT id, name, head, created_ms, updated_ms, semantic, components FROM design \
             JOIN version ON version.design = design.id AND version.number = design.head \
             WHERE name = $1 OR (id >= $2 AND id < $2 || $3) ORDER BY name",
        );
        let mut connection = self.connection().await?;
        self.fetch(&mut connection, query.bind(text).bind(from).bind(to), rows::record).await
    }

    pub(super) async fn read_names(&self, limit: u32) -> Result<Vec<Name>> {
        let query = sqlx::query("SELECT name FROM design ORDER BY name LIMIT $1").bind(i64::from(limit));
        let mut connection = self.connection().await?;
        let names = self.fetch(&mut connection, query, |row| row.try_get::<String, _>("name")).await?;
        Ok(names.iter().filter_map(|name| Name::new(name).ok()).collect())
    }

    pub(super) async fn read_versions(&self, id: Uuid) -> Result<Vec<Version>> {
        let query = sqlx::query(
            "SELECT number, semantic, message, components, saved_ms, digest FROM version \
             WHERE design = $1 ORDER BY number DESC",
        );
        let mut connection = self.connection().await?;
        let mut versions = self.fetch(&mut connection, query.bind(id.to_string()), rows::version).await?;
        if versions.is_empty() {
            return Err(Error::Conflict);
        }
        for (number, tag) in self.tags(&mut connection, id).await? {
            if let Ok(at) = versions.binary_search_by(|version| number.cmp(&version.number)) {
                versions[at].tags.push(tag);
            }
        }
        Ok(versions)
    }

    pub(super) async fn read_changes(&self, id: Uuid) -> Result<Vec<Change>> {
        let query =
            sqlx::query("SELECT at_ms, action, number, detail FROM change WHERE design = $1 ORDER BY serial DESC");
        let mut connection = self.connection().await?;
        self.fetch(&mut connection, query.bind(id.to_string()), rows::change).await
    }

    pub(super) async fn read_content(&self, id: Uuid, number: u32) -> Result<String> {
        let query = sqlx::query(
            "SELECT blob.digest, size, data FROM version JOIN blob USING (digest) WHERE design = $1 AND number = $2",
        );
        let mut connection = self.connection().await?;
        let found = self
            .fetch(&mut connection, query.bind(id.to_string()).bind(i64::from(number)), blob::unpack)
            .await?
            .pop()
            .ok_or(Error::Conflict)?;
        found.and_then(|bytes| String::from_utf8(bytes).ok()).ok_or(Error::Damaged { design: id, number })
    }

    pub(super) async fn read_originals(&self, id: Uuid, number: u32) -> Result<Vec<Original>> {
        let query = sqlx::query(
            "SELECT name, format, blob.digest, size, data FROM original JOIN blob USING (digest) \
             WHERE design = $1 AND number = $2 ORDER BY position",
        );
        let original = |row: &SqliteRow| {
            let (name, format): (String, String) = (row.try_get("name")?, row.try_get("format")?);
            Ok(blob::unpack(row)?.map(|bytes| Original { name, format, bytes }))
        };
        let mut connection = self.connection().await?;
        let found = self.fetch(&mut connection, query.bind(id.to_string()).bind(i64::from(number)), original).await?;
        found.into_iter().collect::<Option<_>>().ok_or(Error::Damaged { design: id, number })
    }

    async fn connection(&self) -> Result<sqlx::pool::PoolConnection<sqlx::Sqlite>> {
        self.pool.acquire().await.map_err(|error| self.trouble(error))
    }

    async fn execute(
        &self,
        connection: &mut Connection,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
    ) -> Result<()> {
        query.execute(connection).await.map(drop).map_err(|error| self.trouble(error))
    }

    async fn fetch<T>(
        &self,
        connection: &mut Connection,
        query: sqlx::query::Query<'_, sqlx::Sqlite, sqlx::sqlite::SqliteArguments>,
        read: impl Fn(&SqliteRow) -> sqlx::Result<T>,
    ) -> Result<Vec<T>> {
        let rows = query.fetch_all(connection).await.map_err(|error| self.trouble(error))?;
        rows.iter().map(read).collect::<sqlx::Result<_>>().map_err(|error| self.trouble(error))
    }
}
