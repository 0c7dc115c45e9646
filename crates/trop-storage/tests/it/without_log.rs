//! File systems on which SQLite can keep no write-ahead log.
//!
//! The name of the index that such a log needs leads nowhere here, and so SQLite can make none.

use std::fs;

use trop_storage::Notice;
use trop_testkit::database::{self, Journal, Row, Version};

use crate::scene::{Scene, all, put, row, write};

fn scene() -> Scene {
    let scene = Scene::with_file(b"");
    fs::remove_file(scene.database()).unwrap();
    std::os::unix::fs::symlink("nowhere/at-all", scene.directory().join("trop.db-shm")).unwrap();
    scene
}

/// One store after the other writes and reads, and nobody has to be told again.
#[track_caller]
fn check_usable(scene: &Scene, known: usize) {
    for number in 0..3 {
        let mut store = scene.store();
        write(&mut store, vec![put(&row(&format!("/srv/{number}"), "", 6000 + number))]).unwrap();
        assert_eq!(all(&mut store).unwrap().len(), known + 1 + usize::from(number));
        assert_eq!(store.take_notices(), []);
    }
    let mode: String = scene.raw().query_row("PRAGMA journal_mode", [], |row| row.get(0)).unwrap();
    assert_eq!(mode, "delete");
}

#[test]
fn a_new_database() {
    let scene = scene();
    let mut store = scene.store();
    write(&mut store, vec![]).unwrap();
    let database = scene.database();
    assert_eq!(
        store.take_notices(),
        [Notice::WithoutWriteAheadLog(database.clone()), Notice::Created(database)]
    );
    drop(store);
    check_usable(&scene, 0);
}

#[test]
fn an_older_database() {
    for (version, layout) in [(Version::LAYOUT_1, 1), (Version::Layout2, 2)] {
        let scene = scene();
        let rows: Vec<_> = (5000..5300).map(|port| Row::new(&format!("/srv/{port}"), None, port)).collect();
        database::write(scene.database(), version, &rows, Journal::Delete);
        let mut store = scene.store();
        write(&mut store, vec![]).unwrap();
        let database = scene.database();
        let copy = scene.directory().join(format!("trop.db.before-migration-{layout}"));
        assert_eq!(
            store.take_notices(),
            [
                Notice::WithoutWriteAheadLog(database.clone()),
                Notice::Migrated { database, layout, copy: copy.clone() }
            ]
        );
        drop(store);
        assert!(copy.is_file());
        check_usable(&scene, 300);
    }
}
