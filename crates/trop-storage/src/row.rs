//! One stored row, read as a reservation.

use std::error::Error;
use std::str::FromStr;

use rusqlite::Row;
use rusqlite::types::{FromSql, FromSqlError, FromSqlResult, ValueRef};

use trop_model::{InvalidLabel, Port, Project, Reservation, ReservationKey, Tag, Task, Timestamp};
use trop_paths::AbsPath;

use crate::damage::{Damage, Spot};

/// What a row is read from, in the order in which [`reservation`] expects it. No index has it all, so that SQLite reads the table.
pub(crate) const COLUMNS: &str = "path, tag, port, project, task, created_at, last_used_at";

/// How a database says that there is no tag.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NoTag {
    /// As NULL, as in layout 1.
    Null,
    /// As the empty string.
    Empty,
}

/// The row as a reservation, or everything in it that cannot be.
pub(crate) fn reservation(row: &Row<'_>, no_tag: NoTag) -> Result<Reservation, Vec<Damage>> {
    let mut damage = Vec::new();
    let (number, seconds) = (i64::column_result, Seconds::column_result);
    let path = field(row, 0, "path", &mut damage, |text| text.as_str(), AbsPath::from_clean);
    let tag = field(row, 1, "tag", &mut damage, text_or_null, |text| tag(text, no_tag));
    let port = field(row, 2, "port", &mut damage, number, Port::try_from);
    let project = field(row, 3, "project", &mut damage, text_or_null, |text| label(text, Project::as_str));
    let task = field(row, 4, "task", &mut damage, text_or_null, |text| label(text, Task::as_str));
    let created_at = field(row, 5, "created_at", &mut damage, seconds, |stored| time(stored, no_tag));
    let last_used_at = field(row, 6, "last_used_at", &mut damage, seconds, |stored| time(stored, no_tag));
    match (path, tag, port, project, task, created_at, last_used_at) {
        (
            Some(path),
            Some(tag),
            Some(port),
            Some(project),
            Some(task),
            Some(created_at),
            Some(last_used_at),
        ) => {
            let key = ReservationKey { path, tag };
            Ok(Reservation { key, port, project, task, created_at, last_used_at })
        }
        _ => Err(damage),
    }
}

/// Something that is wrong with a field of the row.
pub(crate) fn damage(row: &Row<'_>, field: &'static str, problem: String) -> Damage {
    let place = Spot { table: "reservations".to_owned(), row: Some(described(row)), field: Some(field) };
    Damage { place: Some(place), problem }
}

/// What is in a field, unless it cannot be: then that is damage. Text is checked where SQLite has it.
fn field<'r, S, T, E: Into<Box<dyn Error + Send + Sync>>>(
    row: &'r Row<'_>,
    index: usize,
    name: &'static str,
    damages: &mut Vec<Damage>,
    read: impl FnOnce(ValueRef<'r>) -> FromSqlResult<S>,
    check: impl FnOnce(S) -> Result<T, E>,
) -> Option<T> {
    let stored = row.get_ref(index).map_err(|error| error.to_string());
    let stored = stored.and_then(|value| read(value).map_err(|error| in_plain_words(error, value)));
    let checked = stored.and_then(|stored| check(stored).map_err(|error| error.into().to_string()));
    checked.map_err(|problem| damages.push(damage(row, name, problem))).ok()
}

fn text_or_null(value: ValueRef<'_>) -> FromSqlResult<Option<&str>> {
    value.as_str_or_null()
}

fn tag(stored: Option<&str>, no_tag: NoTag) -> Result<Option<Tag>, Box<dyn Error + Send + Sync>> {
    match (stored, no_tag) {
        (None, NoTag::Empty) => Err("there is no value".into()),
        (Some(""), NoTag::Empty) => Ok(None),
        (stored, _) => label(stored, Tag::as_str),
    }
}

/// A label exactly as it is stored. One that reading it would trim has another key than the row.
fn label<T: FromStr<Err = InvalidLabel>>(
    stored: Option<&str>,
    as_str: fn(&T) -> &str,
) -> Result<Option<T>, Box<dyn Error + Send + Sync>> {
    let Some(text) = stored else { return Ok(None) };
    let label: T = text.parse()?;
    if as_str(&label) != text {
        return Err(format!("\"{}\" has blanks around it", text.escape_debug()).into());
    }
    Ok(Some(label))
}

/// Only in layout 1 the columns of times may be declared TEXT.
fn time(
    Seconds { number, is_text }: Seconds,
    no_tag: NoTag,
) -> Result<Timestamp, Box<dyn Error + Send + Sync>> {
    if is_text && no_tag == NoTag::Empty {
        return Err("it is text".into());
    }
    Ok(Timestamp::from_unix_seconds(number)?)
}

/// A time in Unix seconds, as a number or as text.
struct Seconds {
    number: i64,
    is_text: bool,
}

impl FromSql for Seconds {
    fn column_result(value: ValueRef<'_>) -> FromSqlResult<Seconds> {
        match value {
            ValueRef::Integer(number) => Ok(Seconds { number, is_text: false }),
            ValueRef::Text(_) => {
                let text = value.as_str()?;
                let number = text.parse().map_err(|_| {
                    FromSqlError::Other(format!("\"{}\" is no number of seconds", text.escape_debug()).into())
                })?;
                Ok(Seconds { number, is_text: true })
            }
            _ => Err(FromSqlError::InvalidType),
        }
    }
}

/// Why a value is of no use where it is stored.
fn in_plain_words(error: FromSqlError, value: ValueRef<'_>) -> String {
    match (error, value) {
        (FromSqlError::Other(error), _) => error.to_string(),
        (_, ValueRef::Null) => "there is no value".to_owned(),
        (FromSqlError::Utf8Error(_), _) => "it is not valid Unicode".to_owned(),
        _ => format!("{} is not what belongs there", shown(value)),
    }
}

/// The key and the port of a row that cannot be read as a reservation, as far as they can be shown.
fn described(row: &Row<'_>) -> String {
    let shown = |index| row.get_ref(index).map_or("unreadable".to_owned(), shown);
    format!("path {}, tag {}, port {}", shown(0), shown(1), shown(2))
}

fn shown(value: ValueRef<'_>) -> String {
    match value {
        ValueRef::Text(text) => format!("\"{}\"", String::from_utf8_lossy(text).escape_debug()),
        ValueRef::Integer(number) => number.to_string(),
        ValueRef::Real(number) => number.to_string(),
        ValueRef::Null => "NULL".to_owned(),
        ValueRef::Blob(bytes) => format!("a blob of {} bytes", bytes.len()),
    }
}
