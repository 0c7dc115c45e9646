//! Questions about the stored reservations.

use trop_paths::AbsPath;

use crate::{Port, PortRange, PortSet, Reservation, ReservationKey};

/// The stored reservations, for reading.
///
/// Planners ask it, whoever stores reservations answers. Lists come sorted by key.
pub trait Ledger {
    /// What can go wrong when reading.
    type Error;

    /// The reservation of exactly that key.
    ///
    /// # Errors
    /// When the store cannot be read, or holds an impossible value.
    fn by_key(&self, key: &ReservationKey) -> Result<Option<Reservation>, Self::Error>;

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
    fn at(&self, path: &AbsPath) -> Result<Vec<Reservation>, Self::Error>;

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
