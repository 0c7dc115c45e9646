//! Giving a database today's schema, whatever it has, in the transaction that is open.

use rusqlite::{Connection, TransactionBehavior};

use trop_model::Ledger;

use crate::bring_up::bring_up;
use crate::copy::copy_to_memory;
use crate::error::Doing;
use crate::inspect::{Objection, Older, Usable, inspect};
use crate::place::Place;
use crate::read::open_for_reading;
use crate::{Rows, StorageError};

/// What a database was before it was given today's schema.
pub(crate) enum Before {
    /// It had that schema.
    Current,
    /// There was no table in it.
    Empty,
    /// An older program had written it.
    Older(Older),
    /// Not all of it could be read, and all of it was dropped.
    Unreadable {
        /// Why.
        error: StorageError,
        /// The older program that had written it, where one had.
        older: Option<Older>,
    },
}

/// Gives the database today's schema, with every row that it has.
pub(crate) fn make_current(connection: &Connection, place: &Place) -> Result<Before, Objection> {
    match inspect(connection, place)? {
        Usable::Current => Ok(Before::Current),
        Usable::Empty => {
            place.schema.create(connection)?;
            Ok(Before::Empty)
        }
        Usable::Older(older) => {
            bring_up(connection, place, older)?;
            Ok(Before::Older(older))
        }
    }
}

/// Like [`make_current`], and what cannot be read is dropped: the database is to be emptied anyway.
pub(crate) fn make_current_or_empty(connection: &Connection, place: &Place) -> Result<Before, Objection> {
    connection.execute_batch("SAVEPOINT untouched")?;
    let made = make_current(connection, place).and_then(|before| {
        Rows::new(connection, place).all().map_err(Objection::Refused)?;
        Ok(before)
    });
    match made {
        Err(Objection::Refused(error)) if is_emptied(&error) => {
            connection.execute_batch("ROLLBACK TO untouched")?;
            let older = match inspect(connection, place) {
                Ok(Usable::Older(older)) => Some(older),
                _ => None,
            };
            make_anew(connection, place)?;
            Ok(Before::Unreadable { error, older })
        }
        made => made,
    }
}

/// Whether starting over empties what is refused for this reason.
pub(crate) fn is_emptied(error: &StorageError) -> bool {
    matches!(
        error,
        StorageError::Corrupt { .. }
            | StorageError::MarksDisagree { .. }
            | StorageError::NotAdoptable { .. }
            | StorageError::MigrationFailed { .. }
            | StorageError::Damaged { .. }
    )
}

/// Drops all that there is, tables of earlier steps included, and takes every step anew.
pub(crate) fn make_anew(connection: &Connection, place: &Place) -> Result<(), rusqlite::Error> {
    // What a virtual table needs in order to be dropped, this program may not have.
    connection.execute_batch(
        "PRAGMA writable_schema = ON;
         DELETE FROM sqlite_schema WHERE type = 'table' AND rootpage = 0;
         PRAGMA writable_schema = RESET",
    )?;
    // Views first. What goes with something else may be gone when its turn comes.
    let mut statement = connection.prepare(
        "SELECT type, name FROM sqlite_schema
         WHERE type IN ('table', 'view') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC",
    )?;
    let there = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    let there: Vec<(String, String)> = there.collect::<Result<_, _>>()?;
    for (kind, name) in there {
        connection.execute_batch(&format!("DROP {kind} IF EXISTS \"{}\"", name.replace('"', "\"\"")))?;
    }
    place.schema.create(connection)
}

/// A copy in memory of what is stored, with today's schema.
pub(crate) fn preview(place: &Place) -> Result<Connection, StorageError> {
    let source = open_for_reading(place)?;
    let mut memory = copy_to_memory(&source.connection).map_err(|error| place.reading(error))?;
    let made = (|| {
        let transaction = memory.transaction_with_behavior(TransactionBehavior::Deferred)?;
        make_current(&transaction, place)?;
        Ok(transaction.commit()?)
    })();
    made.map_err(|objection| place.judged(objection, Doing::Reading))?;
    Ok(memory)
}

/// A database in memory without rows.
pub(crate) fn empty(place: &Place) -> Result<Connection, StorageError> {
    let memory = Connection::open_in_memory().map_err(|error| place.reading(error))?;
    place.schema.create(&memory).map_err(|error| place.reading(error))?;
    Ok(memory)
}
