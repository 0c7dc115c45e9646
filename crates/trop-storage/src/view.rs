//! What is stored, to be read in today's schema.

use rusqlite::Connection;

use trop_model::Ledger;

use crate::error::Doing;
use crate::file::Identity;
use crate::inspect::inspect;
use crate::look::{Look, look};
use crate::make_current::{empty, is_emptied, preview};
use crate::place::Place;
use crate::read::{Reader, open_for_reading};
use crate::set_up::is_damaged;
use crate::{Rows, StorageError};

/// What there is to be read.
pub(crate) enum View {
    /// There is no database, and so one in memory without rows.
    Nothing(Connection),
    /// The file itself, in one snapshot.
    File {
        /// Its transaction is open.
        reader: Reader,
        /// Which file it is.
        identity: Identity,
    },
    /// What an older program wrote, brought up to today's schema in memory.
    Copy(Connection),
}

/// What can be read of a database that is to be started over.
pub(crate) enum Salvage {
    /// All of it.
    All(View),
    /// The file is damaged, and is moved aside.
    Damaged,
    /// Not all of it, for this reason, and so nothing.
    Unreadable(StorageError),
}

impl View {
    /// Opens what there is.
    pub(crate) fn open(place: &Place) -> Result<View, StorageError> {
        match look(place)? {
            Look::Current { identity, .. } => {
                let reader = open_for_reading(place)?;
                reader.connection.execute_batch("BEGIN").map_err(|error| place.reading(error))?;
                // From here on everything that belongs to the snapshot is open, wherever its files are moved to.
                inspect(&reader.connection, place)
                    .map_err(|objection| place.judged(objection, Doing::Reading))?;
                Ok(View::File { reader, identity })
            }
            Look::Older(_) => preview(place).map(View::Copy),
            Look::Nothing | Look::FileWithoutTables => empty(place).map(View::Nothing),
        }
    }

    /// The rows in one snapshot.
    pub(crate) fn rows<'v>(&'v self, place: &'v Place) -> Rows<'v> {
        match self {
            View::Nothing(connection) | View::Copy(connection) => Rows::new(connection, place),
            View::File { reader, .. } => Rows::new(&reader.connection, place),
        }
    }

    /// Whether the file that is read is no longer the one of that name.
    pub(crate) fn has_lost_its_name(&self, place: &Place) -> bool {
        match self {
            View::Nothing(_) | View::Copy(_) => false,
            View::File { identity, .. } => identity.has_lost_its_name(place.database()),
        }
    }
}

impl Salvage {
    /// Finds out what can be read.
    pub(crate) fn find(place: &Place) -> Result<Salvage, StorageError> {
        if is_damaged(place, look(place))? {
            return Ok(Salvage::Damaged);
        }
        match View::open(place).and_then(|view| view.rows(place).all()) {
            Ok(_) => View::open(place).map(Salvage::All),
            Err(error) if is_emptied(&error) => Ok(Salvage::Unreadable(error)),
            Err(error) => Err(error),
        }
    }

    /// What is shown of it.
    pub(crate) fn into_view(self, place: &Place) -> Result<View, StorageError> {
        match self {
            Salvage::All(view) => Ok(view),
            Salvage::Damaged | Salvage::Unreadable(_) => empty(place).map(View::Nothing),
        }
    }
}
