//! The stored reservations, read over one connection.

use std::path::MAIN_SEPARATOR;

use rusqlite::{Connection, Params, Row};

use trop_model::{Ledger, Port, PortRange, PortSet, Reservation, ReservationKey};
use trop_paths::AbsPath;

use crate::StorageError;
use crate::order::Order;
use crate::place::Place;
use crate::row::{COLUMNS, NoTag, reservation};

/// The stored reservations as one transaction sees them.
pub struct Rows<'c> {
    pub(crate) connection: &'c Connection,
    pub(crate) place: &'c Place,
}

impl Ledger for Rows<'_> {
    type Error = StorageError;

    fn by_key(&self, key: &ReservationKey) -> Result<Option<Reservation>, StorageError> {
        let mut rows = self.select("WHERE path = ?1 AND tag = ?2", (key.path.as_str(), stored_tag(key)))?;
        rows.retain(|row| row.key == *key);
        if rows.len() != 1 {
            self.require_order()?;
        }
        Ok(rows.pop())
    }

    fn by_port(&self, port: Port) -> Result<Option<Reservation>, StorageError> {
        let mut found = None;
        self.walk(|row| {
            if stored_port(row) == Some(port) {
                found = Some(self.reservation(row)?);
            }
            Ok(())
        })?;
        Ok(found)
    }

    fn ports_in(&self, range: PortRange) -> Result<PortSet, StorageError> {
        let mut ports = PortSet::new();
        self.walk(|row| {
            ports.extend(stored_port(row).filter(|port| range.contains(*port)));
            Ok(())
        })?;
        Ok(ports)
    }

    fn at(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        let mut rows = self.select("WHERE path = ?1 ORDER BY tag", [path.as_str()])?;
        rows.retain(|row| row.key.path == *path);
        if rows.is_empty() || !rows.is_sorted_by(|one, next| one.key < next.key) {
            self.require_order()?;
        }
        Ok(rows)
    }

    fn under(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        let mut rows = Vec::new();
        self.walk(|row| {
            if stored_path(row).is_some_and(|stored| is_under(stored, path.as_str())) {
                rows.push(self.reservation(row)?);
            }
            Ok(())
        })?;
        Ok(rows)
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

impl Rows<'_> {
    /// Looks rows up by their key, in the table itself.
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

    /// Whether what was not found is not there.
    fn require_order(&self) -> Result<(), StorageError> {
        self.walk(|_| Ok(()))
    }

    /// Shows `visit` every row, in the order of the keys, and ends where that order does.
    ///
    /// It goes along the table itself. The index of the ports may disagree with it in a damaged file: that index is there to refuse
    /// a second row with a port, and never to answer.
    fn walk(&self, mut visit: impl FnMut(&Row<'_>) -> Result<(), StorageError>) -> Result<(), StorageError> {
        let mut statement = self
            .connection
            .prepare(&format!("SELECT {COLUMNS} FROM reservations NOT INDEXED ORDER BY path, tag"))
            .map_err(|error| self.place.reading(error))?;
        let mut rows = statement.query([]).map_err(|error| self.place.reading(error))?;
        let mut order = Order::default();
        while let Some(row) = rows.next().map_err(|error| self.place.reading(error))? {
            visit(row)?;
            if let Some(damage) = order.find_damage(row) {
                return Err(self.place.damaged(vec![damage]));
            }
        }
        Ok(())
    }

    fn reservation(&self, row: &Row<'_>) -> Result<Reservation, StorageError> {
        reservation(row, NoTag::Empty).map_err(|damage| self.place.damaged(damage))
    }
}

fn stored_port(row: &Row<'_>) -> Option<Port> {
    row.get(2).ok().and_then(Port::new)
}

fn stored_path<'r>(row: &'r Row<'_>) -> Option<&'r str> {
    row.get_ref(0).ok()?.as_str().ok()
}

fn is_under(path: &str, directory: &str) -> bool {
    let below = path.strip_prefix(directory);
    below.is_some_and(|below| {
        below.is_empty() || directory.ends_with(MAIN_SEPARATOR) || below.starts_with(MAIN_SEPARATOR)
    })
}

/// How a tag is stored: the empty string for none.
pub(crate) fn stored_tag(key: &ReservationKey) -> &str {
    key.tag.as_ref().map_or("", |tag| tag.as_str())
}
