//! Looking for damage.

use std::collections::BTreeMap;

use rusqlite::{Connection, TransactionBehavior};

use crate::damage::{Damage, Spot};
use crate::error::Doing;
use crate::inspect::inspect;
use crate::look::{Look, look};
use crate::make_current::{empty, preview};
use crate::order::Order;
use crate::place::Place;
use crate::read::open_for_reading;
use crate::row::{COLUMNS, NoTag, reservation};
use crate::{Examined, StorageError};

/// Looks at everything in the database.
///
/// # Errors
/// When there is damage, with all of it, or a database that cannot be read or is to be refused.
pub(crate) fn examine(place: &Place) -> Result<Examined, StorageError> {
    let found = match look(place)? {
        Look::Nothing | Look::FileWithoutTables => return Ok(Examined::Nothing),
        Look::Older(older) => Examined::Older { layout: older.number() },
        Look::Current { .. } => Examined::Current,
    };
    let mut reader = open_for_reading(place)?;
    let snapshot = reader.connection.transaction_with_behavior(TransactionBehavior::Deferred);
    let snapshot = snapshot.map_err(|error| place.reading(error))?;
    inspect(&snapshot, place).map_err(|objection| place.judged(objection, Doing::Reading))?;
    if found == Examined::Current {
        require_undamaged(&snapshot, place)?;
    } else {
        require_whole(&snapshot, place)?;
        preview(place)?;
    }
    Ok(found)
}

/// Whether SQLite finds the file whole.
///
/// # Errors
/// [`StorageError::Damaged`] with what SQLite says of it, which is no more than a hundred things.
pub(crate) fn require_whole(connection: &Connection, place: &Place) -> Result<(), StorageError> {
    none(physical_damage(connection).map_err(|error| place.reading(error))?, place)
}

/// Whether a database of today's schema is good in everything: its pages, its tables, its steps, every value.
///
/// # Errors
/// [`StorageError::Damaged`] with everything that is wrong.
pub(crate) fn require_undamaged(connection: &Connection, place: &Place) -> Result<(), StorageError> {
    let failed = |error| place.reading(error);
    let expected = empty(place)?;
    let mut damage = Vec::new();
    for found in [
        physical_damage(connection),
        damaged_tables(connection, &expected),
        damaged_history(connection, &expected),
        damaged_rows(connection),
    ] {
        match found {
            Ok(found) => damage.extend(found),
            // What is damaged cannot always be read to its end.
            Err(_) if !damage.is_empty() => {}
            Err(error) => return Err(failed(error)),
        }
    }
    none(damage, place)
}

fn none(damage: Vec<Damage>, place: &Place) -> Result<(), StorageError> {
    if damage.is_empty() { Ok(()) } else { Err(place.damaged(damage)) }
}

fn physical_damage(connection: &Connection) -> Result<Vec<Damage>, rusqlite::Error> {
    let mut statement = connection.prepare("PRAGMA integrity_check")?;
    let lines = statement.query_map([], |row| row.get(0))?.collect::<Result<Vec<String>, _>>()?;
    let problems = lines.into_iter().filter(|line| line != "ok").chain(strays(connection)?);
    Ok(problems.map(|problem| Damage { place: None, problem }).collect())
}

/// What says that it belongs to a table that is not there. SQLite's own check does not mind; but such a thing stays behind when its
/// table goes, and then nobody can open the database any more.
fn strays(connection: &Connection) -> Result<Vec<String>, rusqlite::Error> {
    let mut statement = connection.prepare(
        "SELECT type, CAST(name AS BLOB) FROM sqlite_schema WHERE
             (type = 'table' AND tbl_name IS NOT name)
             OR (type = 'index' AND tbl_name NOT IN (SELECT name FROM sqlite_schema WHERE type = 'table'))",
    )?;
    let strays = statement.query_map([], |row| {
        let (kind, name): (String, Vec<u8>) = (row.get(0)?, row.get(1)?);
        let name = String::from_utf8_lossy(&name);
        Ok(format!("{kind} {}: it says that it belongs to another table", name.escape_debug()))
    })?;
    strays.collect()
}

/// The tables against those of a database that was just made.
fn damaged_tables(connection: &Connection, expected: &Connection) -> Result<Vec<Damage>, rusqlite::Error> {
    let (found, expected) = (objects(connection)?, objects(expected)?);
    let missing = expected.keys().filter(|object| !found.contains_key(*object));
    let missing = missing.map(|object| (object, "it is missing"));
    let others = found.iter().filter_map(|(object, sql)| match expected.get(object) {
        None => Some((object, "trop did not make it")),
        Some(expected) if expected != sql => Some((object, "it is not as trop made it")),
        Some(_) => None,
    });
    let damages = missing.chain(others).map(|(Object { table, kind, name }, what)| {
        let place = Some(Spot { table: table.clone(), row: None, field: None });
        Damage {
            place,
            problem: if kind == "table" { what.to_owned() } else { format!("{kind} {name}: {what}") },
        }
    });
    Ok(damages.collect())
}

/// A table, or something that belongs to one.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
struct Object {
    table: String,
    kind: String,
    name: String,
}

/// What trop's own tables are made of, and the SQL that made it. Refinery makes the table of its history, and may come to make it
/// otherwise.
fn objects(connection: &Connection) -> Result<BTreeMap<Object, Option<String>>, rusqlite::Error> {
    let mut statement = connection.prepare(
        "SELECT tbl_name, type, name, sql FROM sqlite_schema
         WHERE tbl_name COLLATE NOCASE IN ('metadata', 'reservations')",
    )?;
    let objects = statement.query_map([], |row| {
        Ok((Object { table: row.get(0)?, kind: row.get(1)?, name: row.get(2)? }, row.get(3)?))
    })?;
    objects.collect()
}

/// The steps that were taken against those that this program would take.
fn damaged_history(connection: &Connection, expected: &Connection) -> Result<Vec<Damage>, rusqlite::Error> {
    let (found, expected) = (steps(connection)?, steps(expected)?);
    let differing = expected.iter().filter(|(version, step)| found.get(version) != Some(step));
    let damages = differing.map(|(version, _)| Damage {
        place: Some(Spot {
            table: "refinery_schema_history".to_owned(),
            row: Some(format!("version {version}")),
            field: Some("name, checksum"),
        }),
        problem: "that step is missing, or was another one".to_owned(),
    });
    Ok(damages.collect())
}

fn steps(connection: &Connection) -> Result<BTreeMap<i64, (String, String)>, rusqlite::Error> {
    let mut statement = connection.prepare("SELECT version, name, checksum FROM refinery_schema_history")?;
    let steps = statement.query_map([], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
    steps.collect()
}

fn damaged_rows(connection: &Connection) -> Result<Vec<Damage>, rusqlite::Error> {
    let mut statement =
        connection.prepare(&format!("SELECT {COLUMNS} FROM reservations ORDER BY path, tag"))?;
    let mut rows = statement.query([])?;
    let mut order = Order::default();
    let mut damages = Vec::new();
    while let Some(row) = rows.next()? {
        if let Err(damage) = reservation(row, NoTag::Empty) {
            damages.extend(damage);
        } else if let Err(damage) = order.require_next(row) {
            damages.push(damage);
            // There may be no end to rows that do not rise.
            break;
        }
    }
    Ok(damages)
}
