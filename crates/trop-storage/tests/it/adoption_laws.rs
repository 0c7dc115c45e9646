//! Whatever an older program stored: all of it is adopted, or every row that cannot be is named and nothing is touched.
//!
//! What is possible is known here from the place a value is taken from, and what is doubled is counted: no rule of the
//! product is asked.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fs;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

use trop_model::Reservation;
use trop_storage::{Notice, StorageError};
use trop_testkit::database::{self, Journal, Row, Times, Value, Version};

use crate::scene::{Content, Scene, all, write};

const CASES: u32 = 300;

/// A value, and whether a reservation can have it.
type Stored = (Value, bool);

/// A row, with what is to be said of it.
#[derive(Debug, Clone)]
struct Made {
    row: Row,
    /// The fields that cannot be.
    impossible: Vec<&'static str>,
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

/// Mostly one of the possible values; `odds` in 100 times one of the impossible.
fn mostly(possible: Vec<Value>, impossible: Vec<Value>, odds: f64) -> impl Strategy<Value = Stored> {
    prop::bool::weighted(odds).prop_flat_map(move |is_odd| {
        let values = if is_odd { impossible.clone() } else { possible.clone() };
        select(values).prop_map(move |value| (value, !is_odd))
    })
}

fn paths() -> impl Strategy<Value = Stored> {
    let possible = (0..12).map(|number| text(&format!("/srv/ü {number}"))).collect();
    let impossible = ["relative", "/srv/../srv", "/srv//a", "/srv/", ""].map(text).to_vec();
    mostly(possible, impossible, 0.015)
}

fn tags(version: Version) -> impl Strategy<Value = Stored> {
    let possible = vec![Value::Null, text("web"), text("ä b")];
    let empty_is_impossible = matches!(version, Version::Layout1 { .. });
    let impossible = if empty_is_impossible { vec![text(""), text(" web")] } else { vec![text("web ")] };
    mostly(possible, impossible, 0.015)
}

fn ports(version: Version) -> impl Strategy<Value = Stored> {
    let possible = (5000..5012).chain([1, 65535]).map(Value::Integer).collect();
    let mut impossible = [0, -1, 65536, i64::MAX].map(Value::Integer).to_vec();
    if version != Version::Layout2 {
        impossible.extend([text("many"), Value::Real(5000.5), Value::Blob(vec![1])]);
    }
    mostly(possible, impossible, 0.01)
}

fn labels() -> impl Strategy<Value = Stored> {
    mostly(vec![Value::Null, text("shop"), text("ü")], vec![text(" shop"), text("")], 0.01)
}

fn times(version: Version) -> impl Strategy<Value = Stored> {
    let possible = [0, 1_760_000_000, 253_402_300_799].map(Value::Integer).to_vec();
    let mut impossible = [-1, 253_402_300_800, i64::MIN].map(Value::Integer).to_vec();
    if version != Version::Layout2 {
        impossible.extend([text("yesterday"), text("1.5"), Value::Blob(vec![])]);
    }
    mostly(possible, impossible, 0.01)
}

fn made(version: Version) -> impl Strategy<Value = Made> {
    let labels = (labels(), labels());
    (paths(), tags(version), ports(version), labels, times(version), times(version)).prop_map(
        |(path, tag, port, (project, task), created_at, last_used_at)| {
            let fields = [
                ("path", path.1),
                ("tag", tag.1),
                ("port", port.1),
                ("project", project.1),
                ("task", task.1),
                ("created_at", created_at.1),
                ("last_used_at", last_used_at.1),
            ];
            let impossible = fields.into_iter().filter(|(_, is_possible)| !is_possible).map(|(name, _)| name);
            let row = Row {
                path: path.0,
                tag: tag.0,
                port: port.0,
                project: project.0,
                task: task.0,
                created_at: created_at.0,
                last_used_at: last_used_at.0,
            };
            Made { impossible: impossible.collect(), row }
        },
    )
}

#[derive(Debug, Clone)]
struct Older {
    version: Version,
    journal: Journal,
    rows: Vec<Made>,
}

fn older() -> impl Strategy<Value = Older> {
    let layouts_1 = [Times::Integer, Times::Text]
        .into_iter()
        .flat_map(|times| [true, false].map(|one_row_per_port| Version::Layout1 { times, one_row_per_port }));
    let versions: Vec<_> = layouts_1.chain([Version::Layout2, Version::Layout2]).collect();
    let journals = select(Journal::ALL.to_vec());
    (select(versions), journals).prop_flat_map(|(version, journal)| {
        prop::collection::vec(made(version), 0..9).prop_map(move |rows| Older {
            version,
            journal,
            rows: takeable(version, rows),
        })
    })
}

/// Leaves out the rows that the table itself does not take.
fn takeable(version: Version, made: Vec<Made>) -> Vec<Made> {
    let has_null_tags = matches!(version, Version::Layout1 { .. });
    let has_unique_ports = !matches!(version, Version::Layout1 { one_row_per_port: false, .. });
    let mut taken: Vec<Made> = Vec::new();
    for next in made {
        let clashes = taken.iter().any(|other| {
            let is_unequal_to_itself = has_null_tags && next.row.tag == Value::Null;
            let has_same_key = (&other.row.path, &other.row.tag) == (&next.row.path, &next.row.tag);
            (has_same_key && !is_unequal_to_itself) || (has_unique_ports && other.row.port == next.row.port)
        });
        if !clashes {
            taken.push(next);
        }
    }
    taken
}

/// A row as errors show it, and the field that is wrong.
type Named = (String, String);

/// Everything that is wrong, sorted.
fn wrong(older: &Older) -> Vec<Named> {
    let shown = |value: &Value| match value {
        Value::Null if older.version == Version::Layout2 => "\"\"".to_owned(),
        Value::Null => "NULL".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => format!("{text:?}"),
        Value::Blob(bytes) => format!("a blob of {} bytes", bytes.len()),
    };
    let count = |is_same: &dyn Fn(&Row) -> bool| older.rows.iter().filter(|made| is_same(&made.row)).count();
    let mut wrong = Vec::new();
    for Made { row, impossible } in &older.rows {
        let described =
            format!("path {}, tag {}, port {}", shown(&row.path), shown(&row.tag), shown(&row.port));
        let mut fields = impossible.clone();
        if 1 < count(&|other| (&other.path, &other.tag) == (&row.path, &row.tag)) {
            fields.push("path, tag");
        }
        if 1 < count(&|other| other.port == row.port) {
            fields.push("port");
        }
        wrong.extend(fields.into_iter().map(|field| (described.clone(), field.to_owned())));
    }
    wrong.sort();
    wrong
}

/// What was refused, sorted like [`wrong`].
fn named(refused: &StorageError) -> Vec<Named> {
    let StorageError::NotAdoptable { damage, .. } = refused else { panic!("{refused:?}") };
    let mut named: Vec<_> = damage
        .iter()
        .map(|damage| {
            let spot = damage.place.as_ref().unwrap();
            (spot.row.clone().unwrap(), spot.field.unwrap().to_owned())
        })
        .collect();
    named.sort();
    named
}

/// The values of a row, in the order of its columns.
type Values = [Value; 7];

fn optional(label: Option<String>) -> Value {
    label.map_or(Value::Null, Value::Text)
}

/// A row that was given to an older program, as a reservation should have it.
fn given(row: &Row) -> Values {
    let Row { path, tag, port, project, task, created_at, last_used_at } = row.clone();
    [path, tag, port, project, task, created_at, last_used_at]
}

fn read(row: &Reservation) -> Values {
    [
        Value::Text(row.key.path.to_string()),
        optional(row.key.tag.as_ref().map(ToString::to_string)),
        Value::Integer(row.port.get().into()),
        optional(row.project.as_ref().map(ToString::to_string)),
        optional(row.task.as_ref().map(ToString::to_string)),
        Value::Integer(row.created_at.as_unix_seconds()),
        Value::Integer(row.last_used_at.as_unix_seconds()),
    ]
}

/// In any order that is always the same.
fn sorted(values: impl Iterator<Item = Values>) -> Vec<String> {
    let mut texts: Vec<_> = values.map(|values| format!("{values:?}")).collect();
    texts.sort();
    texts
}

/// The class of the case.
fn check(older: &Older) -> Result<&'static str, TestCaseError> {
    let scene = Scene::with_file(b"");
    fs::remove_file(scene.database()).unwrap();
    let rows: Vec<_> = older.rows.iter().map(|made| made.row.clone()).collect();
    database::write(scene.database(), older.version, &rows, older.journal);
    let wrong = wrong(older);
    if wrong.is_empty() {
        check_adopted(&scene, &rows)?;
        return Ok(if rows.is_empty() { "empty" } else { "adopted" });
    }
    check_refused(&scene, &wrong)?;
    let is_doubled = older.rows.iter().all(|made| made.impossible.is_empty());
    Ok(if is_doubled { "doubled" } else { "impossible" })
}

fn check_adopted(scene: &Scene, rows: &[Row]) -> TestCaseResult {
    let expected = sorted(rows.iter().map(given));
    prop_assert_eq!(&sorted(scene.rows().iter().map(read)), &expected);
    let mut store = scene.store();
    write(&mut store, vec![]).unwrap();
    let is_told = matches!(store.take_notices()[..], [Notice::Migrated { .. }]);
    prop_assert!(is_told);
    prop_assert_eq!(&sorted(all(&mut store).unwrap().iter().map(read)), &expected);
    drop(store);
    prop_assert_eq!(&sorted(scene.rows().iter().map(read)), &expected);
    let integrity: String = scene.raw().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    prop_assert_eq!(integrity, "ok");
    Ok(())
}

fn check_refused(scene: &Scene, wrong: &[Named]) -> TestCaseResult {
    let before = scene.files();
    let mut store = scene.store();
    for refused in [all(&mut store).map(drop), write(&mut store, vec![])] {
        prop_assert_eq!(&named(&refused.unwrap_err()), wrong);
    }
    drop(store);
    let mut after = scene.files();
    // The lock, and what SQLite keeps there for readers.
    after.retain(|name, content| name != "trop.lock" && name != "trop.db-shm" && *content != Content(vec![]));
    let before: BTreeMap<_, _> = before.into_iter().filter(|(name, _)| name != "trop.db-shm").collect();
    prop_assert_eq!(after, before);
    Ok(())
}

#[test]
fn all_rows_are_adopted_or_the_bad_ones_are_named() {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let classes: RefCell<BTreeMap<&str, u32>> = RefCell::default();
    let outcome = runner.run(&older(), |older| {
        let class = check(&older)?;
        *classes.borrow_mut().entry(class).or_default() += 1;
        Ok(())
    });
    if let Err(failure) = outcome {
        panic!("{failure}");
    }
    let classes = classes.into_inner();
    println!("{classes:?}");
    let is_met = |class| CASES / 20 <= classes.get(class).copied().unwrap_or_default();
    assert!(["empty", "adopted", "doubled", "impossible"].into_iter().all(is_met), "{classes:?}");
}
