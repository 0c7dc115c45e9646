//! What a run that writes would meet, found out without writing.

use crate::aside::find_orphan;
use crate::look::{Look, look};
use crate::make_current::preview;
use crate::place::Place;
use crate::view::Salvage;
use crate::writable::{
    require_files_writable, require_lockable, require_makeable, require_nothing_odd,
    require_nothing_odd_in_use,
};
use crate::{Notice, StorageError, WhenMissing};

/// Finds out, without writing, whether [`Store::write`](crate::Store::write) could write, and what it would tell.
pub(crate) fn foresee(place: &Place, missing: WhenMissing) -> Result<Vec<Notice>, StorageError> {
    let database = place.database().to_owned();
    let notices = match (look(place)?, missing) {
        (Look::Current { wal, .. }, _) => {
            require_nothing_odd_in_use(place, wal)?;
            require_files_writable(place)?;
            return Ok(Vec::new());
        }
        (Look::Nothing | Look::FileWithoutTables, WhenMissing::TreatAsEmpty) => return Ok(Vec::new()),
        (Look::Nothing | Look::FileWithoutTables, WhenMissing::Refuse) => {
            return Err(StorageError::Missing(database));
        }
        (Look::Nothing, WhenMissing::Create) => {
            require_makeable(place)?;
            require_nothing_odd(place)?;
            require_lockable(place)?;
            return Ok(orphan_to_be_moved(place).collect());
        }
        (Look::FileWithoutTables, WhenMissing::Create) => {
            [Notice::FileWithoutTables(database)].into_iter().chain(orphan_to_be_moved(place)).collect()
        }
        (Look::Older(older), _) => {
            drop(preview(place)?);
            vec![Notice::ToBeMigrated { database, layout: older.number() }]
        }
    };
    require_set_up(place)?;
    Ok(notices)
}

fn orphan_to_be_moved(place: &Place) -> impl Iterator<Item = Notice> {
    find_orphan(place).map(Notice::LogToBeMovedAside).into_iter()
}

/// The same for what is to be started over: what cannot be read does not remain.
pub(crate) fn foresee_starting_over(
    place: &Place,
    missing: WhenMissing,
) -> Result<Vec<Notice>, StorageError> {
    let database = place.database().to_owned();
    let notice = match Salvage::find(place)? {
        Salvage::All(_) => {
            require_lockable(place)?;
            require_nothing_odd(place)?;
            return foresee(place, missing);
        }
        Salvage::Damaged => Notice::ToBeMovedAside(database),
        Salvage::Unreadable(error) => Notice::ToBeDropped { database, why: error.to_string() },
    };
    require_set_up(place)?;
    Ok(vec![notice])
}

/// Whether a database that is there could be set up anew.
fn require_set_up(place: &Place) -> Result<(), StorageError> {
    require_nothing_odd(place)?;
    require_lockable(place)?;
    require_files_writable(place)
}
