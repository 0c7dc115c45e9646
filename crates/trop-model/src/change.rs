//! What is to become of one stored reservation.

use crate::{Reservation, ReservationKey, Timestamp};

/// One step of a plan. It holds the whole row, so that what is shown of a plan and what is stored of it are the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Change {
    /// Store this row. `replaces` is the row of the same key that it takes the place of.
    Put {
        /// The row as it will be.
        row: Reservation,
        /// The row as it is now, when there is one.
        replaces: Option<Reservation>,
    },
    /// Give the row another key. Nothing else of it changes.
    Move {
        /// The row as it will be.
        row: Reservation,
        /// The key that it has now.
        from: ReservationKey,
    },
    /// Set when the row was last used.
    Touch {
        /// The row as it is now.
        row: Reservation,
        /// The new time.
        last_used_at: Timestamp,
    },
    /// Remove the row.
    Remove {
        /// The row as it is now.
        row: Reservation,
        /// Why it goes.
        reason: RemovalReason,
    },
}

impl Change {
    /// The row that the change is about: as it will be where it stays, as it was where it goes.
    #[must_use]
    pub fn row(&self) -> &Reservation {
        match self {
            Change::Put { row, .. }
            | Change::Move { row, .. }
            | Change::Touch { row, .. }
            | Change::Remove { row, .. } => row,
        }
    }

    /// Whether the change only refreshes when a row was last used.
    #[must_use]
    pub fn is_touch(&self) -> bool {
        matches!(self, Change::Touch { .. })
    }
}

/// Why a reservation is removed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RemovalReason {
    /// Somebody asked for it.
    Released,
    /// Its directory is certainly gone.
    Gone,
    /// It was not used for longer than allowed.
    Expired,
    /// Another one moves to where it stands.
    Replaced,
}
