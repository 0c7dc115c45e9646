//! What is in the place of the database, found out before anything is opened for writing: a file that is refused stays as it is.

use std::io;

use rusqlite::TransactionBehavior;
use trop_files::find_obstacle;

use crate::StorageError;
use crate::error::{Doing, from_io};
use crate::examine::require_whole;
use crate::file::{Appearance, Identity, appearance};
use crate::inspect::{Older, Usable, inspect};
use crate::place::Place;
use crate::read::{Reader, is_whole, open_for_reading, open_whole};

/// What there is.
pub(crate) enum Look {
    /// A database with today's schema.
    Current {
        /// Whether it keeps a write-ahead log.
        wal: bool,
        /// Which file it is.
        identity: Identity,
    },
    /// A database that has to be brought up to today's schema.
    Older(Older),
    /// Nothing.
    Nothing,
    /// A file without any table.
    FileWithoutTables,
}

/// Looks at the database from outside, and where that does not settle it, opens it for reading.
pub(crate) fn look(place: &Place) -> Result<Look, StorageError> {
    let database = place.database();
    let (appearance, identity) = appearance(database, place.schema)
        .map_err(|error| from_io(database, Doing::Reading, explain(place, error)))?;
    match appearance {
        Appearance::Current { wal } => Ok(Look::Current { wal, identity }),
        Appearance::Absent => Ok(Look::Nothing),
        Appearance::ZeroBytes => Ok(Look::FileWithoutTables),
        Appearance::NotSqlite => Err(StorageError::Corrupt {
            database: database.to_owned(),
            source: "it does not begin like an SQLite database".into(),
        }),
        Appearance::NoFile(what) => {
            Err(StorageError::Foreign { database: database.to_owned(), why: format!("it is {what}") })
        }
        Appearance::Other if is_whole(&place.location) => {
            match open_whole(place).and_then(|reader| look_inside(place, reader, identity)) {
                // Somebody sets it up at this very moment, and half of that was seen.
                Err(_) if has_changed(place) => look_inside(place, open_for_reading(place)?, identity),
                look => look,
            }
        }
        Appearance::Other => look_inside(place, open_for_reading(place)?, identity),
    }
}

/// What stands in the way is said, where there is no way.
fn explain(place: &Place, error: io::Error) -> io::Error {
    let directory = place.location.directory().as_path().as_std_path();
    match find_obstacle(directory).filter(|_| error.kind() == io::ErrorKind::NotADirectory) {
        Some(obstacle) => obstacle.into(),
        None => error,
    }
}

/// Judges what is in the database in one snapshot: marks that are read one by one may be from before and after a set-up.
fn look_inside(place: &Place, mut reader: Reader, identity: Identity) -> Result<Look, StorageError> {
    let snapshot = reader
        .connection
        .transaction_with_behavior(TransactionBehavior::Deferred)
        .map_err(|error| place.reading(error))?;
    match inspect(&snapshot, place).map_err(|objection| place.judged(objection, Doing::Reading))? {
        Usable::Empty => {
            // Its first table would be made of pages that do not belong to it.
            require_whole(&snapshot, place)?;
            Ok(Look::FileWithoutTables)
        }
        Usable::Older(older) => Ok(Look::Older(older)),
        Usable::Current => {
            let mode: String = snapshot
                .pragma_query_value(None, "journal_mode", |row| row.get(0))
                .map_err(|error| place.reading(error))?;
            Ok(Look::Current { wal: mode == "wal", identity })
        }
    }
}

/// Whether a database that was whole, and did not look like one of ours, has been written since.
fn has_changed(place: &Place) -> bool {
    !is_whole(&place.location)
        || !matches!(appearance(place.database(), place.schema), Ok((Appearance::Other, _)))
}
