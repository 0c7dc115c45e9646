//! What a planner knows of the world beside the ledger.

use trop_model::{Project, Reservation, Task, Timestamp};
use trop_paths::{AbsPath, Presence};

/// Facts from outside, as plain data.
#[derive(Debug)]
pub struct Facts {
    /// The time of the command. It does not pass while the command runs.
    pub now: Timestamp,
    /// What became of the directories of stored rows. `None` until somebody looked.
    pub directories: Option<Vec<LookedAt>>,
    /// What git says of one directory. `None` until somebody asked.
    pub labels: Option<FoundLabels>,
}

/// A row, and what a look at its directory showed.
#[derive(Debug)]
pub struct LookedAt {
    /// The row as it was when the look was asked for.
    pub row: Reservation,
    /// What was there.
    pub presence: Presence,
}

/// What git says of a directory.
#[derive(Debug)]
pub struct FoundLabels {
    /// The directory that was asked about.
    pub path: AbsPath,
    /// The repository that it belongs to, where there is one.
    pub project: Option<Project>,
    /// The worktree or branch that is checked out there, where there is one.
    pub task: Option<Task>,
}

/// A fact that a planner lacks.
#[derive(Debug)]
pub enum Needs {
    /// What became of the directories of these rows.
    Directories(Vec<Reservation>),
    /// What git says of this directory.
    Labels(AbsPath),
}

impl Facts {
    /// The time and nothing else.
    #[must_use]
    pub fn at(now: Timestamp) -> Facts {
        Facts { now, directories: None, labels: None }
    }
}
