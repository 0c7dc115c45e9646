//! Whether rows that come one after the other can be the rows of one table.

use rusqlite::Row;
use rusqlite::types::ValueRef;

use trop_model::{Port, PortSet};

use crate::damage::Damage;
use crate::row::damage;

/// What a walk along the whole table has met so far.
///
/// A table is searched by its order. Where the keys only ever rise, every row is where it is looked for, and what is not found is not
/// there. A walk that rises also comes to an end, however the pages of a damaged file point at each other.
#[derive(Default)]
pub(crate) struct Order {
    last: Option<Key>,
    ports: PortSet,
}

#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    path: Vec<u8>,
    tag: Vec<u8>,
}

impl Order {
    /// What is wrong with this row as the next one.
    pub(crate) fn find_damage(&mut self, row: &Row<'_>) -> Option<Damage> {
        let damaged = |field, problem: &str| Some(damage(row, field, problem.to_owned()));
        let Some(path) = text(row, 0) else { return damaged("path", "it is no text") };
        let Some(tag) = text(row, 1) else { return damaged("tag", "it is no text") };
        let Ok(ValueRef::Integer(port)) = row.get_ref(2) else { return damaged("port", "it is no number") };
        let key = Key { path: path.to_owned(), tag: tag.to_owned() };
        if self.last.as_ref().is_some_and(|last| key <= *last) {
            return damaged("path, tag", "the row is not where it is looked for, or is there twice");
        }
        self.last = Some(key);
        // What is no port at all is in the way of none.
        let port = Port::try_from(port).ok()?;
        if self.ports.contains(port) {
            return damaged("port", "another row has it, too");
        }
        self.ports.insert(port);
        None
    }
}

fn text<'r>(row: &'r Row<'_>, index: usize) -> Option<&'r [u8]> {
    match row.get_ref(index) {
        Ok(ValueRef::Text(text)) => Some(text),
        _ => None,
    }
}
