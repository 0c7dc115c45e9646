//! Where a store works, and on what terms.

use std::io;
use std::path::Path;
use std::time::Duration;

use trop_files::FileLock;

use crate::error::{Doing, from_io, from_sqlite};
use crate::inspect::Objection;
use crate::refusal::{find_lack_of_descriptors, find_odd_file};
use crate::schema::Schema;
use crate::writable::find_unwritable;
use crate::{Damage, Location, StorageError};

/// A database, how long its locks are waited for, and the schema that it is to have.
pub(crate) struct Place {
    pub(crate) location: Location,
    pub(crate) lock_wait: Duration,
    pub(crate) schema: &'static Schema,
}

impl Place {
    pub(crate) fn database(&self) -> &Path {
        self.location.database()
    }

    /// What an error of SQLite means that came while reading.
    pub(crate) fn reading(&self, error: rusqlite::Error) -> StorageError {
        self.meant(Doing::Reading, error)
    }

    /// What an error of SQLite means that came while writing, and which file could not be written.
    pub(crate) fn writing(&self, error: rusqlite::Error) -> StorageError {
        match self.meant(Doing::Writing, error) {
            StorageError::Unwritable { path, source } => {
                let path = find_unwritable(self).unwrap_or(path);
                StorageError::Unwritable { path, source }
            }
            error => error,
        }
    }

    /// A file system without locks looks to SQLite as if another process had them all.
    fn meant(&self, doing: Doing, error: rusqlite::Error) -> StorageError {
        match from_sqlite(self.database(), self.lock_wait, doing, error) {
            StorageError::Busy { .. } if !FileLock::is_supported(&self.location.set_up_lock()) => {
                from_io(self.database(), doing, io::Error::other("the file system does not support locks"))
            }
            error @ (StorageError::Unreadable { .. } | StorageError::Unwritable { .. }) => {
                self.explained(doing, error)
            }
            error => error,
        }
    }

    /// What the system refused, and why, where that can be found out afterwards: SQLite says neither which file it was about nor what
    /// the system said.
    pub(crate) fn explained(&self, doing: Doing, error: StorageError) -> StorageError {
        if let Some(odd) = find_odd_file(&self.location) {
            return odd.refuses(doing);
        }
        match find_lack_of_descriptors(&self.location) {
            Some(lack) => from_io(self.database(), doing, lack),
            None => error,
        }
    }

    /// That what is stored cannot be.
    pub(crate) fn damaged(&self, damage: Vec<Damage>) -> StorageError {
        StorageError::Damaged { database: self.database().to_owned(), damage }
    }

    /// What an objection means.
    pub(crate) fn judged(&self, objection: Objection, doing: Doing) -> StorageError {
        match objection {
            Objection::Refused(error) => error,
            Objection::Sqlite(error) => match doing {
                Doing::Reading => self.reading(error),
                Doing::Writing => self.writing(error),
            },
        }
    }
}
