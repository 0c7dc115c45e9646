//! The file of a new database, whole from the moment it has its name.
//!
//! Beside a file of 0 bytes SQLite takes a log for a leftover and removes it, and it writes the first page of a file with the help of a
//! journal; both go by name. Where somebody moves the data directory away in the meantime, the files of these names are another
//! database's. A file that has its first page, on which it says that it keeps a write-ahead log, needs neither.

use std::time::Instant;

use rusqlite::{Connection, MAIN_DB};

use trop_files::{LockError, create_private_file, create_private_file_with};

use crate::StorageError;
use crate::error::{Doing, from_io};
use crate::file::{READ_VERSION_AT, WRITE_VERSION_AT};
use crate::place::Place;
use crate::writable::require_target;

/// Makes the file, private, unless there is one, and requires that it can be written.
pub(crate) fn make_file(place: &Place, deadline: Instant) -> Result<(), StorageError> {
    let database = place.database();
    let page = first_page().map_err(|error| place.writing(error))?;
    let refused =
        |error| require_target(place).err().unwrap_or_else(|| from_io(database, Doing::Writing, error));
    match create_private_file_with(database, &page, deadline) {
        Ok(true) => Ok(()),
        // Closed again at once: see `crate::file`. Behind a link to what is missing it is made with 0 bytes.
        Ok(false) => create_private_file(database).map(drop).map_err(refused),
        Err(LockError::TimedOut | LockError::Unsupported) => {
            let directory = place.location.directory().as_path().as_std_path();
            Err(StorageError::Busy { file: directory.to_owned(), waited: place.lock_wait })
        }
        Err(LockError::Io(error)) => Err(refused(error)),
    }
}

/// All of a database without tables that keeps a write-ahead log.
fn first_page() -> Result<Vec<u8>, rusqlite::Error> {
    let mut memory = Connection::open_in_memory()?;
    // There is none before something is written.
    memory.pragma_update(None, "user_version", 0)?;
    let mut page = memory.serialize(MAIN_DB)?.to_vec();
    // What is in memory has no log. 2 says that there is one.
    page[WRITE_VERSION_AT] = 2;
    page[READ_VERSION_AT] = 2;
    Ok(page)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_one_page() {
        assert_eq!(first_page().unwrap().len(), 4096);
    }
}
