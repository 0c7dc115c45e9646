//! Files that older programs wrote, in every form that SQLite gives them.

use std::fs;
use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags};

use trop_storage::{Notice, StorageError, Verdict, WhenMissing};
use trop_testkit::database::{self, Journal, Row, Version};

use crate::scene::{Content, Scene, all, write};

const VERSIONS: [Version; 3] = [Version::LAYOUT_1, Version::Layout2, Version::Schema(1)];

/// A data directory with a database of that version, which has these ports.
fn scene(version: Version, ports: std::ops::Range<u16>, journal: Journal) -> Scene {
    let scene = Scene::with_file(b"");
    fs::remove_file(scene.database()).unwrap();
    let rows: Vec<_> = ports.map(|port| Row::new(&format!("/srv/{port}"), None, port)).collect();
    database::write(scene.database(), version, &rows, journal);
    scene
}

/// Ports and schema version of a database file that is opened alone.
fn alone(file: &Path) -> (Vec<u16>, String) {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    let uri = format!("file:{}?immutable=1", file.display());
    let connection = Connection::open_with_flags(uri, flags).unwrap();
    let mut ports = connection.prepare("SELECT port FROM reservations ORDER BY port").unwrap();
    let ports = ports.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let version = "SELECT value FROM metadata WHERE key = 'schema_version'";
    (ports, connection.query_row(version, [], |row| row.get(0)).unwrap())
}

/// The first change adopts it: the rows are there, and in a copy as they were.
#[track_caller]
fn check_adopted(scene: &Scene, layout: i64, ports: std::ops::Range<u16>) {
    let ports: Vec<u16> = ports.collect();
    let of =
        |rows: Vec<trop_model::Reservation>| -> Vec<u16> { rows.iter().map(|row| row.port.get()).collect() };
    assert_eq!(of(scene.rows()), ports);
    let mut store = scene.store();
    write(&mut store, vec![]).unwrap();
    let copy = scene.directory().join(format!("trop.db.before-migration-{layout}"));
    let migrated = Notice::Migrated { database: scene.database(), layout, copy: copy.clone() };
    assert!(store.take_notices().contains(&migrated));
    drop(store);
    assert_eq!(of(scene.rows()), ports);
    assert_eq!(alone(&copy), (ports, layout.to_string()));
    let leftover = |name: &String| name.contains(".new");
    assert!(!scene.names().iter().any(leftover), "{:?}", scene.names());
}

#[test]
fn what_is_in_the_write_ahead_log_is_adopted() {
    for (version, layout) in [(Version::LAYOUT_1, 1), (Version::Layout2, 2)] {
        for journal in [Journal::Delete, Journal::WriteAheadLog] {
            check_adopted(&scene(version, 5000..5300, journal), layout, 5000..5300);
        }
    }
}

#[test]
fn pages_of_any_size() {
    for page_size in [512, 1024, 65536] {
        let scene = scene(Version::Layout2, 5000..5300, Journal::Delete);
        let raw = scene.raw();
        raw.execute_batch(&format!("PRAGMA page_size = {page_size}; VACUUM")).unwrap();
        drop(raw);
        check_adopted(&scene, 2, 5000..5300);
        let found: i64 = scene.raw().query_row("PRAGMA page_size", [], |row| row.get(0)).unwrap();
        assert_eq!(found, page_size);
    }
}

#[test]
fn pages_of_any_size_in_the_write_ahead_log() {
    for page_size in [512, 65536] {
        let scene = scene(Version::LAYOUT_1, 5000..5300, Journal::Delete);
        let raw = scene.raw();
        raw.execute_batch(&format!("PRAGMA page_size = {page_size}; VACUUM; PRAGMA journal_mode = WAL"))
            .unwrap();
        raw.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
        raw.execute_batch("DELETE FROM reservations WHERE 5200 <= port").unwrap();
        drop(raw);
        check_adopted(&scene, 1, 5000..5200);
    }
}

/// What was half written when an older program was killed is undone first.
#[test]
fn a_hot_journal() {
    let written = scene(Version::Layout2, 5000..5300, Journal::Delete);
    let raw = written.raw();
    raw.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE reservations SET last_used_at = 9")
        .unwrap();
    let scene = Scene::with_file(&fs::read(written.database()).unwrap());
    let journal = |scene: &Scene| scene.directory().join("trop.db-journal");
    fs::copy(journal(&written), journal(&scene)).unwrap();
    raw.execute_batch("ROLLBACK").unwrap();
    check_adopted(&scene, 2, 5000..5300);
    assert!(scene.rows().iter().all(|row| row.last_used_at.as_unix_seconds() == 1_763_000_000));
}

#[test]
fn the_unfinished_copy_of_a_killed_process_is_replaced() {
    let scene = scene(Version::Layout2, 5000..5300, Journal::WriteAheadLog);
    let unfinished = |suffix: &str| scene.directory().join(format!("trop.db.before-migration.new{suffix}"));
    for suffix in ["", "-journal", "-wal", "-shm"] {
        fs::write(unfinished(suffix), [0x5a; 9000]).unwrap();
    }
    check_adopted(&scene, 2, 5000..5300);
}

#[cfg(unix)]
#[test]
fn names_that_are_taken_are_left_alone() {
    let scene = scene(Version::Layout2, 5000..5003, Journal::Delete);
    let place = |number: &str| scene.directory().join(format!("trop.db.before-migration-2{number}"));
    fs::write(place(""), "mine").unwrap();
    fs::create_dir(place(".2")).unwrap();
    std::os::unix::fs::symlink("nowhere", place(".3")).unwrap();
    std::os::unix::fs::symlink(scene.database(), place(".4")).unwrap();
    fs::write(place(".6"), "mine, too").unwrap();
    let mut store = scene.store();
    write(&mut store, vec![]).unwrap();
    assert_eq!(
        store.take_notices(),
        [Notice::Migrated { database: scene.database(), layout: 2, copy: place(".5") }]
    );
    drop(store);
    assert_eq!(alone(&place(".5")).0, [5000, 5001, 5002]);
    assert_eq!(fs::read(place("")).unwrap(), b"mine");
    assert_eq!(fs::read_dir(place(".2")).unwrap().count(), 0);
    assert_eq!(fs::read_link(place(".3")).unwrap(), Path::new("nowhere"));
    assert_eq!(fs::read_link(place(".4")).unwrap(), scene.database());
    assert_eq!(fs::read(place(".6")).unwrap(), b"mine, too");
    assert!(!scene.directory().join("nowhere").exists());
}

/// The copy may hold what the database holds, so nobody else may read it.
#[cfg(unix)]
#[test]
fn the_copy_is_private() {
    use std::os::unix::fs::PermissionsExt;
    let scene = scene(Version::Layout2, 5000..5003, Journal::Delete);
    fs::set_permissions(scene.database(), fs::Permissions::from_mode(0o644)).unwrap();
    write(&mut scene.store(), vec![]).unwrap();
    let copy = scene.directory().join("trop.db.before-migration-2");
    assert_eq!(fs::metadata(copy).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_is_decided_against_adopts_nothing() {
    for journal in [Journal::Delete, Journal::WriteAheadLog] {
        let scene = scene(Version::LAYOUT_1, 5000..5003, journal);
        let mut store = scene.store();
        store.write(WhenMissing::Create, |_| Ok::<_, StorageError>(Verdict::RollBack(()))).unwrap();
        assert_eq!(store.take_notices(), []);
        drop(store);
        assert!(!scene.names().iter().any(|name| name.contains("before")), "{:?}", scene.names());
        let raw = scene.raw();
        let version = "SELECT value FROM metadata WHERE key = 'schema_version'";
        assert_eq!(raw.query_row(version, [], |row| row.get(0)), Ok("1".to_owned()));
        drop(raw);
        check_adopted(&scene, 1, 5000..5003);
    }
}

/// Every row that is found can be read, and SQLite's own check complains. Nobody knows whether these are all of them.
#[test]
fn what_is_not_whole_is_not_adopted() {
    // The second index is that of the keys.
    let without_its_last_rows = "CREATE INDEX other ON reservations (path, tag) WHERE port < 5002;
         PRAGMA writable_schema = ON;
         CREATE TEMP TABLE roots AS SELECT name, rootpage FROM sqlite_schema;
         UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM roots WHERE name = 'other')
         WHERE name = 'sqlite_autoindex_reservations_2';
         UPDATE sqlite_schema SET rootpage = (SELECT rootpage FROM roots WHERE name = 'sqlite_autoindex_reservations_2')
         WHERE name = 'other';
         PRAGMA writable_schema = RESET;
         DROP INDEX other";
    let of_another_column = "PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = replace(sql, '(last_used_at)', '(created_at)') WHERE type = 'index'";
    let page_that_nobody_uses = "PRAGMA writable_schema = ON;
         DELETE FROM sqlite_schema WHERE name = 'idx_reservations_project'";
    for version in [Version::LAYOUT_1, Version::Layout2] {
        for tampering in [without_its_last_rows, of_another_column, page_that_nobody_uses] {
            let scene = scene(version, 5000..5003, Journal::Delete);
            scene.raw().execute_batch(tampering).unwrap();
            let before = fs::read(scene.database()).unwrap();
            let mut store = scene.store();
            for refused in [
                all(&mut store).map(drop),
                write(&mut store, vec![]),
                store.require_writable(WhenMissing::Create),
                store.examine().map(drop),
            ] {
                let is_damaged = matches!(refused, Err(StorageError::Damaged { .. }));
                assert!(is_damaged, "{version:?}, {tampering}: {refused:?}");
            }
            drop(store);
            assert_eq!(
                Content(fs::read(scene.database()).unwrap()),
                Content(before),
                "{version:?}, {tampering}"
            );
            assert!(!scene.names().iter().any(|name| name.contains("before")), "{:?}", scene.names());
        }
    }
}

#[test]
fn readers_write_nothing() {
    for version in VERSIONS {
        for journal in [Journal::Delete, Journal::WriteAheadLog] {
            let scene = scene(version, 5000..5300, journal);
            let before = scene.files();
            let mut store = scene.store();
            assert_eq!(all(&mut store).unwrap().len(), 300);
            assert!(store.exists().unwrap());
            store.require_writable(WhenMissing::Create).unwrap();
            drop(store);
            let mut after = scene.files();
            if journal == Journal::WriteAheadLog {
                assert_ne!(before["trop.db-wal"], Content(vec![]));
                // The index of the log is SQLite's own.
                after.remove("trop.db-shm");
            }
            after.retain(|name, _| before.contains_key(name) || name.contains("before"));
            let expected = before.into_iter().filter(|(name, _)| name != "trop.db-shm").collect();
            assert_eq!(after, expected, "{version:?} {journal:?}");
        }
    }
}
