//! Changes, written.

use rusqlite::Connection;

use trop_model::{Change, Project, Reservation, ReservationKey, Task};

use crate::rows::stored_tag;

/// Writes the changes in their order, in the transaction that is open.
///
/// A change that meets no row, or more than one, is an error: the plan was made on these very rows.
pub(crate) fn apply(connection: &Connection, changes: &[Change]) -> Result<(), rusqlite::Error> {
    // Rows may exchange their ports, so all of them let go before one takes.
    for moved in changes.iter().filter_map(moved_row) {
        require_one(remove(connection, &moved.key)?)?;
    }
    for change in changes {
        let changed = match change {
            Change::Put { row, .. } => put(connection, row),
            Change::Touch { row, last_used_at } => connection.execute(
                "UPDATE reservations SET last_used_at = ?3 WHERE path = ?1 AND tag = ?2",
                (row.key.path.as_str(), stored_tag(&row.key), last_used_at.as_unix_seconds()),
            ),
            Change::Remove { row, .. } => remove(connection, &row.key),
        }?;
        require_one(changed)?;
    }
    Ok(())
}

fn require_one(changed: usize) -> Result<(), rusqlite::Error> {
    if changed == 1 { Ok(()) } else { Err(rusqlite::Error::StatementChangedRows(changed)) }
}

/// The row as it is now, where it is to have another port.
fn moved_row(change: &Change) -> Option<&Reservation> {
    let Change::Put { row, replaces: Some(before) } = change else { return None };
    (row.port != before.port).then_some(before)
}

/// Never `INSERT OR REPLACE`: with a unique port that deletes somebody else's row without a word.
fn put(connection: &Connection, row: &Reservation) -> Result<usize, rusqlite::Error> {
    connection.execute(
        "INSERT INTO reservations (path, tag, port, project, task, created_at, last_used_at)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
         ON CONFLICT (path, tag) DO UPDATE SET
             port = excluded.port, project = excluded.project, task = excluded.task,
             created_at = excluded.created_at, last_used_at = excluded.last_used_at",
        (
            row.key.path.as_str(),
            stored_tag(&row.key),
            row.port.get(),
            row.project.as_ref().map(Project::as_str),
            row.task.as_ref().map(Task::as_str),
            row.created_at.as_unix_seconds(),
            row.last_used_at.as_unix_seconds(),
        ),
    )
}

fn remove(connection: &Connection, key: &ReservationKey) -> Result<usize, rusqlite::Error> {
    connection.execute(
        "DELETE FROM reservations WHERE path = ?1 AND tag = ?2",
        (key.path.as_str(), stored_tag(key)),
    )
}
