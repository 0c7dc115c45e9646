//! Questions about the stored reservations.

use trop_paths::AbsPath;

use crate::{Port, PortRange, PortSet, Reservation, ReservationKey};

/// The stored reservations, for reading.
///
/// Planners ask it, whoever stores reservations answers. Lists come sorted by key.
///
/// A store that is damaged may have a reservation where nobody looks for it. So that one is not there is known only after
/// [`require_searchable`](Ledger::require_searchable), which may take a walk along everything; [`find`](Ledger::find) and
/// [`find_at`](Ledger::find_at) leave that to whoever is still to ask for something else first.
pub trait Ledger {
    /// What can go wrong when reading.
    type Error;

    /// The reservation of exactly that key.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn by_key(&self, key: &ReservationKey) -> Result<Option<Reservation>, Self::Error> {
        let found = self.find(key)?;
        if found.is_none() {
            self.require_searchable()?;
        }
        Ok(found)
    }

    /// The reservation of exactly that key, where it is looked for. That there is none says nothing yet.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn find(&self, key: &ReservationKey) -> Result<Option<Reservation>, Self::Error>;

    /// Requires every reservation to be where it is looked for, so that what was not found is not there.
    ///
    /// # Errors
    /// When one is elsewhere, or the store cannot be read.
    fn require_searchable(&self) -> Result<(), Self::Error>;

    /// The reservation that holds that port.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn by_port(&self, port: Port) -> Result<Option<Reservation>, Self::Error>;

    /// The reserved ports of a range.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn ports_in(&self, range: PortRange) -> Result<PortSet, Self::Error>;

    /// The reservations of exactly that directory, under any tag or none.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn at(&self, path: &AbsPath) -> Result<Vec<Reservation>, Self::Error> {
        let found = self.find_at(path)?;
        if found.is_empty() {
            self.require_searchable()?;
        }
        Ok(found)
    }

    /// The reservations of exactly that directory, where they are looked for. That there is none says nothing yet.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn find_at(&self, path: &AbsPath) -> Result<Vec<Reservation>, Self::Error>;

    /// The reservations of that directory and of everything below it, by component.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn under(&self, path: &AbsPath) -> Result<Vec<Reservation>, Self::Error>;

    /// Every reservation.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn all(&self) -> Result<Vec<Reservation>, Self::Error>;
}
