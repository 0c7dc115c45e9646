//! What a planner knows of the world beside the ledger.

use trop_model::{Reservation, Timestamp};
use trop_paths::Presence;

/// Facts from outside, as plain data.
#[derive(Debug)]
pub struct Facts {
    /// The time of the command. It does not pass while the command runs.
    pub now: Timestamp,
    /// What became of the directories of stored rows. `None` until somebody looked.
    pub directories: Option<Vec<LookedAt>>,
}

/// A row, and what a look at its directory showed.
#[derive(Debug)]
pub struct LookedAt {
    /// The row as it was when the look was asked for.
    pub row: Reservation,
    /// What was there.
    pub presence: Presence,
}

/// A fact that a planner lacks.
#[derive(Debug)]
pub enum Needs {
    /// What became of the directories of these rows.
    Directories(Vec<Reservation>),
}

impl Facts {
    /// The time and nothing else.
    #[must_use]
    pub fn at(now: Timestamp) -> Facts {
        Facts { now, directories: None }
    }
}
