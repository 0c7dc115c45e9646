//! What an open database is: ours and current, new, or one to refuse.

use std::path::Path;

use rusqlite::{Connection, OptionalExtension};

use crate::StorageError;
use crate::migrations::{APPLICATION_ID, LATEST, SCHEMA_VERSION_OFFSET};

/// A database that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usable {
    /// It has the newest schema.
    Current,
    /// It holds no table yet.
    Empty,
}

/// Why a database cannot be judged, or not used.
pub(crate) enum Objection {
    /// It was read, and is to be refused.
    Refused(StorageError),
    /// It could not be read.
    Sqlite(rusqlite::Error),
}

impl From<rusqlite::Error> for Objection {
    fn from(error: rusqlite::Error) -> Objection {
        Objection::Sqlite(error)
    }
}

/// Reads the marks and judges the database. Call it inside a transaction, so that the judgement stays true.
pub(crate) fn inspect(connection: &Connection, database: &Path) -> Result<Usable, Objection> {
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let user_version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let refused = |error| Err(Objection::Refused(error));
    match application_id {
        APPLICATION_ID if LATEST < user_version => {
            refused(newer(database, i64::from(user_version), i64::from(LATEST)))
        }
        APPLICATION_ID => require_agreement(connection, database, user_version).map(|()| Usable::Current),
        0 => inspect_unmarked(connection, database),
        other => refused(StorageError::Foreign {
            database: database.to_owned(),
            why: format!("its application_id is {other:#010x}"),
        }),
    }
}

/// The marks were written together, and must still say the same.
fn require_agreement(connection: &Connection, database: &Path, user_version: i32) -> Result<(), Objection> {
    let disagree = |contradiction| {
        Objection::Refused(StorageError::MarksDisagree { database: database.to_owned(), contradiction })
    };
    if user_version < LATEST {
        return Err(disagree(format!("its user_version is {user_version}, which no trop ever wrote")));
    }
    let (schema_version, newest_step): (Option<String>, Option<i64>) = connection
        .query_row(
            "SELECT (SELECT value FROM metadata WHERE key = 'schema_version'),
                    (SELECT max(version) FROM refinery_schema_history)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .map_err(|error| match error.sqlite_error_code() {
            Some(rusqlite::ErrorCode::Unknown) => disagree(format!(
                "its user_version is {user_version}, but the tables of that version are not there ({error})"
            )),
            _ => Objection::Sqlite(error),
        })?;
    let expected = SCHEMA_VERSION_OFFSET + i64::from(user_version);
    if schema_version.as_deref() != Some(expected.to_string().as_str()) {
        let found =
            schema_version.map_or("missing".to_owned(), |text| format!("\"{}\"", text.escape_debug()));
        return Err(disagree(format!(
            "its user_version is {user_version}, but metadata.schema_version is {found} instead of \"{expected}\""
        )));
    }
    if newest_step != Some(i64::from(user_version)) {
        let found = newest_step.map_or("nothing".to_owned(), |step| step.to_string());
        return Err(disagree(format!(
            "its user_version is {user_version}, but refinery_schema_history ends with {found}"
        )));
    }
    Ok(())
}

/// A file without our mark: new, an older layout, or somebody else's.
fn inspect_unmarked(connection: &Connection, database: &Path) -> Result<Usable, Objection> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    if tables.is_empty() {
        return Ok(Usable::Empty);
    }
    let foreign =
        |why: String| Objection::Refused(StorageError::Foreign { database: database.to_owned(), why });
    if !["metadata", "reservations"].iter().all(|name| tables.iter().any(|table| table == name)) {
        let names = tables.iter().map(|name| format!("\"{}\"", name.escape_debug())).collect::<Vec<_>>();
        return Err(foreign(format!("it holds other tables ({})", names.join(", "))));
    }
    let schema_version: Option<String> = connection
        .query_row("SELECT CAST(value AS TEXT) FROM metadata WHERE key = 'schema_version'", [], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(schema_version) = schema_version else {
        return Err(foreign("its metadata table has no schema_version".to_owned()));
    };
    let known = SCHEMA_VERSION_OFFSET + i64::from(LATEST);
    match schema_version.parse::<i64>() {
        Ok(layout @ (1 | 2)) => {
            Err(Objection::Refused(StorageError::Older { database: database.to_owned(), layout }))
        }
        Ok(found) if SCHEMA_VERSION_OFFSET < found && found <= known => {
            Err(Objection::Refused(StorageError::MarksDisagree {
                database: database.to_owned(),
                contradiction: format!(
                    "its metadata.schema_version is \"{found}\", but its application_id is 0"
                ),
            }))
        }
        Ok(found) if 2 < found => Err(Objection::Refused(newer(database, found, known))),
        _ => Err(foreign(format!("its schema_version is \"{}\"", schema_version.escape_debug()))),
    }
}

fn newer(database: &Path, found: i64, known: i64) -> StorageError {
    StorageError::Newer { database: database.to_owned(), found, known }
}
