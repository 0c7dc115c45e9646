//! The stored reservations, read over one connection.

use rusqlite::{Connection, Params};

use trop_model::{Ledger, Port, PortRange, PortSet, Reservation, ReservationKey};
use trop_paths::AbsPath;

use crate::StorageError;
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
        read().map_err(|error| self.place.reading(error))
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
            .prepare(&format!("SELECT {COLUMNS} FROM reservations {condition}"))
            .map_err(|error| self.place.reading(error))?;
        let mut rows = statement.query(params).map_err(|error| self.place.reading(error))?;
        let mut reservations = Vec::new();
        while let Some(row) = rows.next().map_err(|error| self.place.reading(error))? {
            let reservation = reservation(row, NoTag::Empty).map_err(|damage| StorageError::Damaged {
                database: self.place.database().to_owned(),
                damage,
            })?;
            reservations.push(reservation);
        }
        Ok(reservations)
    }
}

/// How a tag is stored: the empty string for none.
pub(crate) fn stored_tag(key: &ReservationKey) -> &str {
    key.tag.as_ref().map_or("", |tag| tag.as_str())
}
