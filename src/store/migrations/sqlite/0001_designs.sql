-- Saved designs: every version they ever had, the tags that point at versions, and the log of what was done.
-- Times are milliseconds since 1970 (UTC); ids are lower-case UUID texts; digests are SHA-256.

-- Texts and files by their digest, compressed with zstd: a rollback, or a version that changes one file of many, stores
-- only what is new.
CREATE TABLE blob (
    digest BLOB    NOT NULL PRIMARY KEY,
    size   INTEGER NOT NULL,
    data   BLOB    NOT NULL
) STRICT;

CREATE TABLE design (
    id         TEXT    NOT NULL PRIMARY KEY,
    name       TEXT    NOT NULL UNIQUE,
    head       INTEGER NOT NULL,
    created_ms INTEGER NOT NULL,
    updated_ms INTEGER NOT NULL
) STRICT;

CREATE INDEX design_updated ON design (updated_ms DESC, name);

CREATE TABLE version (
    design     TEXT    NOT NULL REFERENCES design (id) ON DELETE CASCADE,
    number     INTEGER NOT NULL,
    semantic   TEXT    NOT NULL,
    message    TEXT    NOT NULL,
    components INTEGER NOT NULL,
    saved_ms   INTEGER NOT NULL,
    digest     BLOB    NOT NULL REFERENCES blob (digest),
    PRIMARY KEY (design, number)
) STRICT;

CREATE INDEX version_digest ON version (digest);

-- What a version was made from, byte for byte.
CREATE TABLE original (
    design   TEXT    NOT NULL,
    number   INTEGER NOT NULL,
    position INTEGER NOT NULL,
    name     TEXT    NOT NULL,
    format   TEXT    NOT NULL,
    digest   BLOB    NOT NULL REFERENCES blob (digest),
    PRIMARY KEY (design, number, position),
    FOREIGN KEY (design, number) REFERENCES version (design, number) ON DELETE CASCADE
) STRICT;

CREATE INDEX original_digest ON original (digest);

CREATE TABLE tag (
    design TEXT    NOT NULL,
    label  TEXT    NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (design, label),
    FOREIGN KEY (design, number) REFERENCES version (design, number) ON DELETE CASCADE
) STRICT;

CREATE TABLE change (
    design TEXT    NOT NULL REFERENCES design (id) ON DELETE CASCADE,
    serial INTEGER NOT NULL,
    at_ms  INTEGER NOT NULL,
    action TEXT    NOT NULL,
    number INTEGER NOT NULL,
    detail TEXT    NOT NULL,
    PRIMARY KEY (design, serial)
) STRICT;

-- "MSHY": tells this file from any other SQLite database.
PRAGMA application_id = 1297303641;
PRAGMA user_version = 1;
