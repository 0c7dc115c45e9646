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
    last: Key,
    ports: PortSet,
}

/// Before any row it is empty, which comes before every key: no path is empty.
#[derive(Default)]
struct Key {
    path: Vec<u8>,
    tag: Vec<u8>,
}

impl Order {
    /// Requires that this row can be the next one, and goes on to it. Its first columns are path, tag and port.
    pub(crate) fn require_next(&mut self, row: &Row<'_>) -> Result<(), Damage> {
        let damaged = |field, problem: &str| Err(damage(row, field, problem.to_owned()));
        let Some(path) = text(row, 0) else { return damaged("path", "it is no text") };
        let Some(tag) = text(row, 1) else { return damaged("tag", "it is no text") };
        let Ok(ValueRef::Integer(port)) = row.get_ref(2) else { return damaged("port", "it is no number") };
        if !self.last.is_before(path, tag) {
            return damaged("path, tag", "the row is not where it is looked for, or is there twice");
        }
        self.last.copy_from(path, tag);
        // Which port the row had is not known, so that none can be said to be free.
        let port = match Port::try_from(port) {
            Ok(port) => port,
            Err(error) => return damaged("port", &error.to_string()),
        };
        if self.ports.contains(port) {
            return damaged("port", "another row has it, too");
        }
        self.ports.insert(port);
        Ok(())
    }

    /// The ports of the rows so far.
    pub(crate) fn into_ports(self) -> PortSet {
        self.ports
    }
}

impl Key {
    fn is_before(&self, path: &[u8], tag: &[u8]) -> bool {
        (self.path.as_slice(), self.tag.as_slice()) < (path, tag)
    }

    fn copy_from(&mut self, path: &[u8], tag: &[u8]) {
        self.path.clear();
        self.path.extend_from_slice(path);
        self.tag.clear();
        self.tag.extend_from_slice(tag);
    }
}

fn text<'r>(row: &'r Row<'_>, index: usize) -> Option<&'r [u8]> {
    match row.get_ref(index) {
        Ok(ValueRef::Text(text)) => Some(text),
        _ => None,
    }
}
