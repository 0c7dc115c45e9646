//! Changes, written.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

use rusqlite::{Connection, Params, Statement};

use trop_model::{Change, Project, Reservation, ReservationKey, Task, Timestamp};

use crate::rows::stored_tag;

/// Writes the changes in their order, in the transaction that is open.
///
/// A change that does not meet the row that it speaks of, or meets one where it speaks of none, is an error: the plan was made
/// on these very rows.
pub(crate) fn apply(connection: &Connection, changes: &[Change]) -> Result<(), rusqlite::Error> {
    make_room(connection, changes.len())?;
    let mut table = Table { connection, prepared: BTreeMap::new() };
    // Rows may exchange their ports or follow each other from place to place, so all of them let go before one takes.
    for key in changes.iter().filter_map(key_to_let_go) {
        require_one(table.remove(key)?)?;
    }
    for change in changes {
        let changed = match change {
            Change::Put { row, .. } | Change::Move { row, .. } => table.insert(row),
            Change::Touch { row, last_used_at } => table.touch(&row.key, *last_used_at),
            Change::Remove { row, .. } => table.remove(&row.key),
        }?;
        require_one(changed)?;
    }
    Ok(())
}

/// What SQLite keeps in memory of a database is 2 MB unless it is told otherwise. Thousands of changes touch all of it, and what there is no
/// room for is written before its time and read again.
fn make_room(connection: &Connection, changes: usize) -> Result<(), rusqlite::Error> {
    const MANY: usize = 1_000;
    const KIBIBYTES: i64 = 32_768;
    // A negative number is one of kibibytes (<https://sqlite.org/pragma.html#pragma_cache_size>).
    if MANY <= changes { connection.pragma_update(None, "cache_size", -KIBIBYTES) } else { Ok(()) }
}

fn require_one(changed: usize) -> Result<(), rusqlite::Error> {
    if changed == 1 { Ok(()) } else { Err(rusqlite::Error::StatementChangedRows(changed)) }
}

/// The key that the row has now, where another row is written in its place.
fn key_to_let_go(change: &Change) -> Option<&ReservationKey> {
    match change {
        Change::Put { replaces, .. } => replaces.as_ref().map(|before| &before.key),
        Change::Move { from, .. } => Some(from),
        Change::Touch { .. } | Change::Remove { .. } => None,
    }
}

/// The reservations, for writing. A plan may hold thousands of changes, so that each statement is prepared once, when it is first
/// needed.
struct Table<'c> {
    connection: &'c Connection,
    prepared: BTreeMap<&'static str, Statement<'c>>,
}

impl Table<'_> {
    /// Never `INSERT OR REPLACE`: with a unique port that deletes somebody else's row without a word.
    fn insert(&mut self, row: &Reservation) -> Result<usize, rusqlite::Error> {
        let sql = "INSERT INTO reservations (path, tag, port, project, task, created_at, last_used_at)
                   VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
        let fields = (
            row.key.path.as_str(),
            stored_tag(&row.key),
            row.port.get(),
            row.project.as_ref().map(Project::as_str),
            row.task.as_ref().map(Task::as_str),
            row.created_at.as_unix_seconds(),
            row.last_used_at.as_unix_seconds(),
        );
        self.execute(sql, fields)
    }

    fn touch(&mut self, key: &ReservationKey, last_used_at: Timestamp) -> Result<usize, rusqlite::Error> {
        let sql = "UPDATE reservations SET last_used_at = ?3 WHERE path = ?1 AND tag = ?2";
        self.execute(sql, (key.path.as_str(), stored_tag(key), last_used_at.as_unix_seconds()))
    }

    fn remove(&mut self, key: &ReservationKey) -> Result<usize, rusqlite::Error> {
        let sql = "DELETE FROM reservations WHERE path = ?1 AND tag = ?2";
        self.execute(sql, (key.path.as_str(), stored_tag(key)))
    }

    fn execute(&mut self, sql: &'static str, params: impl Params) -> Result<usize, rusqlite::Error> {
        let statement = match self.prepared.entry(sql) {
            Entry::Occupied(prepared) => prepared.into_mut(),
            Entry::Vacant(none) => none.insert(self.connection.prepare(sql)?),
        };
        statement.execute(params)
    }
}
