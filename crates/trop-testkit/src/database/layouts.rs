//! The layouts from before trop had numbered migrations.

use super::Times;

/// Layout 1. It knows no strict tables and no checks, and a tag that is not there is NULL.
pub(super) fn first(times: Times, one_row_per_port: bool) -> String {
    let unique = if one_row_per_port { " UNIQUE" } else { "" };
    let times = match times {
        Times::Integer => "INTEGER",
        Times::Text => "TEXT",
    };
    format!(
        "CREATE TABLE metadata (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
         INSERT INTO metadata VALUES ('schema_version', '1');
         CREATE TABLE reservations (
             path TEXT NOT NULL,
             tag TEXT,
             port INTEGER NOT NULL{unique},
             project TEXT,
             task TEXT,
             created_at {times} NOT NULL,
             last_used_at {times} NOT NULL,
             PRIMARY KEY (path, tag)
         );
         {INDEXES}"
    )
}

/// Layout 2. A tag that is not there is the empty string.
pub(super) fn second() -> String {
    format!(
        "CREATE TABLE metadata (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL) STRICT;
         INSERT INTO metadata VALUES ('schema_version', '2');
         CREATE TABLE reservations (
             path TEXT NOT NULL,
             tag TEXT NOT NULL,
             port INTEGER NOT NULL UNIQUE
                 CONSTRAINT valid_port CHECK (port BETWEEN 1 AND 65535),
             project TEXT,
             task TEXT,
             created_at INTEGER NOT NULL
                 CONSTRAINT valid_created_at CHECK (created_at >= 0),
             last_used_at INTEGER NOT NULL
                 CONSTRAINT valid_last_used_at CHECK (last_used_at >= 0),
             PRIMARY KEY (path, tag)
         ) STRICT;
         {INDEXES}"
    )
}

const INDEXES: &str = "
    CREATE INDEX idx_reservations_port ON reservations(port);
    CREATE INDEX idx_reservations_project ON reservations(project);
    CREATE INDEX idx_reservations_last_used ON reservations(last_used_at);";
