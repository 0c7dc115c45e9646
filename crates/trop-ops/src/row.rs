//! The row of a key as it will be: kept, or placed on a port.

use trop_model::{Change, Port, Reservation, ReservationKey, Timestamp};

use crate::labels::Labels;

/// A reservation that somebody asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The reservation as it is stored afterwards.
    pub reservation: Reservation,
    /// Whether there was none before.
    pub created: bool,
}

/// What becomes of a row, and the answer that this makes.
pub(crate) struct Decided {
    pub(crate) change: Change,
    pub(crate) answer: Assigned,
}

/// The key has its port and keeps it.
pub(crate) fn kept_row(stored: Reservation, labels: Labels, now: Timestamp) -> Decided {
    let last_used_at = last_use(&stored, now);
    let is_relabelled = labels != Labels::of(&stored);
    let Labels { project, task } = labels;
    let reservation = Reservation { project, task, last_used_at, ..stored.clone() };
    let change = if is_relabelled {
        Change::Put { row: reservation.clone(), replaces: Some(stored) }
    } else {
        Change::Touch { row: stored, last_used_at }
    };
    Decided { change, answer: Assigned { reservation, created: false } }
}

/// The key gets this port, in the place of the one that it may have.
pub(crate) fn placed_row(
    key: ReservationKey,
    port: Port,
    labels: Labels,
    stored: Option<Reservation>,
    now: Timestamp,
) -> Decided {
    let (created_at, last_used_at) = match &stored {
        Some(stored) => (stored.created_at, last_use(stored, now)),
        None => (now, now),
    };
    let created = stored.is_none();
    let Labels { project, task } = labels;
    let reservation = Reservation { key, port, project, task, created_at, last_used_at };
    let change = Change::Put { row: reservation.clone(), replaces: stored };
    Decided { change, answer: Assigned { reservation, created } }
}

/// Now, except that a clock that was set back makes nothing look unused.
fn last_use(stored: &Reservation, now: Timestamp) -> Timestamp {
    stored.last_used_at.max(now)
}
