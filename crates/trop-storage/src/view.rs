//! What is stored, to be read in today's schema.

use rusqlite::{Connection, TransactionBehavior};

use trop_model::Ledger;

use crate::error::Doing;
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
    /// The file itself.
    File(Reader),
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
            Look::Current { .. } => open_for_reading(place).map(View::File),
            Look::Older(_) => preview(place).map(View::Copy),
            Look::Nothing | Look::FileWithoutTables => empty(place).map(View::Nothing),
        }
    }

    /// Shows `look_at` the rows in one snapshot.
    pub(crate) fn show<T, E: From<StorageError>>(
        self,
        place: &Place,
        look_at: impl FnOnce(&Rows<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        match self {
            View::Nothing(connection) | View::Copy(connection) => look_at(&Rows::new(&connection, place)),
            View::File(mut reader) => {
                let snapshot = reader.connection.transaction_with_behavior(TransactionBehavior::Deferred);
                let snapshot = snapshot.map_err(|error| place.reading(error))?;
                inspect(&snapshot, place).map_err(|objection| place.judged(objection, Doing::Reading))?;
                look_at(&Rows::new(&snapshot, place))
            }
        }
    }
}

impl Salvage {
    /// Finds out what can be read.
    pub(crate) fn find(place: &Place) -> Result<Salvage, StorageError> {
        if is_damaged(place, look(place))? {
            return Ok(Salvage::Damaged);
        }
        match View::open(place).and_then(|view| view.show(place, |rows| rows.all())) {
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
