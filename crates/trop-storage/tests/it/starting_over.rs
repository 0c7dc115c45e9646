//! Starting over with a database that can be read: it is emptied where it is, and those who have it open go on with it.

use std::fs;

use rusqlite::Connection;

use trop_model::Ledger;
use trop_storage::{Found, Notice, StorageError, Verdict, WhenMissing};
use trop_testkit::database::{self, Journal, Row, Value, Version};

use crate::scene::{Scene, all, put, row, write};

/// A data directory with a database of that version.
fn scene(version: Version, rows: &[Row]) -> Scene {
    let scene = Scene::with_file(b"");
    fs::remove_file(scene.database()).unwrap();
    database::write(scene.database(), version, rows, Journal::WriteAheadLog);
    scene
}

/// After it there is an empty database that can be used, these notices were given, and nothing else has come to be.
#[track_caller]
fn check(scene: &Scene, expected: &[Notice], shown: usize) {
    let mut store = scene.starting_over();
    assert_eq!(store.open().unwrap(), Found::Ready);
    let seen = store.write(WhenMissing::Create, |rows| {
        Ok::<_, StorageError>(Verdict::Commit(vec![], rows.all().map_or(0, |rows| rows.len())))
    });
    assert_eq!(seen.unwrap(), shown);
    assert_eq!(store.take_notices(), expected);
    assert_eq!(all(&mut store).unwrap(), []);
    // It has started over: what follows is as ever.
    write(&mut store, vec![put(&row("/srv/new", "", 6000))]).unwrap();
    assert_eq!(all(&mut store).unwrap(), [row("/srv/new", "", 6000)]);
    drop(store);
    assert_eq!(scene.rows(), [row("/srv/new", "", 6000)]);
    check_marks(&scene.raw());
    let copies: Vec<_> = expected
        .iter()
        .filter_map(|notice| match notice {
            Notice::Migrated { copy, .. } | Notice::Dropped { copy, .. } => Some(copy.clone()),
            _ => None,
        })
        .collect();
    let names = scene.names().into_iter().filter(|name| name.contains("before") || name.contains("damaged"));
    assert_eq!(names.map(|name| scene.directory().join(name)).collect::<Vec<_>>(), copies);
}

#[track_caller]
fn check_marks(raw: &Connection) {
    let pragma = |name| raw.pragma_query_value(None, name, |row| row.get::<_, i64>(0)).unwrap();
    assert_eq!((pragma("application_id"), pragma("user_version")), (0x7472_6f70, 1));
    let tables = "SELECT group_concat(name, ' ') FROM
        (SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') ORDER BY name)";
    let tables: String = raw.query_row(tables, [], |row| row.get(0)).unwrap();
    assert_eq!(tables, "metadata refinery_schema_history reservations");
    let integrity: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

fn two_rows() -> [Row; 2] {
    [Row::new("/srv/a", None, 5000), Row::new("/srv/b", Some("web"), 5001)]
}

#[test]
fn nothing_at_all() {
    let scene = Scene::new();
    check(&scene, &[Notice::Created(scene.database())], 0);
}

#[test]
fn a_current_database() {
    check(&scene(Version::Schema(1), &two_rows()), &[], 2);
    check(&Scene::with_rows(&[row("/srv/a", "", 5000)]), &[], 1);
}

#[test]
fn an_older_database_is_copied_aside() {
    for (version, layout) in [(Version::LAYOUT_1, 1), (Version::Layout2, 2)] {
        let scene = scene(version, &two_rows());
        let copy = scene.directory().join(format!("trop.db.before-migration-{layout}"));
        check(&scene, &[Notice::Migrated { database: scene.database(), layout, copy: copy.clone() }], 2);
        let kept = Connection::open(copy).unwrap();
        let ports = "SELECT group_concat(port) FROM (SELECT port FROM reservations ORDER BY port)";
        assert_eq!(kept.query_row(ports, [], |row| row.get(0)), Ok("5000,5001".to_owned()));
    }
}

/// What is told of a database that was refused for this reason.
fn dropped(scene: &Scene, refused: &StorageError, copy: &str) -> [Notice; 2] {
    let (database, copy) = (scene.database(), scene.directory().join(copy));
    let dropped = Notice::Dropped { database: database.clone(), why: refused.to_string(), copy };
    [dropped, Notice::Created(database)]
}

#[test]
fn an_older_database_that_cannot_be_adopted() {
    let impossible = Row { port: 70_000.into(), ..Row::new("/srv/a", None, 5000) };
    for (version, layout) in [(Version::LAYOUT_1, 1), (Version::Layout2, 2)] {
        let scene = scene(version, &[impossible.clone(), Row::new("/srv/b", None, 5001)]);
        let refused = all(&mut scene.store()).unwrap_err();
        assert!(matches!(refused, StorageError::NotAdoptable { .. }));
        let copy = format!("trop.db.before-migration-{layout}");
        check(&scene, &dropped(&scene, &refused, &copy), 0);
        let copy = scene.directory().join(copy);
        let kept = Connection::open(copy).unwrap();
        let ports = "SELECT group_concat(port) FROM (SELECT port FROM reservations ORDER BY port)";
        assert_eq!(kept.query_row(ports, [], |row| row.get(0)), Ok("5001,70000".to_owned()));
    }
}

#[test]
fn marks_that_disagree() {
    for statements in [
        "PRAGMA application_id = 0",
        "PRAGMA user_version = 0",
        "UPDATE metadata SET value = '7'",
        "DELETE FROM metadata",
        "DROP TABLE metadata",
        "DROP TABLE reservations",
        "DROP TABLE reservations; CREATE TABLE reservations (x)",
        "DROP TABLE refinery_schema_history",
        "DELETE FROM refinery_schema_history",
        "DROP TABLE metadata; CREATE VIEW metadata AS SELECT 1 AS key, 2 AS value",
        "DROP TABLE reservations; DELETE FROM metadata",
        "DELETE FROM metadata; CREATE TABLE \"odd \"\" name\" (a); CREATE VIEW more AS SELECT * FROM \"odd \"\" name\"",
        // What it takes to drop that table, this program has not.
        "DELETE FROM metadata; PRAGMA writable_schema = ON; INSERT INTO sqlite_schema
         VALUES ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nobody_has_this(x)')",
    ] {
        let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
        scene.raw().execute_batch(statements).unwrap();
        let refused = all(&mut scene.store()).unwrap_err();
        assert!(matches!(refused, StorageError::MarksDisagree { .. }), "{statements}: {refused:?}");
        let mut store = scene.starting_over();
        assert!(!store.exists().unwrap());
        assert_eq!(all(&mut store).unwrap(), []);
        store.require_writable(WhenMissing::Create).unwrap();
        let (database, why) = (scene.database(), refused.to_string());
        assert_eq!(store.take_notices(), [Notice::ToBeDropped { database, why }]);
        check(&scene, &dropped(&scene, &refused, "trop.db.damaged"), 0);
    }
}

#[test]
fn rows_that_cannot_be_read() {
    let impossible = Row { path: Value::Text("relative".to_owned()), ..Row::new("/srv/a", None, 5000) };
    let scene = scene(Version::Schema(1), &[impossible, Row::new("/srv/b", None, 5001)]);
    let refused = all(&mut scene.store()).unwrap_err();
    assert!(matches!(refused, StorageError::Damaged { .. }));
    check(&scene, &dropped(&scene, &refused, "trop.db.damaged"), 0);
}

#[test]
fn a_file_of_no_bytes_is_nothing() {
    let scene = Scene::with_file(b"");
    let database = scene.database();
    check(&scene, &[Notice::FileWithoutTables(database.clone()), Notice::Created(database)], 0);
}

#[test]
fn what_is_not_ours_is_refused_and_left_alone() {
    #[track_caller]
    fn check(scene: &Scene, is_expected: impl Fn(&StorageError) -> bool) {
        let before = scene.files();
        let mut store = scene.starting_over();
        for outcome in [
            store.exists().map(drop),
            all(&mut store).map(drop),
            store.require_writable(WhenMissing::Create),
            write(&mut store, vec![]),
        ] {
            let error = outcome.expect_err("it is refused");
            assert!(is_expected(&error), "{error:?}");
        }
        assert_eq!(store.take_notices(), []);
        drop(store);
        let mut after = scene.files();
        after.retain(|name, _| !["trop.lock", "trop.db-shm", "trop.db-wal"].contains(&name.as_str()));
        assert_eq!(after, before);
    }
    let edited = |statements: &str| {
        let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
        scene.raw().execute_batch(statements).unwrap();
        fs::remove_file(scene.directory().join("trop.lock")).unwrap();
        scene
    };
    check(&edited("PRAGMA user_version = 2"), |error| matches!(error, StorageError::Newer { .. }));
    check(
        &edited("PRAGMA application_id = 0; PRAGMA user_version = 0; UPDATE metadata SET value = '1002'"),
        |error| matches!(error, StorageError::Newer { .. }),
    );
    let is_foreign = |error: &StorageError| matches!(error, StorageError::Foreign { .. });
    check(&edited("PRAGMA application_id = 252006673"), is_foreign);
    let layout = include_bytes!("../fixtures/layout-2-no-version/trop.db");
    check(&Scene::with_file(layout), is_foreign);
    let directory = Scene::new();
    fs::create_dir_all(directory.database()).unwrap();
    check(&directory, is_foreign);
}

#[test]
fn what_is_decided_against_empties_nothing() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut store = scene.starting_over();
    store.write(WhenMissing::Create, |_| Ok::<_, StorageError>(Verdict::RollBack(()))).unwrap();
    assert_eq!(store.take_notices(), []);
    assert_eq!(scene.rows(), [row("/srv/a", "", 5000)]);
    // It is still to be done.
    write(&mut store, vec![]).unwrap();
    assert_eq!(all(&mut store).unwrap(), []);
}

#[test]
fn those_who_have_it_open_go_on_with_the_emptied_one() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut other = scene.store();
    write(&mut other, vec![put(&row("/srv/b", "", 5001))]).unwrap();
    let raw = scene.raw();
    write(&mut scene.starting_over(), vec![]).unwrap();
    assert_eq!(raw.query_row("SELECT count(*) FROM reservations", [], |row| row.get(0)), Ok(0));
    write(&mut other, vec![put(&row("/srv/c", "", 5002))]).unwrap();
    assert_eq!(all(&mut other).unwrap(), [row("/srv/c", "", 5002)]);
    drop(other);
    assert_eq!(scene.rows(), [row("/srv/c", "", 5002)]);
}

#[cfg(unix)]
#[test]
fn a_database_behind_a_link_is_emptied_where_it_is() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let real = scene.directory().with_file_name("elsewhere.db");
    fs::rename(scene.database(), &real).unwrap();
    std::os::unix::fs::symlink(&real, scene.database()).unwrap();
    check(&scene, &[], 1);
    assert_eq!(fs::read_link(scene.database()).unwrap(), real);
    check_marks(&Connection::open(real).unwrap());
}
