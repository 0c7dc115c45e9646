//! Bringing an older database up to the newest schema, in the transaction that is open.
//!
//! Whoever gets there does it: there is no other moment for it than a command. Nothing is taken on trust. The rows of an older
//! layout are judged one by one, and after each step the database is looked at as a whole, so that what would be wrong is
//! undone with the rest.

use std::collections::HashSet;

use rusqlite::{Connection, ErrorCode};

use trop_model::{Change, Ledger, Reservation};

use crate::apply::apply;
use crate::damage::Damage;
use crate::error::in_plain_words;
use crate::examine::require_whole;
use crate::inspect::{Objection, Older, foreign};
use crate::place::Place;
use crate::row::{COLUMNS, NoTag, damage, reservation};
use crate::schema::schema_version;
use crate::{Rows, StorageError};

/// Brings the database up to the newest schema.
pub(crate) fn bring_up(connection: &Connection, place: &Place, older: Older) -> Result<(), Objection> {
    match older {
        Older::Layout1 | Older::Layout2 => adopt(connection, place, older),
        Older::Schema(user_version) => take_steps(connection, place, user_version),
    }
}

/// Puts the rows of an older layout into tables of ours.
fn adopt(connection: &Connection, place: &Place, older: Older) -> Result<(), Objection> {
    let rows = rows_of_layout(connection, place, older)?;
    let count = rows.len() as i64;
    let made = put_into_new_tables(connection, place, rows).and_then(|()| find_problem(connection, count));
    require_success(place, older.number(), schema_version(place.schema.latest), made)?;
    require_readable(connection, place)
}

fn put_into_new_tables(
    connection: &Connection,
    place: &Place,
    rows: Vec<Reservation>,
) -> Result<(), rusqlite::Error> {
    connection.execute_batch("DROP TABLE reservations; DROP TABLE metadata")?;
    place.schema.create(connection)?;
    let puts: Vec<_> = rows.into_iter().map(|row| Change::Put { row, replaces: None }).collect();
    apply(connection, &puts)
}

/// Takes the steps that were added since, one by one.
fn take_steps(connection: &Connection, place: &Place, user_version: i32) -> Result<(), Objection> {
    require_whole(connection, place).map_err(Objection::Refused)?;
    let count = connection.query_row("SELECT count(*) FROM reservations", [], |row| row.get(0))?;
    for version in user_version + 1..=place.schema.latest {
        let taken = place.schema.step_to(connection, version).and_then(|()| find_problem(connection, count));
        require_success(place, schema_version(version - 1), schema_version(version), taken)?;
    }
    require_readable(connection, place)
}

/// A table of the same name that some other program made is not ours to judge.
fn require_columns(connection: &Connection, place: &Place, older: Older) -> Result<(), Objection> {
    let mut statement = connection.prepare("SELECT name FROM pragma_table_info('reservations')")?;
    let found = statement.query_map([], |row| row.get(0))?.collect::<Result<HashSet<String>, _>>()?;
    let expected = COLUMNS.split(", ").map(str::to_owned).collect();
    if found == expected {
        return Ok(());
    }
    let mut odd: Vec<&str> = found.symmetric_difference(&expected).map(String::as_str).collect();
    odd.sort_unstable();
    Err(foreign(
        place,
        format!(
            "it says layout {}, but its reservations have other columns ({})",
            older.number(),
            odd.join(", ")
        ),
    ))
}

/// All rows, or every reason why they cannot be taken over.
fn rows_of_layout(
    connection: &Connection,
    place: &Place,
    older: Older,
) -> Result<Vec<Reservation>, Objection> {
    require_columns(connection, place, older)?;
    let no_tag = if older == Older::Layout1 { NoTag::Null } else { NoTag::Empty };
    let mut statement =
        connection.prepare(&format!("SELECT {COLUMNS} FROM reservations ORDER BY path, tag, port"))?;
    let mut stored = statement.query([])?;
    let (mut rows, mut damages): (Vec<Reservation>, Vec<Damage>) = (Vec::new(), Vec::new());
    while let Some(row) = stored.next()? {
        match reservation(row, no_tag) {
            Ok(reservation) => rows.push(reservation),
            Err(bad) => damages.extend(bad),
        }
    }
    damages.extend(claimed_twice(connection, &["path", "tag"], "path, tag", "key")?);
    damages.extend(claimed_twice(connection, &["port"], "port", "port")?);
    if damages.is_empty() {
        // Where an index disagrees with its table, these are not all of the rows.
        require_whole(connection, place).map_err(Objection::Refused)?;
        return Ok(rows);
    }
    Err(Objection::Refused(StorageError::NotAdoptable {
        database: place.database().to_owned(),
        layout: older.number(),
        damage: damages,
    }))
}

/// Every row that has the same in these columns as another one. NULL is the same as NULL.
fn claimed_twice(
    connection: &Connection,
    columns: &[&str],
    field: &'static str,
    noun: &str,
) -> Result<Vec<Damage>, rusqlite::Error> {
    let same: Vec<_> =
        columns.iter().map(|column| format!("reservations.{column} IS claimed.{column}")).collect();
    let (columns, same) = (columns.join(", "), same.join(" AND "));
    let all: Vec<_> = COLUMNS.split(", ").map(|column| format!("reservations.{column}")).collect();
    let mut statement = connection.prepare(&format!(
        "SELECT {all}, claimed.times
         FROM reservations JOIN
             (SELECT {columns}, count(*) AS times FROM reservations GROUP BY {columns} HAVING 1 < count(*)) AS claimed
             ON {same}
         ORDER BY reservations.path, reservations.tag, reservations.port",
        all = all.join(", ")
    ))?;
    let damages = statement.query_map([], |row| {
        let times: i64 = row.get("times")?;
        Ok(damage(row, field, format!("{times} rows claim this {noun}")))
    })?;
    damages.collect()
}

/// What every step must leave behind: a whole database, as many rows as before, one port for one key and one key for one port.
fn find_problem(connection: &Connection, expected: i64) -> Result<Option<String>, rusqlite::Error> {
    let integrity: String = connection.query_row("PRAGMA integrity_check(1)", [], |row| row.get(0))?;
    if integrity != "ok" {
        return Ok(Some(integrity));
    }
    let (rows, keys, ports): (i64, i64, i64) = connection.query_row(
        "SELECT count(*), (SELECT count(*) FROM (SELECT DISTINCT path, tag FROM reservations)), count(DISTINCT port)
         FROM reservations",
        [],
        |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
    )?;
    let is_complete = (rows, keys, ports) == (expected, expected, expected);
    Ok((!is_complete).then(|| format!("{expected} rows became {rows}, with {keys} keys and {ports} ports")))
}

/// A problem after a step is a mistake in it, and so is a statement of it that SQLite refuses.
fn require_success(
    place: &Place,
    from: i64,
    to: i64,
    problem: Result<Option<String>, rusqlite::Error>,
) -> Result<(), Objection> {
    let problem = match problem {
        Ok(None) => return Ok(()),
        Ok(Some(problem)) => problem,
        Err(error) if blames_the_statement(&error) => in_plain_words(&error),
        Err(error) => return Err(Objection::Sqlite(error)),
    };
    let database = place.database().to_owned();
    Err(Objection::Refused(StorageError::MigrationFailed { database, from, to, problem }))
}

/// Whether neither the system nor the file is to blame.
fn blames_the_statement(error: &rusqlite::Error) -> bool {
    matches!(
        error.sqlite_error_code(),
        None | Some(ErrorCode::Unknown | ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch)
    )
}

/// After the last step every row must be a reservation.
fn require_readable(connection: &Connection, place: &Place) -> Result<(), Objection> {
    Rows::new(connection, place).all().map(drop).map_err(Objection::Refused)
}
