//! What an open database is: ours and current, new, an older one, or one to refuse.

use rusqlite::{Connection, ErrorCode, OptionalExtension};

use crate::StorageError;
use crate::place::Place;
use crate::schema::{APPLICATION_ID, schema_version};

/// A database that can be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Usable {
    /// It has the newest schema.
    Current,
    /// It holds no table yet.
    Empty,
    /// It has to be brought up to the newest schema first.
    Older(Older),
}

/// What older programs wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Older {
    /// Layout 1, of trop 0.1 and 0.2: a missing tag is NULL.
    Layout1,
    /// Layout 2: a missing tag is the empty string.
    Layout2,
    /// A schema of ours, by its `user_version`.
    Schema(i32),
}

impl Older {
    /// The number that its `metadata.schema_version` holds.
    pub(crate) fn number(self) -> i64 {
        match self {
            Older::Layout1 => 1,
            Older::Layout2 => 2,
            Older::Schema(user_version) => schema_version(user_version),
        }
    }
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
pub(crate) fn inspect(connection: &Connection, place: &Place) -> Result<Usable, Objection> {
    let application_id: i32 = connection.pragma_query_value(None, "application_id", |row| row.get(0))?;
    let user_version: i32 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    let latest = place.schema.latest;
    match application_id {
        APPLICATION_ID if latest < user_version => {
            Err(newer(place, i64::from(user_version), i64::from(latest)))
        }
        APPLICATION_ID => {
            require_agreement(connection, place, user_version)?;
            let is_current = user_version == latest;
            Ok(if is_current { Usable::Current } else { Usable::Older(Older::Schema(user_version)) })
        }
        0 => inspect_unmarked(connection, place, user_version),
        other => Err(foreign(place, format!("its application_id is {other:#010x}"))),
    }
}

/// The marks were written together, and must still say the same.
fn require_agreement(connection: &Connection, place: &Place, user_version: i32) -> Result<(), Objection> {
    let disagree = |contradiction| disagreement(place, contradiction);
    if user_version < 1 {
        return Err(disagree(format!("its user_version is {user_version}, which no trop ever wrote")));
    }
    let incomplete = |missing: &str| {
        disagree(format!(
            "its user_version is {user_version}, but the tables of that version are not there ({missing})"
        ))
    };
    let explained = |error| match missing_object(&error) {
        Some(missing) => incomplete(missing),
        None => Objection::Sqlite(error),
    };
    let stored: Option<String> = connection
        .query_row("SELECT value FROM metadata WHERE key = 'schema_version'", [], |row| row.get(0))
        .optional()
        .map_err(explained)?;
    let newest_step: Option<i64> = connection
        .query_row("SELECT max(version) FROM refinery_schema_history", [], |row| row.get(0))
        .map_err(explained)?;
    // What is known of the table already need not be found out by a statement.
    if !connection.column_exists(None, "reservations", "port")? {
        return Err(incomplete("no such table: reservations"));
    }
    let expected = schema_version(user_version);
    if stored.as_deref() != Some(expected.to_string().as_str()) {
        let found = stored.map_or("missing".to_owned(), |text| format!("\"{}\"", text.escape_debug()));
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
fn inspect_unmarked(connection: &Connection, place: &Place, user_version: i32) -> Result<Usable, Objection> {
    let mut statement = connection
        .prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY name")?;
    let tables: Vec<String> = statement.query_map([], |row| row.get(0))?.collect::<Result<_, _>>()?;
    let encoding: String = connection.pragma_query_value(None, "encoding", |row| row.get(0))?;
    if encoding != "UTF-8" {
        return Err(foreign(place, format!("its text is {encoding}, and every trop writes UTF-8")));
    }
    if tables.is_empty() {
        return Ok(Usable::Empty);
    }
    let (of_layouts, others): (Vec<_>, Vec<_>) =
        tables.iter().partition(|name| matches!(name.as_str(), "metadata" | "reservations"));
    if of_layouts.len() < 2 {
        return Err(foreign(place, format!("it holds other tables ({})", listed(&tables))));
    }
    let stored: Option<String> = connection
        .query_row("SELECT CAST(value AS TEXT) FROM metadata WHERE key = 'schema_version'", [], |row| {
            row.get(0)
        })
        .optional()
        .map_err(|error| match missing_object(&error) {
            Some(missing) => foreign(place, format!("its metadata table is another ({missing})")),
            None => Objection::Sqlite(error),
        })?;
    let Some(stored) = stored else {
        return Err(foreign(place, "its metadata table has no schema_version".to_owned()));
    };
    let (oldest_of_ours, known) = (schema_version(1), schema_version(place.schema.latest));
    match stored.parse::<i64>() {
        Ok(1 | 2) if !others.is_empty() => {
            Err(foreign(place, format!("it holds other tables, too ({})", listed(others))))
        }
        // Older programs left it as SQLite makes it.
        Ok(layout @ (1 | 2)) if user_version != 0 => Err(disagreement(
            place,
            format!("its metadata.schema_version is \"{layout}\", but its user_version is {user_version}"),
        )),
        Ok(1) => Ok(Usable::Older(Older::Layout1)),
        Ok(2) => Ok(Usable::Older(Older::Layout2)),
        Ok(found) if oldest_of_ours <= found && found <= known => Err(disagreement(
            place,
            format!("its metadata.schema_version is \"{found}\", but its application_id is 0"),
        )),
        Ok(found) if 2 < found => Err(newer(place, found, known)),
        _ => Err(foreign(place, format!("its schema_version is \"{}\"", stored.escape_debug()))),
    }
}

/// What SQLite says of a statement that names a table or a column that is not there.
fn missing_object(error: &rusqlite::Error) -> Option<&str> {
    match error {
        rusqlite::Error::SqlInputError { msg, .. } => Some(msg),
        rusqlite::Error::SqliteFailure(code, Some(msg)) if code.code == ErrorCode::Unknown => Some(msg),
        _ => None,
    }
}

fn listed<'n>(names: impl IntoIterator<Item = &'n String>) -> String {
    names.into_iter().map(|name| format!("\"{}\"", name.escape_debug())).collect::<Vec<_>>().join(", ")
}

fn newer(place: &Place, found: i64, known: i64) -> Objection {
    Objection::Refused(StorageError::Newer { database: place.database().to_owned(), found, known })
}

pub(crate) fn foreign(place: &Place, why: String) -> Objection {
    Objection::Refused(StorageError::Foreign { database: place.database().to_owned(), why })
}

fn disagreement(place: &Place, contradiction: String) -> Objection {
    Objection::Refused(StorageError::MarksDisagree { database: place.database().to_owned(), contradiction })
}
