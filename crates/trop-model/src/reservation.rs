//! What trop stores: one port number held for one key.

use std::fmt;

use trop_paths::AbsPath;

use crate::{Port, Project, Tag, Task, Timestamp};

/// The identity of a reservation: a directory, and a tag where one directory has several.
///
/// Ordered by path, then by tag, the untagged one first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ReservationKey {
    /// The directory.
    pub path: AbsPath,
    /// The tag, if it has one.
    pub tag: Option<Tag>,
}

impl fmt::Display for ReservationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.tag {
            Some(tag) => write!(f, "{} (tag {tag})", self.path),
            None => self.path.fmt(f),
        }
    }
}

/// One port number held for one key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reservation {
    /// For whom.
    pub key: ReservationKey,
    /// Which port.
    pub port: Port,
    /// The repository it belongs to, where known.
    pub project: Option<Project>,
    /// The branch or worktree it belongs to, where known.
    pub task: Option<Task>,
    /// When it was first made.
    pub created_at: Timestamp,
    /// When it was last asked for.
    pub last_used_at: Timestamp,
}
