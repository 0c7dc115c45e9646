//! The marks that say what version a file is: written together, and believed only together.

use rusqlite::Connection;

use trop_storage::StorageError;

use crate::scene::{Scene, all, row, write};

const OURS: i64 = 0x7472_6f70;

fn pragma(connection: &Connection, name: &str) -> i64 {
    connection.pragma_query_value(None, name, |row| row.get(0)).unwrap()
}

#[test]
fn a_new_database_has_every_mark() {
    let scene = Scene::with_rows(&[]);
    let raw = scene.raw();
    assert_eq!(pragma(&raw, "application_id"), OURS);
    assert_eq!(pragma(&raw, "user_version"), 1);
    let text = |question| raw.query_row(question, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(text("SELECT value FROM metadata WHERE key = 'schema_version'"), "1001");
    assert_eq!(
        text("SELECT group_concat(version || ' ' || name) FROM refinery_schema_history"),
        "1 reservations"
    );
    assert_eq!(text("PRAGMA journal_mode"), "wal");
}

/// A good database with one row, in which somebody ran these statements.
fn edited(statements: &str) -> Scene {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    scene.raw().execute_batch(statements).unwrap();
    scene
}

/// Reading and writing end with the same error, and leave everything as it is.
#[track_caller]
fn check(statements: &str, is_expected: impl Fn(&StorageError) -> bool) {
    let scene = edited(statements);
    let before = scene.files();
    let mut store = scene.store();
    for outcome in [all(&mut store).map(drop), write(&mut store, vec![]), store.exists().map(drop)] {
        // What is first seen inside the transaction cannot be seen from outside.
        let Err(error) = outcome else { continue };
        assert!(is_expected(&error), "{statements}: {error:?}");
    }
    assert!(all(&mut store).is_err() && write(&mut store, vec![]).is_err(), "{statements}");
    drop(store);
    assert_eq!(scene.files()["trop.db"], before["trop.db"], "{statements}");
}

#[test]
fn marks_that_disagree() {
    #[track_caller]
    fn disagrees(statements: &str, words: &str) {
        check(statements, |error| {
            let StorageError::MarksDisagree { contradiction, .. } = error else { return false };
            contradiction.contains(words)
        });
    }
    disagrees("PRAGMA application_id = 0", "application_id");
    disagrees("PRAGMA user_version = 0", "user_version is 0");
    disagrees("PRAGMA user_version = -1", "user_version is -1");
    disagrees("UPDATE metadata SET value = '1' WHERE key = 'schema_version'", "\"1\" instead of \"1001\"");
    disagrees("UPDATE metadata SET value = '1002' WHERE key = 'schema_version'", "\"1002\"");
    disagrees("UPDATE metadata SET value = ' 1001' WHERE key = 'schema_version'", "\" 1001\"");
    disagrees("DELETE FROM metadata", "missing");
    disagrees("DELETE FROM refinery_schema_history", "ends with nothing");
    disagrees("UPDATE refinery_schema_history SET version = 2", "ends with 2");
    disagrees("DROP TABLE metadata", "metadata");
    disagrees("DROP TABLE refinery_schema_history", "refinery_schema_history");
}

#[test]
fn newer_databases_name_both_versions() {
    #[track_caller]
    fn newer(statements: &str, expected: (i64, i64)) {
        check(
            statements,
            |error| matches!(error, StorageError::Newer { found, known, .. } if (*found, *known) == expected),
        );
    }
    newer("PRAGMA user_version = 2", (2, 1));
    newer("PRAGMA user_version = 2147483647", (2_147_483_647, 1));
    // Without our other marks, it is the number that every trop writes.
    let unmarked = "PRAGMA application_id = 0; PRAGMA user_version = 0; UPDATE metadata SET value = ";
    newer(&format!("{unmarked} '1002'"), (1002, 1001));
    newer(&format!("{unmarked} '3'"), (3, 1001));
}

#[test]
fn other_programs() {
    #[track_caller]
    fn foreign(statements: &str, words: &str) {
        check(statements, |error| matches!(error, StorageError::Foreign { why, .. } if why.contains(words)));
    }
    foreign("PRAGMA application_id = 252006673", "0x0f055111");
    foreign("PRAGMA application_id = -1", "0xffffffff");
    let unmarked = "PRAGMA application_id = 0; PRAGMA user_version = 0;";
    foreign(&format!("{unmarked} DROP TABLE reservations"), "other tables");
    foreign(&format!("{unmarked} DROP TABLE metadata"), "other tables");
    foreign(&format!("{unmarked} DELETE FROM metadata"), "no schema_version");
    let other_metadata = "DROP TABLE metadata; CREATE TABLE metadata (key TEXT, number INTEGER)";
    foreign(&format!("{unmarked} {other_metadata}"), "its metadata table is another");
    foreign(&format!("{unmarked} UPDATE metadata SET value = 'two'"), "\"two\"");
    foreign(&format!("{unmarked} UPDATE metadata SET value = '0'"), "\"0\"");
}

/// Every trop writes UTF-8, and what another program wrote in UTF-16 nobody can say.
#[test]
fn a_database_of_other_letters() {
    let scene = Scene::with_file(b"");
    scene.raw().execute_batch("PRAGMA encoding = 'UTF-16le'; CREATE TABLE metadata (key, value)").unwrap();
    let before = scene.files();
    let mut store = scene.store();
    for outcome in [all(&mut store).map(drop), write(&mut store, vec![])] {
        let Err(StorageError::Foreign { why, .. }) = outcome else { panic!("{outcome:?}") };
        assert!(why.contains("UTF-16le"), "{why}");
    }
    drop(store);
    assert_eq!(scene.files()["trop.db"], before["trop.db"]);
}

#[test]
fn marks_are_read_again_inside_the_transaction() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut store = scene.store();
    write(&mut store, vec![]).unwrap();
    // Somebody migrates it while this store keeps it open.
    scene.raw().execute_batch("PRAGMA user_version = 2").unwrap();
    let refused = write(&mut store, vec![]);
    assert!(matches!(refused, Err(StorageError::Newer { found: 2, known: 1, .. })), "{refused:?}");
}
