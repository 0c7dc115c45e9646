//! A data directory, read and written.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, TransactionBehavior};

use trop_files::require_writable;
use trop_model::Change;

use crate::apply::apply;
use crate::close::close;
use crate::error::{Doing, from_io, from_sqlite};
use crate::inspect::{Usable, inspect};
use crate::migrations::migrate;
use crate::read::open_for_reading;
use crate::write::{Found, Look, Writer, judged, look, open_for_writing};
use crate::{Location, Rows, StorageError};

/// The reservations of one data directory, which need not exist.
///
/// Nothing is opened before it is needed, and what was opened for writing stays open until the store is dropped.
pub struct Store {
    location: Location,
    lock_wait: Duration,
    writer: Option<Writer>,
    notices: Vec<Notice>,
    /// What was to be told of a set-up that was rolled back. The next one finds what that left, and it is no news.
    rolled_back: Option<Vec<Notice>>,
}

/// What is to happen when there is no database yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhenMissing {
    /// Make one.
    Create,
    /// End with [`StorageError::Missing`].
    Refuse,
    /// Go on as if there were one without reservations, and make nothing. There is nothing that could be changed:
    /// [`StorageError::Missing`] where that is tried.
    TreatAsEmpty,
}

/// What a closure that was shown the rows wants to happen.
#[derive(Debug)]
pub enum Verdict<T> {
    /// Write these changes, in this order, and commit.
    Commit(Vec<Change>, T),
    /// Undo everything.
    RollBack(T),
}

/// Something worth telling that is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A database was made there.
    Created(PathBuf),
    /// The file was there already, without any table, and is taken for a new database.
    FileWithoutTables(PathBuf),
    /// The file system does not allow a write-ahead log.
    WithoutWriteAheadLog(PathBuf),
}

impl Store {
    /// The store in that data directory. A lock is waited for up to `lock_wait`; zero means not at all, and more than
    /// 2147483 seconds (what fits in 31 bits of milliseconds) means that long.
    #[must_use]
    pub fn new(location: Location, lock_wait: Duration) -> Store {
        const LONGEST: Duration = Duration::from_secs(2_147_483);
        Store {
            location,
            lock_wait: lock_wait.min(LONGEST),
            writer: None,
            notices: Vec::new(),
            rolled_back: None,
        }
    }

    /// Where the store is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }

    /// Whether there is a database with a schema.
    ///
    /// # Errors
    /// When there is a file that cannot be read or is to be refused.
    pub fn exists(&self) -> Result<bool, StorageError> {
        if let Some(writer) = &self.writer {
            // What is open is not looked at from outside: see `close_writer`.
            return Ok(writer.set_up.is_none());
        }
        Ok(matches!(look(&self.location, self.lock_wait)?, Look::Current { .. }))
    }

    /// What was worth telling since the last call.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Begins one `IMMEDIATE` transaction, shows `decide` the rows as they are inside it, and does what it says. An error
    /// from `decide` rolls back.
    ///
    /// Where there is no database yet and `missing` is [`WhenMissing::Create`], the schema is part of the transaction; an
    /// error from `decide` then leaves a database without reservations.
    ///
    /// # Errors
    /// When `decide` fails, or the database is missing, locked for too long, cannot be written, or is to be refused.
    pub fn write<T, E: From<StorageError>>(
        &mut self,
        missing: WhenMissing,
        decide: impl FnOnce(&Rows<'_>) -> Result<Verdict<T>, E>,
    ) -> Result<T, E> {
        let (location, lock_wait) = (&self.location, self.lock_wait);
        let writer = match &mut self.writer {
            Some(writer) => writer,
            none => match open_for_writing(location, lock_wait, missing)? {
                Some(writer) => none.insert(writer),
                None => {
                    return with_empty_rows(location, lock_wait, |rows| match decide(rows)? {
                        Verdict::Commit(changes, _) if !changes.is_empty() => {
                            Err(StorageError::Missing(location.database().to_owned()).into())
                        }
                        Verdict::Commit(_, answer) | Verdict::RollBack(answer) => Ok(answer),
                    });
                }
            },
        };
        let failed = |error| from_sqlite(location.database(), lock_wait, Doing::Writing, error);
        let transaction =
            writer.connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(failed)?;
        let usable = judged(location, lock_wait, inspect(&transaction, location.database()))?;
        if usable == Usable::Empty {
            migrate(&transaction).map_err(failed)?;
        }
        let verdict = decide(&Rows { connection: &transaction, database: location.database(), lock_wait });
        let answer = match verdict {
            Ok(Verdict::Commit(changes, answer)) => {
                apply(&transaction, &changes).map_err(failed)?;
                transaction.commit().map_err(failed)?;
                Ok(answer)
            }
            Ok(Verdict::RollBack(answer)) => {
                drop(transaction);
                if let Some(set_up) = writer.set_up.take() {
                    self.rolled_back.get_or_insert(set_up.notices);
                    // Whatever happens next may be slow, and others wait for the lock.
                    self.writer = None;
                }
                return Ok(answer);
            }
            Err(error) if usable == Usable::Empty => {
                transaction.commit().map_err(failed)?;
                Err(error)
            }
            Err(error) => return Err(error),
        };
        if let Some(set_up) = writer.set_up.take() {
            // The marks reach the file itself, where the next run sees them without opening it. That can wait, too.
            let _ = writer.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
            self.notices.extend(self.rolled_back.take().unwrap_or(set_up.notices));
            if usable == Usable::Empty {
                self.notices.push(Notice::Created(location.database().to_owned()));
            }
        }
        answer
    }

    /// Shows `look_at` the rows as they are now. Nothing is made or written, and nobody who writes has to wait; where there is
    /// no database, there are no rows.
    ///
    /// # Errors
    /// When `look_at` fails, or the database cannot be read or is to be refused.
    pub fn read<T, E: From<StorageError>>(
        &mut self,
        look_at: impl FnOnce(&Rows<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        self.close_writer();
        let (location, lock_wait) = (&self.location, self.lock_wait);
        if let Look::New(_) = look(location, lock_wait)? {
            return with_empty_rows(location, lock_wait, look_at);
        }
        let failed = |error| from_sqlite(location.database(), lock_wait, Doing::Reading, error);
        let mut reader = open_for_reading(location, lock_wait)?;
        let snapshot =
            reader.connection.transaction_with_behavior(TransactionBehavior::Deferred).map_err(failed)?;
        judged(location, lock_wait, inspect(&snapshot, location.database()))?;
        look_at(&Rows { connection: &snapshot, database: location.database(), lock_wait })
    }

    /// Finds out, without writing, whether [`Store::write`] could write.
    ///
    /// # Errors
    /// Those of [`Store::write`] that can be told beforehand: a missing or refused database, missing permission, a read-only
    /// file system.
    pub fn require_writable(&mut self, missing: WhenMissing) -> Result<(), StorageError> {
        self.close_writer();
        let check =
            |path: &Path| require_writable(path).map_err(|error| from_io(path, Doing::Writing, error));
        let (database, directory) = (self.location.database(), self.location.directory());
        match (look(&self.location, self.lock_wait)?, missing) {
            (Look::New(_), WhenMissing::TreatAsEmpty) => return Ok(()),
            (Look::New(_), WhenMissing::Refuse) => return Err(StorageError::Missing(database.to_owned())),
            (Look::New(Found::Nothing), WhenMissing::Create) => {
                let mut nearest = directory.clone();
                while let (Err(_), Some(parent)) = (nearest.as_path().symlink_metadata(), nearest.parent()) {
                    nearest = parent;
                }
                return check(nearest.as_path().as_std_path());
            }
            (Look::New(Found::FileWithoutTables), WhenMissing::Create) => {
                self.notices.push(Notice::FileWithoutTables(database.to_owned()));
            }
            (Look::Current { .. }, _) => {}
        }
        check(database)?;
        check(directory.as_path().as_std_path())
    }
}

impl Store {
    /// A file that is open for writing must not be looked at from outside: see [`crate::file`].
    fn close_writer(&mut self) {
        if let Some(writer) = self.writer.take() {
            close(writer.connection);
        }
    }
}

impl Drop for Store {
    fn drop(&mut self) {
        self.close_writer();
    }
}

/// Shows `look_at` a database without rows, in memory.
fn with_empty_rows<T, E: From<StorageError>>(
    location: &Location,
    lock_wait: Duration,
    look_at: impl FnOnce(&Rows<'_>) -> Result<T, E>,
) -> Result<T, E> {
    let failed = |error| from_sqlite(location.database(), lock_wait, Doing::Reading, error);
    let connection = Connection::open_in_memory().map_err(failed)?;
    migrate(&connection).map_err(failed)?;
    look_at(&Rows { connection: &connection, database: location.database(), lock_wait })
}
