//! A data directory that somebody moves away and back, or exchanges for another one, while it is being opened.
//!
//! SQLite opens what belongs to a database by its path, and only when it is asked for something. It may find nothing there, or what
//! belongs to another database, and what it then says is not true of the one that is in place afterwards. Which files it opened,
//! nobody is told, so the only way is to begin again.

use crate::StorageError;
use crate::file::Standing;
use crate::place::Place;

/// How often it is begun at most. SQLite itself makes and removes files beside a database, so that one that is really damaged may look
/// as if somebody moved it each time.
const MOST_ATTEMPTS: u32 = 10;

/// Attempts that failed, and what was in place when the last one did.
#[derive(Debug, Default)]
pub(crate) struct Attempts {
    failed: u32,
    standing: Option<Standing>,
}

impl Attempts {
    /// Whether to begin again after that error: once in any case, and then as long as something was moved in the meantime.
    pub(crate) fn another(&mut self, place: &Place, error: &StorageError) -> bool {
        if !may_come_of_a_move(error) {
            return false;
        }
        self.failed += 1;
        let standing = Standing::of(&place.location);
        let is_still = self.standing.replace(standing) == Some(standing);
        !is_still && self.failed < MOST_ATTEMPTS
    }
}

/// Tries it, and again where the error may come of a move.
pub(crate) fn steadily<T>(
    place: &Place,
    attempt: impl Fn() -> Result<T, StorageError>,
) -> Result<T, StorageError> {
    let mut attempts = Attempts::default();
    loop {
        match attempt() {
            Err(error) if attempts.another(place, &error) => {}
            outcome => return outcome,
        }
    }
}

fn may_come_of_a_move(error: &StorageError) -> bool {
    match error {
        StorageError::Unreadable { .. }
        | StorageError::Unwritable { .. }
        | StorageError::Corrupt { .. }
        | StorageError::Unexpected { .. }
        | StorageError::Foreign { .. }
        | StorageError::MarksDisagree { .. }
        | StorageError::Damaged { .. } => true,
        StorageError::Busy { .. }
        | StorageError::Missing(_)
        | StorageError::NotAdoptable { .. }
        | StorageError::MigrationFailed { .. }
        | StorageError::Newer { .. } => false,
    }
}
