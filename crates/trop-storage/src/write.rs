//! Opening the database for writing.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Transaction, TransactionBehavior};

use crate::StorageError;
use crate::alone::let_nothing_else_act;
use crate::file::Identity;
use crate::look::{Look, look};
use crate::place::Place;
use crate::set_up::{SetUp, set_up};
use crate::store::WhenMissing;

/// A connection for writing. While it sets a database up, it holds the lock for that.
pub(crate) struct Writer {
    pub(crate) connection: Connection,
    pub(crate) set_up: Option<SetUp>,
    /// The file that was opened.
    identity: Identity,
}

impl Writer {
    /// Opens the file that was just looked at.
    pub(crate) fn open(
        place: &Place,
        identity: Identity,
        set_up: Option<SetUp>,
    ) -> Result<Writer, rusqlite::Error> {
        let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        let connection = Connection::open_with_flags(place.database(), flags)?;
        connection.busy_timeout(place.lock_wait)?;
        let_nothing_else_act(&connection)?;
        // What becomes of the log is decided when all went well: see `crate::close`.
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        Ok(Writer { connection, set_up, identity })
    }

    /// With a write-ahead log, NORMAL keeps the database whole through a power cut. Without one only FULL does
    /// (<https://sqlite.org/pragma.html#pragma_synchronous>), and that is SQLite's default.
    pub(crate) fn set_durability(&self, wal: bool) -> Result<(), rusqlite::Error> {
        if wal { self.connection.execute_batch("PRAGMA synchronous = NORMAL") } else { Ok(()) }
    }

    /// Begins the one transaction in which something is written.
    pub(crate) fn begin(&self) -> Result<Transaction<'_>, rusqlite::Error> {
        Transaction::new_unchecked(&self.connection, TransactionBehavior::Immediate)
    }

    /// Whether the file that was opened still has its name. What is written into another one nobody finds again.
    pub(crate) fn is_in_place(&self, database: &Path) -> bool {
        Identity::of(database) == self.identity
    }
}

/// Opens the database for writing. `None` when there is nothing yet and `missing` says that nothing shall be made.
pub(crate) fn open_for_writing(place: &Place, missing: WhenMissing) -> Result<Option<Writer>, StorageError> {
    let found = look(place)?;
    match (&found, missing) {
        (&Look::Current { wal, identity }, _) => open_current(place, wal, identity).map(Some),
        (Look::Older(_), _) | (_, WhenMissing::Create) => set_up(place, &found).map(Some),
        (_, WhenMissing::Refuse) => Err(StorageError::Missing(place.database().to_owned())),
        (_, WhenMissing::TreatAsEmpty) => Ok(None),
    }
}

/// Opens a database with today's schema.
pub(crate) fn open_current(place: &Place, wal: bool, identity: Identity) -> Result<Writer, StorageError> {
    let open = || {
        let writer = Writer::open(place, identity, None)?;
        writer.set_durability(wal)?;
        Ok(writer)
    };
    open().map_err(|error| place.writing(error))
}
