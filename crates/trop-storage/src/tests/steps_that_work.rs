//! Steps that do what they should: every row is there afterwards, every mark is right, and the database as it was is kept.

use std::fs;

use rusqlite::Connection;

use trop_model::Ledger;

use super::scene::{
    ONE_STEP, SECOND, Scene, THIRD, THREE_STEPS, TWO_STEPS, all, as_stored, connect, first_step, keep_log,
    marks, marks_after, put, row, rows, runner, stored,
};
use crate::schema::Schema;
use crate::{Found, Notice, StorageError, Store, Verdict, WhenMissing};

/// A database with six rows, of which the last two are in the write-ahead log.
fn scene() -> Scene {
    let scene = Scene::with_rows(&rows(5000..5004));
    scene.log(&rows(5004..5006));
    scene
}

fn copies(scene: &Scene) -> Vec<String> {
    scene.names().into_iter().filter(|name| name.contains("before")).collect()
}

/// The copy opens alone, and is the database as the program with so many steps wrote it.
#[track_caller]
fn check_copy(scene: &Scene, name: &str, steps: usize, expected: &[(String, u16)]) {
    let alone = tempfile::tempdir().unwrap();
    fs::copy(scene.file(name), alone.path().join("trop.db")).unwrap();
    let copy = connect(&alone.path().join("trop.db"));
    assert_eq!(marks(&copy), marks_after(steps));
    assert_eq!(stored(&copy), expected);
    let integrity: String = copy.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

#[test]
fn all_steps_are_taken_with_the_first_change() {
    let scene = scene();
    let mut store = scene.store(&THREE_STEPS);
    assert_eq!(store.open().unwrap(), Found::Older);
    put(&mut store, &[row("/srv/new", 6000)]).unwrap();
    let (database, copy) = (scene.file("trop.db"), scene.file("trop.db.before-migration-1001"));
    assert_eq!(store.take_notices(), [Notice::Migrated { database, layout: 1001, copy }]);
    let mut expected = rows(5000..5006);
    expected.push(row("/srv/new", 6000));
    assert_eq!(all(&mut store).unwrap(), expected);
    drop(store);

    let raw = scene.raw();
    assert_eq!(marks(&raw), marks_after(3));
    assert_eq!(marks(&raw).3[0], (1, first_step().checksum()));
    assert_eq!(stored(&raw), as_stored(&expected));
    let notes = "SELECT count(*) FROM reservations WHERE note = 'port ' || port AND host = 'here'";
    assert_eq!(raw.query_row(notes, [], |row| row.get(0)), Ok(6));
    assert_eq!(copies(&scene), ["trop.db.before-migration-1001"]);
    check_copy(&scene, "trop.db.before-migration-1001", 1, &as_stored(&rows(5000..5006)));
}

#[test]
fn nobody_sees_a_step_before_the_change() {
    let scene = scene();
    let other = scene.raw();
    keep_log(&other);
    let written = scene.store(&THREE_STEPS).write(WhenMissing::Create, |rows| {
        assert_eq!(marks(rows.connection), marks_after(3));
        assert_eq!(rows.all()?.len(), 6);
        assert_eq!((marks(&other), stored(&other).len()), (marks_after(1), 6));
        Ok::<_, StorageError>(Verdict::Commit(vec![], ()))
    });
    written.unwrap();
    assert_eq!((marks(&other), stored(&other).len()), (marks_after(3), 6));
}

#[test]
fn no_copy_is_overwritten() {
    let scene = scene();
    let before = as_stored(&rows(5000..5006));
    put(&mut scene.store(&TWO_STEPS), &[]).unwrap();
    put(&mut scene.store(&THREE_STEPS), &[row("/srv/x", 7000)]).unwrap();
    assert_eq!(copies(&scene), ["trop.db.before-migration-1001", "trop.db.before-migration-1002"]);
    check_copy(&scene, "trop.db.before-migration-1002", 2, &before);

    // Somebody goes back to the first copy, works on, and comes again.
    drop(scene.raw());
    fs::copy(scene.file("trop.db.before-migration-1001"), scene.file("trop.db")).unwrap();
    put(&mut scene.store(&ONE_STEP), &[row("/srv/y", 7001)]).unwrap();
    put(&mut scene.store(&THREE_STEPS), &[]).unwrap();
    let second = "trop.db.before-migration-1001.2";
    assert_eq!(copies(&scene), ["trop.db.before-migration-1001", second, "trop.db.before-migration-1002"]);
    check_copy(&scene, "trop.db.before-migration-1001", 1, &before);
    let with_one_more = [before, as_stored(&[row("/srv/y", 7001)])].concat();
    check_copy(&scene, second, 1, &with_one_more);
}

#[test]
fn readers_see_the_new_schema_and_write_nothing() {
    let scene = scene();
    let before = scene.files();
    let mut store = scene.store(&THREE_STEPS);
    assert!(store.exists().unwrap());
    assert_eq!(all(&mut store).unwrap(), rows(5000..5006));
    store
        .read(|rows| {
            assert_eq!(marks(rows.connection), marks_after(3));
            Ok::<_, StorageError>(())
        })
        .unwrap();
    store.require_writable(WhenMissing::Create).unwrap();
    let database = scene.file("trop.db");
    assert_eq!(store.take_notices(), [Notice::ToBeMigrated { database, layout: 1001 }]);
    drop(store);
    let mut after = scene.files();
    // The index of the write-ahead log is SQLite's own.
    after.remove("trop.db-shm");
    after.retain(|name, _| before.contains_key(name));
    assert!(after.iter().all(|(name, content)| before[name] == *content));
    assert_eq!(after.len() + 1, before.len(), "{:?}", before.keys());
}

#[test]
fn there_is_no_way_back() {
    let scene = scene();
    put(&mut scene.store(&THREE_STEPS), &[]).unwrap();
    drop(scene.raw());
    let before = scene.files();
    for (schema, known) in [(&ONE_STEP, 1), (&TWO_STEPS, 2)] {
        let mut store = scene.store(schema);
        let outcomes = [
            all(&mut store).map(drop),
            put(&mut store, &[]),
            store.exists().map(drop),
            store.require_writable(WhenMissing::Create),
        ];
        for refused in outcomes.map(Result::unwrap_err) {
            let StorageError::Newer { found, known: named, .. } = refused else { panic!("{refused:?}") };
            assert_eq!((found, named), (3, known));
        }
    }
    assert_eq!(scene.files(), before);
}

/// A program that was released with other words in a step, or without one, would otherwise take the rest.
#[test]
fn a_history_that_is_not_ours_is_refused() {
    #[track_caller]
    fn check(taken: &'static Schema, known: &'static Schema, words: &str) {
        let scene = Scene::with_rows(&rows(5000..5002));
        put(&mut scene.store(taken), &[]).unwrap();
        drop(scene.raw());
        let before = scene.files();
        let mut store = scene.store(known);
        for refused in [all(&mut store).map(drop), put(&mut store, &[])].map(Result::unwrap_err) {
            let StorageError::MigrationFailed { problem, .. } = &refused else { panic!("{refused:?}") };
            assert!(problem.contains(words), "{problem}");
        }
        drop(store);
        let mut after = scene.files();
        after.retain(|name, _| before.contains_key(name));
        assert_eq!((after, copies(&scene).len()), (before.clone(), copies_in(&before)));
    }
    fn copies_in(files: &std::collections::BTreeMap<String, Vec<u8>>) -> usize {
        files.keys().filter(|name| name.contains("before")).count()
    }
    static EDITED: Schema = Schema { latest: 3, steps: || runner(&[("V2__notes", "SELECT 1;"), THIRD]) };
    static RENAMED: Schema = Schema { latest: 3, steps: || runner(&[("V2__remarks", SECOND.1), THIRD]) };
    static WITHOUT: Schema = Schema { latest: 3, steps: || runner(&[THIRD]) };
    check(&TWO_STEPS, &EDITED, "V2__notes");
    check(&TWO_STEPS, &RENAMED, "V2__notes");
    check(&TWO_STEPS, &WITHOUT, "V2__notes");
}

#[test]
fn a_current_database_costs_no_migration_work() {
    static NEVER_ASKED: Schema = Schema { latest: 1, steps: || unreachable!("somebody asks for the steps") };
    let scene = scene();
    let mut store = scene.store(&NEVER_ASKED);
    use_up(&mut store);
    drop(store);
    // Without the write-ahead log, and opened anew for each.
    drop(scene.raw());
    use_up(&mut scene.store(&NEVER_ASKED));
    assert_eq!(scene.store(&NEVER_ASKED).open().unwrap(), Found::Ready);
}

fn use_up(store: &mut Store) {
    assert!(store.exists().unwrap());
    store.require_writable(WhenMissing::Create).unwrap();
    assert_eq!(all(store).unwrap().len(), 6);
    put(store, &[]).unwrap();
    assert_eq!(store.take_notices(), []);
}

#[test]
fn a_new_database_has_taken_all_steps() {
    let scene = Scene::new();
    put(&mut scene.store(&THREE_STEPS), &rows(5000..5001)).unwrap();
    assert_eq!(marks(&scene.raw()), marks_after(3));
    assert_eq!(copies(&scene), [""; 0]);
}

#[test]
fn an_older_layout_takes_all_steps_at_once() {
    let scene = Scene::new();
    fs::create_dir(scene.directory()).unwrap();
    let layout_1 = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fixtures/layout-1/trop.db");
    fs::copy(layout_1, scene.file("trop.db")).unwrap();
    let before = stored(&Connection::open(layout_1).unwrap());
    put(&mut scene.store(&THREE_STEPS), &[]).unwrap();
    let raw = scene.raw();
    assert_eq!(marks(&raw), marks_after(3));
    assert_eq!(stored(&raw), before);
    assert_eq!(copies(&scene), ["trop.db.before-migration-1"]);
}

#[test]
fn starting_over_makes_the_tables_of_every_step_anew() {
    let scene = scene();
    put(&mut scene.store(&THREE_STEPS), &[]).unwrap();
    let mut store = scene.store(&THREE_STEPS);
    store.starts_over = true;
    put(&mut store, &[]).unwrap();
    assert_eq!((store.take_notices(), all(&mut store).unwrap()), (vec![], vec![]));
    drop(store);
    let raw = scene.raw();
    assert_eq!(marks(&raw), marks_after(3));
    assert_eq!(
        raw.query_row("SELECT group_concat(name) FROM hosts", [], |row| row.get(0)),
        Ok("here".to_owned())
    );
}
