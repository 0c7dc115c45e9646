//! The stored reservations, read over one connection.

use std::error::Error;
use std::fmt::Display;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use rusqlite::types::ValueRef;
use rusqlite::{Connection, Params, Row};

use trop_model::{InvalidLabel, Ledger, Port, PortRange, PortSet, Reservation, ReservationKey, Timestamp};
use trop_paths::AbsPath;

use crate::StorageError;
use crate::error::{Doing, from_sqlite};

/// The stored reservations as one transaction sees them.
pub struct Rows<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) database: &'c Path,
    pub(crate) lock_wait: Duration,
}

const COLUMNS: &str = "SELECT path, tag, port, project, task, created_at, last_used_at FROM reservations";

impl Ledger for Rows<'_> {
    type Error = StorageError;

    fn by_key(&self, key: &ReservationKey) -> Result<Option<Reservation>, StorageError> {
        let rows = self.select("WHERE path = ?1 AND tag = ?2", (key.path.as_str(), stored_tag(key)))?;
        Ok(rows.into_iter().next())
    }

    fn by_port(&self, port: Port) -> Result<Option<Reservation>, StorageError> {
        let rows = self.select("WHERE port = ?1", [port.get()])?;
        Ok(rows.into_iter().next())
    }

    fn ports_in(&self, range: PortRange) -> Result<PortSet, StorageError> {
        let read = || {
            let mut statement =
                self.connection.prepare("SELECT port FROM reservations WHERE port BETWEEN ?1 AND ?2")?;
            let ports = statement.query_map((range.first().get(), range.last().get()), |row| row.get(0))?;
            ports
                .map(|port| port.map(Port::new))
                .filter_map(Result::transpose)
                .collect::<Result<PortSet, _>>()
        };
        read().map_err(|error| self.reading(error))
    }

    fn at(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        self.select("WHERE path = ?1 ORDER BY tag", [path.as_str()])
    }

    fn under(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        if path.parent().is_none() {
            return self.all();
        }
        // What is inside `/srv/a` begins with `/srv/a/`, and the next character after `/` is `0`.
        let separator = std::path::MAIN_SEPARATOR;
        let after = char::from_u32(u32::from(separator) + 1).unwrap_or(char::MAX);
        let (first_inside, first_after) = (format!("{path}{separator}"), format!("{path}{after}"));
        self.select(
            "WHERE path = ?1 OR (?2 <= path AND path < ?3) ORDER BY path, tag",
            (path.as_str(), first_inside, first_after),
        )
    }

    fn all(&self) -> Result<Vec<Reservation>, StorageError> {
        self.select("ORDER BY path, tag", [])
    }
}

impl Rows<'_> {
    fn select(&self, condition: &str, params: impl Params) -> Result<Vec<Reservation>, StorageError> {
        let mut statement = self
            .connection
            .prepare(&format!("{COLUMNS} {condition}"))
            .map_err(|error| self.reading(error))?;
        let mut rows = statement.query(params).map_err(|error| self.reading(error))?;
        let mut reservations = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.reading(error))? {
            reservations.push(reservation(row).map_err(|bad| bad.into_error(self.database, row))?);
        }
        Ok(reservations)
    }

    fn reading(&self, error: rusqlite::Error) -> StorageError {
        from_sqlite(self.database, self.lock_wait, Doing::Reading, error)
    }
}

/// How a tag is stored: the empty string for none.
pub(crate) fn stored_tag(key: &ReservationKey) -> &str {
    key.tag.as_ref().map_or("", |tag| tag.as_str())
}

/// A field of a row with a value that cannot be.
struct BadField {
    field: &'static str,
    source: Box<dyn Error + Send + Sync>,
}

impl BadField {
    fn into_error(self, database: &Path, row: &Row<'_>) -> StorageError {
        StorageError::BadRow {
            database: database.to_owned(),
            row: described(row),
            field: self.field,
            source: self.source,
        }
    }
}

fn reservation(row: &Row<'_>) -> Result<Reservation, BadField> {
    let path = field(row, 0, "path", |text: String| AbsPath::from_clean(&text))?;
    let tag = field(row, 1, "tag", |text: String| label(Some(text).filter(|text| !text.is_empty())))?;
    Ok(Reservation {
        key: ReservationKey { path, tag },
        port: field(row, 2, "port", |number: i64| Port::try_from(number))?,
        project: field(row, 3, "project", label)?,
        task: field(row, 4, "task", label)?,
        created_at: field(row, 5, "created_at", Timestamp::from_unix_seconds)?,
        last_used_at: field(row, 6, "last_used_at", Timestamp::from_unix_seconds)?,
    })
}

fn field<S, T, E>(
    row: &Row<'_>,
    index: usize,
    name: &'static str,
    check: impl FnOnce(S) -> Result<T, E>,
) -> Result<T, BadField>
where
    S: rusqlite::types::FromSql,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    let stored = row.get(index).map_err(|error| BadField { field: name, source: error.into() })?;
    check(stored).map_err(|error| BadField { field: name, source: error.into() })
}

/// A label exactly as it is stored. One that reading it would trim has another key than the row.
fn label<T>(stored: Option<String>) -> Result<Option<T>, Box<dyn Error + Send + Sync>>
where
    T: FromStr<Err = InvalidLabel> + Display,
{
    let Some(text) = stored else { return Ok(None) };
    let label: T = text.parse()?;
    if label.to_string() != text {
        return Err(format!("\"{}\" has blanks around it", text.escape_debug()).into());
    }
    Ok(Some(label))
}

/// The key and the port of a row that cannot be read as a reservation, as far as they can be shown.
fn described(row: &Row<'_>) -> String {
    let shown = |index| match row.get_ref(index) {
        Ok(ValueRef::Text(text)) => format!("\"{}\"", String::from_utf8_lossy(text).escape_debug()),
        Ok(ValueRef::Integer(number)) => number.to_string(),
        Ok(ValueRef::Real(number)) => number.to_string(),
        Ok(ValueRef::Null) => "NULL".to_owned(),
        Ok(ValueRef::Blob(bytes)) => format!("a blob of {} bytes", bytes.len()),
        Err(_) => "unreadable".to_owned(),
    };
    format!("path {}, tag {}, port {}", shown(0), shown(1), shown(2))
}
