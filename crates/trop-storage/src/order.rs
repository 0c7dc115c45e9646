//! Whether rows that come one after the other can be the rows of one table.

use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Row};

use trop_model::{Port, PortSet};

use crate::damage::Damage;
use crate::row::{COLUMNS, damage};

/// What a walk along the whole table has met so far.
///
/// A table is searched by its order. Where the keys only ever rise, every row is where it is looked for, and what is not found is not
/// there. A walk that rises also comes to an end, however the pages of a damaged file point at each other.
#[derive(Default)]
pub(crate) struct Order {
    last: Key,
    ports: PortSet,
}

/// Before any row it is empty, which comes before every key: no path is empty.
#[derive(Default)]
struct Key {
    path: Vec<u8>,
    tag: Vec<u8>,
}

/// Why a row cannot be the next one.
pub(crate) struct Misfit {
    field: &'static str,
    problem: String,
}

impl Order {
    /// Requires that this row can be the next one, and goes on to it. Its first columns are path, tag and port.
    pub(crate) fn require_next(&mut self, row: &Row<'_>) -> Result<(), Damage> {
        let value = |index| row.get_ref(index).unwrap_or(ValueRef::Null);
        self.take(value(0), value(1), value(2))
            .map_err(|Misfit { field, problem }| damage(row, field, problem))
    }

    /// The same of a row with this path, tag and port.
    fn take(&mut self, path: ValueRef<'_>, tag: ValueRef<'_>, port: ValueRef<'_>) -> Result<(), Misfit> {
        let misfit = |field, problem: &str| Err(Misfit { field, problem: problem.to_owned() });
        let ValueRef::Text(path) = path else { return misfit("path", "it is no text") };
        let ValueRef::Text(tag) = tag else { return misfit("tag", "it is no text") };
        let ValueRef::Integer(port) = port else { return misfit("port", "it is no number") };
        if !self.last.is_before(path, tag) {
            return misfit("path, tag", "the row is not where it is looked for, or is there twice");
        }
        self.last.copy_from(path, tag);
        // Which port the row had is not known, so that none can be said to be free.
        let port = match Port::try_from(port) {
            Ok(port) => port,
            Err(error) => return misfit("port", &error.to_string()),
        };
        if self.ports.insert(port) { Ok(()) } else { misfit("port", "another row has it, too") }
    }

    /// The ports of the rows so far.
    pub(crate) fn into_ports(self) -> PortSet {
        self.ports
    }
}

/// The ports of all rows, when each row is where it is looked for. `None` where that is not so, or something else goes wrong: a walk
/// from row to row tells what.
///
/// It goes along the table itself, as a walk does, inside SQLite: to hand the rows out one by one takes longer than to look at them. Should
/// SQLite ever go along it in another order than that of the keys, the rows do not rise, and nothing is believed that is not so.
pub(crate) fn ports_in_order(connection: &Connection) -> Option<PortSet> {
    let walk = Walk::default();
    let ports = Arc::clone(&walk.ports);
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DIRECTONLY;
    connection.create_aggregate_function("trop_walk", 3, flags, walk).ok()?;
    // The other columns are read of one row alone. Without any of them in the table, nothing can be answered.
    // Whoever asks for the last field first looks once at where fields are.
    let sql = format!("SELECT trop_walk(port, path, tag), {COLUMNS} FROM reservations");
    connection.query_row(&sql, [], |_| Ok(())).ok()?;
    ports.lock().unwrap_or_else(PoisonError::into_inner).take()
}

/// A walk that SQLite makes.
#[derive(Default)]
struct Walk {
    /// Where the ports are once it has come to its end.
    ports: Arc<Mutex<Option<PortSet>>>,
}

impl Aggregate<Order, i64> for Walk {
    fn init(&self, _: &mut Context<'_>) -> rusqlite::Result<Order> {
        Ok(Order::default())
    }

    fn step(&self, row: &mut Context<'_>, order: &mut Order) -> rusqlite::Result<()> {
        let taken = order.take(row.get_raw(1), row.get_raw(2), row.get_raw(0));
        // There may be no end to rows that do not rise.
        taken.map_err(|_| rusqlite::Error::InvalidQuery)
    }

    fn finalize(&self, _: &mut Context<'_>, order: Option<Order>) -> rusqlite::Result<i64> {
        let ports = order.unwrap_or_default().into_ports();
        *self.ports.lock().unwrap_or_else(PoisonError::into_inner) = Some(ports);
        Ok(0)
    }
}

impl Key {
    fn is_before(&self, path: &[u8], tag: &[u8]) -> bool {
        (self.path.as_slice(), self.tag.as_slice()) < (path, tag)
    }

    fn copy_from(&mut self, path: &[u8], tag: &[u8]) {
        copy(path, &mut self.path);
        copy(tag, &mut self.tag);
    }
}

/// Paths side by side are often of one length, and most tags are empty.
fn copy(text: &[u8], kept: &mut Vec<u8>) {
    if text.is_empty() {
        kept.clear();
    } else if text.len() == kept.len() {
        kept.copy_from_slice(text);
    } else {
        kept.clear();
        kept.extend_from_slice(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const IN_ANY_ORDER: &str =
        "CREATE TABLE reservations (path, tag, port, project, task, created_at, last_used_at);";
    const INCOMPLETE: &str = "CREATE TABLE reservations (path, tag, port, project, task, created_at);";
    const SEARCHED_BY_KEY: &str = "
        CREATE TABLE reservations (
            path, tag, port, project, task, created_at, last_used_at, PRIMARY KEY (path, tag)
        ) WITHOUT ROWID;
        CREATE UNIQUE INDEX one_key_per_port ON reservations (port, path, tag);";

    #[track_caller]
    fn check(table: &str, rows: &str, expected: Option<&[u16]>) {
        let connection = Connection::open_in_memory().unwrap();
        connection.execute_batch(table).unwrap();
        if !rows.is_empty() {
            connection
                .execute_batch(&format!("INSERT INTO reservations (path, tag, port) VALUES {rows}"))
                .unwrap();
        }
        let expected = expected.map(|ports| ports.iter().filter_map(|&port| Port::new(port)).collect());
        assert_eq!(ports_in_order(&connection), expected);
        assert_eq!(ports_in_order(&connection), expected, "asked once more");
    }

    #[test]
    fn a_table_is_walked_along_in_the_order_of_its_keys_and_not_of_an_index() {
        check(SEARCHED_BY_KEY, "", Some(&[]));
        check(SEARCHED_BY_KEY, "('/srv/b', '', 2), ('/srv/a', 'x', 9), ('/srv/a', '', 5)", Some(&[2, 5, 9]));
    }

    #[test]
    fn what_cannot_be_is_left_to_a_walk_that_tells_it() {
        check(IN_ANY_ORDER, "('/srv/a', '', 1), ('/srv/b', '', 2)", Some(&[1, 2]));
        check(IN_ANY_ORDER, "('/srv/b', '', 1), ('/srv/a', '', 2)", None);
        check(IN_ANY_ORDER, "('/srv/a', '', 1), ('/srv/a', '', 2)", None);
        check(IN_ANY_ORDER, "('/srv/a', 'x', 1), ('/srv/a', '', 2)", None);
        check(IN_ANY_ORDER, "('/srv/a', '', 1), ('/srv/b', '', 1)", None);
        check(IN_ANY_ORDER, "('', '', 1)", None);
        check(IN_ANY_ORDER, "(NULL, '', 1)", None);
        check(IN_ANY_ORDER, "(x'2f', '', 1)", None);
        check(IN_ANY_ORDER, "('/srv/a', NULL, 1)", None);
        check(IN_ANY_ORDER, "('/srv/a', '', '1')", None);
        check(IN_ANY_ORDER, "('/srv/a', '', 0)", None);
        check(IN_ANY_ORDER, "('/srv/a', '', 65536)", None);
        check(INCOMPLETE, "('/srv/a', '', 1)", None);
    }
}
