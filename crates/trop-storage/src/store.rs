//! A data directory, read and written.

use std::time::Duration;

use rusqlite::Transaction;

use trop_model::Change;

use crate::apply::apply;
use crate::close::close;
use crate::copy::copy_aside;
use crate::error::Doing;
use crate::examine::{examine, require_undamaged};
use crate::file::Identity;
use crate::foresee::{foresee, foresee_starting_over};
use crate::look::{Look, look};
use crate::make_current::{Before, empty, make_anew, make_current, make_current_or_empty};
use crate::place::Place;
use crate::schema::{RELEASED, Schema};
use crate::set_up::set_up_anew;
use crate::steady::{Attempts, steadily};
use crate::view::{Salvage, View};
use crate::writable::require_nothing_odd;
use crate::write::{Writer, open_current, open_for_writing};
use crate::{Location, Notice, Rows, StorageError};

/// The reservations of one data directory, which need not exist.
///
/// Nothing is opened before it is needed, and what was opened for writing stays open until the store is dropped.
pub struct Store {
    place: Place,
    pub(crate) starts_over: bool,
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

/// What an examination finds where there is no damage.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Examined {
    /// No database.
    Nothing,
    /// A database with today's schema.
    Current,
    /// A database of an older program, which can be brought up to today's schema.
    Older {
        /// Its layout.
        layout: i64,
    },
}

/// What a closure that was shown the rows wants to happen.
#[derive(Debug)]
pub enum Verdict<T> {
    /// Write these changes, in this order, and commit.
    Commit(Vec<Change>, T),
    /// Undo everything.
    RollBack(T),
}

/// What a store finds when it is opened for writing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Found {
    /// A database that can be written as it is.
    Ready,
    /// An older database. The first change to it brings it up to today's schema.
    Older,
    /// Nothing.
    Nothing,
}

impl Store {
    /// The store in that data directory. A lock is waited for up to `lock_wait`; zero means not at all, and more than
    /// 2147483 seconds (what fits in 31 bits of milliseconds) means that long.
    #[must_use]
    pub fn new(location: Location, lock_wait: Duration) -> Store {
        Store::with_schema(location, lock_wait, &RELEASED)
    }

    /// The store in that data directory, to be started over: the next [`Store::write`] shows what can be read of it, and when that
    /// is to be committed, leaves nothing of it, nor of what was decided. Then the store is one like any other. An older database is
    /// copied aside, a damaged file moved aside; a newer one and another program's are refused as ever.
    #[must_use]
    pub fn starting_over(location: Location, lock_wait: Duration) -> Store {
        let mut store = Store::new(location, lock_wait);
        store.starts_over = true;
        store
    }

    /// A store of a program that knows these steps.
    pub(crate) fn with_schema(location: Location, lock_wait: Duration, schema: &'static Schema) -> Store {
        const LONGEST: Duration = Duration::from_secs(2_147_483);
        let lock_wait = lock_wait.min(LONGEST);
        Store {
            place: Place { location, lock_wait, schema },
            starts_over: false,
            writer: None,
            notices: Vec::new(),
            rolled_back: None,
        }
    }

    /// Where the store is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.place.location
    }

    /// Whether there is a database that can be used, with today's schema or an older one. One that is started over and cannot be
    /// read counts as none.
    ///
    /// # Errors
    /// When there is a file that cannot be read or is to be refused.
    pub fn exists(&mut self) -> Result<bool, StorageError> {
        // What is open is not looked at from outside: see `close_writer`.
        if self.writer.as_ref().is_some_and(|writer| writer.set_up.is_none()) {
            return Ok(true);
        }
        Ok(!matches!(self.view()?, View::Nothing(_)))
    }

    /// What was worth telling since the last call.
    pub fn take_notices(&mut self) -> Vec<Notice> {
        std::mem::take(&mut self.notices)
    }

    /// Finds out what there is, and opens what can be written as it is. Nothing is made.
    ///
    /// # Errors
    /// When there is a file that cannot be opened or is to be refused.
    pub fn open(&mut self) -> Result<Found, StorageError> {
        if self.writer.is_some() || self.starts_over {
            return Ok(Found::Ready);
        }
        let (found, writer) = steadily(&self.place, || match look(&self.place)? {
            Look::Current { wal, identity } => {
                open_current(&self.place, wal, identity).map(|writer| (Found::Ready, Some(writer)))
            }
            Look::Older(_) => Ok((Found::Older, None)),
            Look::Nothing | Look::FileWithoutTables => Ok((Found::Nothing, None)),
        })?;
        self.writer = writer;
        Ok(found)
    }

    /// Begins one `IMMEDIATE` transaction, shows `decide` the rows as they are inside it, and does what it says. An error
    /// from `decide` rolls back. Where somebody takes the file away in the meantime, or puts another one in its place, what was done
    /// to it is lost, and it begins again with what is there now.
    ///
    /// Where there is no database yet and `missing` is [`WhenMissing::Create`], the schema is part of the transaction; an
    /// error from `decide` then leaves a database without reservations. An older database is brought up to today's schema
    /// in the transaction, and a copy of it as it was is kept beside it.
    ///
    /// # Errors
    /// When `decide` fails, or the database is missing, locked for too long, cannot be written, or is to be refused.
    pub fn write<T, E: From<StorageError>>(
        &mut self,
        missing: WhenMissing,
        mut decide: impl FnMut(&Rows<'_>) -> Result<Verdict<T>, E>,
    ) -> Result<T, E> {
        let mut attempts = Attempts::default();
        loop {
            let place = &self.place;
            let before = Identity::of(place.database());
            let writer = match opened(&mut self.writer, place, self.starts_over, missing, &mut self.notices) {
                Ok(Some(writer)) => writer,
                Ok(None) => return decide_on_nothing(place, decide),
                // The file that could not be opened is no longer there, and nobody need hear of it.
                Err(_) if before.has_lost_its_name(place.database()) => continue,
                Err(error) if attempts.another(place, &error) => continue,
                Err(error) => return Err(error.into()),
            };
            let begun = begin(writer, place, self.starts_over);
            if !writer.is_in_place(place.database()) {
                // While this process waited, somebody put another file in its place, or none.
                drop(begun);
                self.writer = None;
                continue;
            }
            let settled = begun.map(|(transaction, before)| {
                settle(transaction, before, place, self.starts_over, &mut decide)
            });
            if !writer.is_in_place(place.database()) {
                // The same while it decided and wrote.
                self.writer = None;
                continue;
            }
            match settled {
                Ok(settled) => return self.conclude(settled),
                // What was found beside the database may not have been its own.
                Err(error) if attempts.another(place, &error) => self.writer = None,
                Err(error) => return self.conclude(Err(error.into())),
            }
        }
    }

    /// Shows `look_at` the rows as they are now, as today's schema has them. Nothing is made or written, and nobody who writes has
    /// to wait; where there is no database, there are no rows.
    ///
    /// # Errors
    /// When `look_at` fails, or the database cannot be read or is to be refused.
    pub fn read<T, E: From<StorageError>>(
        &mut self,
        mut look_at: impl FnMut(&Rows<'_>) -> Result<T, E>,
    ) -> Result<T, E> {
        loop {
            let view = self.view()?;
            match look_at(&view.rows(&self.place)) {
                // What was read is no longer there.
                Err(_) if view.has_lost_its_name(&self.place) => {}
                answer => return answer,
            }
        }
    }

    /// Looks at everything in the database, without writing: the pages, the tables and every value.
    ///
    /// # Errors
    /// When there is damage, with all of it, or a database that cannot be read or is to be refused.
    pub fn examine(&mut self) -> Result<Examined, StorageError> {
        self.close_writer();
        steadily(&self.place, || examine(&self.place))
    }

    /// Finds out, without writing, whether [`Store::write`] could write, and notes what it would do besides.
    ///
    /// # Errors
    /// Those of [`Store::write`] that can be told beforehand: a missing or refused database, missing permission, a read-only
    /// file system.
    pub fn require_writable(&mut self, missing: WhenMissing) -> Result<(), StorageError> {
        self.close_writer();
        let (place, starts_over) = (&self.place, self.starts_over);
        let notices = steadily(place, || {
            if starts_over { foresee_starting_over(place, missing) } else { foresee(place, missing) }
        })?;
        self.notices.extend(notices);
        Ok(())
    }
}

impl Store {
    /// What there is to be read. A file that is open for writing must not be looked at from outside: see [`crate::file`].
    fn view(&mut self) -> Result<View, StorageError> {
        self.close_writer();
        let (place, starts_over) = (&self.place, self.starts_over);
        steadily(place, || {
            if starts_over {
                // Nothing is to be changed before it is certain that this could be done.
                require_nothing_odd(place)?;
                Salvage::find(place)?.into_view(place)
            } else {
                View::open(place)
            }
        })
    }

    /// Tells what was done, and lets go of the lock for setting up.
    fn conclude<T, E>(&mut self, settled: Result<Settled<T, E>, E>) -> Result<T, E> {
        let set_up = self.writer.as_mut().and_then(|writer| writer.set_up.take());
        match settled {
            Ok(Settled::Committed { answer, made }) => {
                if let (Some(set_up), Some(writer)) = (set_up, &self.writer) {
                    // The marks reach the file itself, where the next run sees them without opening it. That can wait, too.
                    let _ = writer.connection.query_row("PRAGMA wal_checkpoint(PASSIVE)", [], |_| Ok(()));
                    self.notices.extend(self.rolled_back.take().unwrap_or(set_up.notices));
                }
                self.notices.extend(made);
                self.starts_over = false;
                answer
            }
            Ok(Settled::RolledBack(answer)) => {
                if let Some(set_up) = set_up {
                    self.rolled_back.get_or_insert(set_up.notices);
                    // Whatever happens next may be slow, and others wait for the lock.
                    self.writer = None;
                }
                Ok(answer)
            }
            Err(error) => {
                if set_up.is_some() {
                    self.writer = None;
                }
                Err(error)
            }
        }
    }

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

/// The writer that is open, or one that is opened now. `None` when there is nothing yet and nothing shall be made.
fn opened<'w>(
    open: &'w mut Option<Writer>,
    place: &Place,
    starts_over: bool,
    missing: WhenMissing,
    notices: &mut Vec<Notice>,
) -> Result<Option<&'w Writer>, StorageError> {
    if open.is_none() {
        *open =
            if starts_over { Some(set_up_anew(place, notices)?) } else { open_for_writing(place, missing)? };
    }
    Ok(open.as_ref())
}

/// Begins the transaction, and gives the database today's schema in it.
fn begin<'w>(
    writer: &'w Writer,
    place: &Place,
    starts_over: bool,
) -> Result<(Transaction<'w>, Before), StorageError> {
    let transaction = writer.begin().map_err(|error| place.writing(error))?;
    let make = if starts_over { make_current_or_empty } else { make_current };
    let before = make(&transaction, place).map_err(|objection| place.judged(objection, Doing::Writing))?;
    Ok((transaction, before))
}

/// How a transaction ended.
enum Settled<T, E> {
    Committed {
        /// What was decided. An error, where only the database was made.
        answer: Result<T, E>,
        /// What became of the database itself.
        made: Vec<Notice>,
    },
    RolledBack(T),
}

/// Lets `decide` decide, and does it.
fn settle<T, E: From<StorageError>>(
    transaction: Transaction<'_>,
    before: Before,
    place: &Place,
    starts_over: bool,
    decide: &mut impl FnMut(&Rows<'_>) -> Result<Verdict<T>, E>,
) -> Result<Settled<T, E>, E> {
    let failed = |error| place.writing(error);
    let answer = match decide(&Rows::new(&transaction, place)) {
        Ok(Verdict::Commit(changes, answer)) => {
            apply(&transaction, &changes).map_err(|error| match failed(error) {
                // The plan was made on these very rows. Before trop takes the blame, the whole database is looked at.
                unexpected @ StorageError::Unexpected { .. } => {
                    require_undamaged(&transaction, place).err().unwrap_or(unexpected)
                }
                error => error,
            })?;
            Ok(answer)
        }
        Ok(Verdict::RollBack(answer)) => return Ok(Settled::RolledBack(answer)),
        // A new database without rows is worth keeping: the next run has nothing to explain.
        Err(error) if matches!(before, Before::Empty) => Err(error),
        Err(error) => return Err(error),
    };
    if starts_over {
        make_anew(&transaction, place).map_err(failed)?;
    }
    let database = place.database().to_owned();
    let made = match before {
        Before::Current => Vec::new(),
        Before::Empty => vec![Notice::Created(database)],
        Before::Older(older) => {
            let (layout, copy) = (older.number(), copy_aside(place, Some(older))?);
            vec![Notice::Migrated { database, layout, copy }]
        }
        Before::Unreadable { error, older } => {
            let (why, copy) = (error.to_string(), copy_aside(place, older)?);
            vec![Notice::Dropped { database: database.clone(), why, copy }, Notice::Created(database)]
        }
    };
    transaction.commit().map_err(failed)?;
    Ok(Settled::Committed { answer, made })
}

/// Where nothing is and nothing is to be made, what is decided must not change anything.
fn decide_on_nothing<T, E: From<StorageError>>(
    place: &Place,
    decide: impl FnOnce(&Rows<'_>) -> Result<Verdict<T>, E>,
) -> Result<T, E> {
    match decide(&Rows::new(&empty(place)?, place))? {
        Verdict::Commit(changes, _) if !changes.is_empty() => {
            Err(StorageError::Missing(place.database().to_owned()).into())
        }
        Verdict::Commit(_, answer) | Verdict::RollBack(answer) => Ok(answer),
    }
}
