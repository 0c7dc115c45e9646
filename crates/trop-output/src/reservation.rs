//! Reservations as the answer of `reserve`, `release` and `migrate`.

use std::io::{self, Write};

use serde::Serialize;
use trop_model::{Change, Project, Reservation, Tag, Task};

use crate::json;

/// What every JSON form of a reservation holds, in this order.
#[derive(Serialize)]
pub(crate) struct Fields<'r> {
    pub(crate) port: u16,
    pub(crate) path: &'r str,
    pub(crate) tag: Option<&'r str>,
    pub(crate) project: Option<&'r str>,
    pub(crate) task: Option<&'r str>,
}

impl<'r> From<&'r Reservation> for Fields<'r> {
    fn from(row: &'r Reservation) -> Fields<'r> {
        Fields {
            port: row.port.get(),
            path: row.key.path.as_str(),
            tag: row.key.tag.as_ref().map(Tag::as_str),
            project: row.project.as_ref().map(Project::as_str),
            task: row.task.as_ref().map(Task::as_str),
        }
    }
}

#[derive(Serialize)]
struct Reserved<'r> {
    #[serde(flatten)]
    reservation: Fields<'r>,
    created: bool,
}

#[derive(Serialize)]
struct Removed<'r> {
    released: Vec<Fields<'r>>,
}

#[derive(Serialize)]
struct Migrated<'r> {
    moved: Vec<Moved<'r>>,
    replaced: Vec<Fields<'r>>,
}

#[derive(Serialize)]
struct Moved<'r> {
    #[serde(flatten)]
    reservation: Fields<'r>,
    from_path: &'r str,
}

/// Writes what was reserved as one line of JSON: `port, path, tag, project, task, created`, where the last one says whether
/// the reservation is new.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_reserved(out: &mut dyn Write, row: &Reservation, created: bool) -> io::Result<()> {
    json::write_line(out, &Reserved { reservation: row.into(), created })
}

/// Writes what was released as one line of JSON: `{"released": [...]}`, each with `port, path, tag, project, task`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_removed(out: &mut dyn Write, rows: &[&Reservation]) -> io::Result<()> {
    json::write_line(out, &Removed { released: rows.iter().map(|&row| row.into()).collect() })
}

/// Writes what was moved, and what was removed to make room for it, as one line of JSON: `{"moved": [...], "replaced": [...]}`, each
/// with `port, path, tag, project, task`, and what was moved with `from_path`, too.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_migrated(out: &mut dyn Write, changes: &[Change]) -> io::Result<()> {
    let moved = changes.iter().filter_map(|change| match change {
        Change::Move { row, from } => Some(Moved { reservation: row.into(), from_path: from.path.as_str() }),
        _ => None,
    });
    let replaced = changes.iter().filter_map(|change| match change {
        Change::Remove { row, .. } => Some(row.into()),
        _ => None,
    });
    json::write_line(out, &Migrated { moved: moved.collect(), replaced: replaced.collect() })
}
