//! The stored reservations, read over one connection.

use std::cell::OnceCell;
use std::path::MAIN_SEPARATOR;

use rusqlite::{Connection, Params, Row};

use trop_model::{Ledger, Port, PortRange, PortSet, Reservation, ReservationKey};
use trop_paths::AbsPath;

use crate::StorageError;
use crate::order::{Order, ports_in_order};
use crate::place::Place;
use crate::row::{COLUMNS, NoTag, reservation};

/// The stored reservations as one transaction sees them.
pub struct Rows<'c> {
    pub(crate) connection: &'c Connection,
    place: &'c Place,
    /// The ports of the whole table, once it was walked along.
    ports: OnceCell<PortSet>,
}

impl Ledger for Rows<'_> {
    type Error = StorageError;

    fn find(&self, key: &ReservationKey) -> Result<Option<Reservation>, StorageError> {
        let mut rows = self.select("WHERE path = ?1 AND tag = ?2", (key.path.as_str(), stored_tag(key)))?;
        rows.retain(|row| row.key == *key);
        if 1 < rows.len() {
            self.require_searchable()?;
        }
        Ok(rows.pop())
    }

    fn require_searchable(&self) -> Result<(), StorageError> {
        self.ports().map(drop)
    }

    fn by_port(&self, port: Port) -> Result<Option<Reservation>, StorageError> {
        if !self.ports()?.contains(port) {
            return Ok(None);
        }
        // With the plus, SQLite searches the table.
        Ok(self.select("WHERE +port = ?1", [port.get()])?.pop())
    }

    fn ports_in(&self, range: PortRange) -> Result<PortSet, StorageError> {
        Ok(self.ports()?.within(range))
    }

    fn find_at(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        let mut rows = self.select("WHERE path = ?1 ORDER BY tag", [path.as_str()])?;
        rows.retain(|row| row.key.path == *path);
        if !rows.is_sorted_by(|one, next| one.key < next.key) {
            self.require_searchable()?;
        }
        Ok(rows)
    }

    fn under(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        if path.parent().is_none() {
            return self.all();
        }
        self.require_searchable()?;
        // What is inside `/srv/a` begins with `/srv/a/`, and the next character after `/` is `0`.
        let after = char::from_u32(u32::from(MAIN_SEPARATOR) + 1).unwrap_or(char::MAX);
        let (first_inside, first_after) = (format!("{path}{MAIN_SEPARATOR}"), format!("{path}{after}"));
        self.select(
            "WHERE path = ?1 OR (?2 <= path AND path < ?3) ORDER BY path, tag",
            (path.as_str(), first_inside, first_after),
        )
    }

    fn all(&self) -> Result<Vec<Reservation>, StorageError> {
        let mut rows = Vec::new();
        self.walk(|row| {
            rows.push(self.reservation(row)?);
            Ok(())
        })?;
        Ok(rows)
    }
}

impl<'c> Rows<'c> {
    pub(crate) fn new(connection: &'c Connection, place: &'c Place) -> Rows<'c> {
        Rows { connection, place, ports: OnceCell::new() }
    }

    /// Looks rows up in the table itself.
    fn select(&self, condition: &str, params: impl Params) -> Result<Vec<Reservation>, StorageError> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT {COLUMNS} FROM reservations {condition}"))
            .map_err(|error| self.place.reading(error))?;
        let mut rows = statement.query(params).map_err(|error| self.place.reading(error))?;
        let mut reservations = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.place.reading(error))? {
            reservations.push(self.reservation(row)?);
        }
        Ok(reservations)
    }

    /// The ports of all rows, of which each is where it is looked for.
    fn ports(&self) -> Result<&PortSet, StorageError> {
        if let Some(ports) = self.ports.get() {
            return Ok(ports);
        }
        let ports = match ports_in_order(self.connection) {
            Some(ports) => ports,
            None => self.walk(|_| Ok(()))?,
        };
        Ok(self.ports.get_or_init(|| ports))
    }

    /// Shows `visit` every row, in the order of the keys, and ends where that order does. These are their ports.
    ///
    /// It goes along the table itself. The index of the ports may disagree with it in a damaged file: that index is there to refuse
    /// a second row with a port, and never to answer.
    fn walk(
        &self,
        mut visit: impl FnMut(&Row<'_>) -> Result<(), StorageError>,
    ) -> Result<PortSet, StorageError> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT {COLUMNS} FROM reservations ORDER BY path, tag"))
            .map_err(|error| self.place.reading(error))?;
        let mut rows = statement.query([]).map_err(|error| self.place.reading(error))?;
        let mut order = Order::default();
        while let Some(row) = rows.next().map_err(|error| self.place.reading(error))? {
            visit(row)?;
            order.require_next(row).map_err(|damage| self.place.damaged(vec![damage]))?;
        }
        Ok(order.into_ports())
    }

    fn reservation(&self, row: &Row<'_>) -> Result<Reservation, StorageError> {
        reservation(row, NoTag::Empty).map_err(|damage| self.place.damaged(damage))
    }
}

/// How a tag is stored: the empty string for none.
pub(crate) fn stored_tag(key: &ReservationKey) -> &str {
    key.tag.as_ref().map_or("", |tag| tag.as_str())
}
