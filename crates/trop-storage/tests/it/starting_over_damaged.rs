//! Starting over with a file that no transaction can empty: it is moved aside, and a new one is made.

use std::collections::BTreeMap;
use std::fs;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

use trop_storage::{Notice, StorageError, WhenMissing};

use crate::scene::{Content, Scene, all, put, row, write};

/// A good database, all of it in the one file.
fn good() -> Vec<u8> {
    let rows: Vec<_> = (5000..5300).map(|port| row(&format!("/srv/{port}"), "", port)).collect();
    fs::read(Scene::with_rows(&rows).database()).unwrap()
}

/// A good database with this byte of it changed, which its header does not tell.
fn flipped(at: usize) -> Vec<u8> {
    let mut content = good();
    content[at] ^= 0x55;
    content
}

/// A good database in which a row is not where it is looked for.
fn with_misplaced_row() -> Vec<u8> {
    let mut content = good();
    for at in 0..content.len() {
        if content[at..].starts_with(b"/srv/5100") {
            content[at + 1] = b'z';
        }
    }
    content
}

/// A file is moved aside whole, under a name that is free, and in its place is an empty database.
#[track_caller]
fn check(content: &[u8]) {
    let scene = Scene::with_file(content);
    let aside = scene.directory().join("trop.db.damaged");
    check_moved(&scene, &aside);
    assert_eq!(fs::read(aside).unwrap(), content);
}

#[track_caller]
fn check_moved(scene: &Scene, aside: &std::path::Path) {
    let database = scene.database();
    let mut store = scene.starting_over();
    store.require_writable(WhenMissing::Create).unwrap();
    assert_eq!(store.take_notices(), [Notice::ToBeMovedAside(database.clone())]);
    write(&mut store, vec![]).unwrap();
    assert_eq!(
        store.take_notices(),
        [
            Notice::MovedAside { database: database.clone(), aside: aside.to_owned() },
            Notice::Created(database)
        ]
    );
    write(&mut store, vec![put(&row("/srv/new", "", 6000))]).unwrap();
    drop(store);
    assert_eq!(scene.rows(), [row("/srv/new", "", 6000)]);
    let integrity: String = scene.raw().query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

#[test]
fn what_is_no_database() {
    check(b"\n");
    check(b"PORT=5000\n");
    check(&[0; 4096]);
}

#[test]
fn what_is_cut_off() {
    let good = good();
    for length in [1, 16, 99, 100, 4096, good.len() - 4096, good.len() - 1] {
        check(&good[..length]);
    }
}

#[test]
fn what_is_flipped() {
    check(&with_misplaced_row());
    // The kind of a page, its number of cells, and where they begin.
    for at in [4096, 4096 + 3, 4096 + 8] {
        check(&flipped(at));
    }
    let mut garbage = good();
    garbage[100..].fill(0xa5);
    check(&garbage);
}

/// What SQLite keeps beside a file goes with it: a new file must not find it there.
#[test]
fn what_is_beside_it_goes_with_it() {
    let scene = Scene::with_file(b"no database");
    for suffix in ["-wal", "-shm", "-journal"] {
        fs::write(scene.directory().join(format!("trop.db{suffix}")), suffix).unwrap();
    }
    check_moved(&scene, &scene.directory().join("trop.db.damaged"));
    assert_eq!(fs::read(scene.directory().join("trop.db.damaged-wal")).unwrap(), b"-wal");
    // The other two SQLite makes anew, or undoes and removes, when it tries to lock the file.
    assert!(scene.files().iter().all(|(name, content)| {
        name.contains("damaged")
            || !["-wal", "-shm", "-journal"].map(|text| Content(text.into())).contains(content)
    }));
}

/// The rows that are only in the log of a damaged database can still be found beside it.
#[test]
fn a_log_with_content_goes_with_it() {
    let scene = Scene::with_file(&good());
    let raw = Connection::open(scene.database()).unwrap();
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    raw.execute_batch("UPDATE reservations SET last_used_at = 77 WHERE port = 5299").unwrap();
    drop(raw);
    fs::write(scene.database(), with_misplaced_row()).unwrap();
    let log = fs::read(scene.directory().join("trop.db-wal")).unwrap();
    assert!(!log.is_empty());
    check_moved(&scene, &scene.directory().join("trop.db.damaged"));
    assert_eq!(fs::read(scene.directory().join("trop.db.damaged-wal")).unwrap(), log);
}

/// All of them get the first number at which no name is taken, whatever it is taken by.
#[cfg(unix)]
#[test]
fn names_that_are_taken_are_left_alone() {
    let scene = Scene::with_file(b"no database");
    let place = |name: &str| scene.directory().join(format!("trop.db.damaged{name}"));
    fs::write(place(""), "mine").unwrap();
    fs::create_dir(place(".2")).unwrap();
    std::os::unix::fs::symlink("nowhere", place(".3")).unwrap();
    fs::write(place(".4-wal"), "mine, too").unwrap();
    check_moved(&scene, &place(".5"));
    let found: BTreeMap<_, _> =
        scene.files().into_iter().filter(|(name, _)| name.contains("damaged")).collect();
    let expected = [
        ("trop.db.damaged", "mine"),
        ("trop.db.damaged.2", ""),
        ("trop.db.damaged.3", ""),
        ("trop.db.damaged.4-wal", "mine, too"),
        ("trop.db.damaged.5", "no database"),
    ];
    let expected = expected.map(|(name, content)| (name.to_owned(), Content(content.as_bytes().to_vec())));
    assert_eq!(found, expected.into());
    assert_eq!(fs::read_link(place(".3")).unwrap().to_str(), Some("nowhere"));
}

#[cfg(unix)]
#[test]
fn behind_a_link_only_the_link_is_moved() {
    let scene = Scene::with_file(b"");
    let real = scene.directory().with_file_name("elsewhere.db");
    fs::rename(scene.database(), &real).unwrap();
    let damaged = with_misplaced_row();
    fs::write(&real, &damaged).unwrap();
    std::os::unix::fs::symlink(&real, scene.database()).unwrap();
    let aside = scene.directory().join("trop.db.damaged");
    check_moved(&scene, &aside);
    assert_eq!(fs::read_link(aside).unwrap(), real);
    assert_eq!(fs::read(real).unwrap(), damaged);
    assert!(!scene.database().is_symlink());
}

/// Somebody has the damaged file open. What is written into a file without a name nobody would find again.
#[test]
fn a_writer_that_has_the_damaged_file_open_writes_into_the_new_one() {
    let damaged = with_misplaced_row();
    let scene = Scene::with_file(&damaged);
    let mut other = scene.store();
    other.open().unwrap();
    write(&mut scene.starting_over(), vec![]).unwrap();
    // This row is in the log of the new file, which the other store does not remove when it lets go of the old one.
    write(&mut scene.store(), vec![put(&row("/srv/early", "", 6000))]).unwrap();
    write(&mut other, vec![put(&row("/srv/late", "", 6001))]).unwrap();
    let expected = [row("/srv/early", "", 6000), row("/srv/late", "", 6001)];
    assert_eq!(all(&mut other).unwrap(), expected);
    drop(other);
    assert_eq!(scene.rows(), expected);
    assert_eq!(fs::read(scene.directory().join("trop.db.damaged")).unwrap(), damaged);
}

/// Whoever writes into the damaged file at this moment keeps it in its place.
#[test]
fn a_file_that_somebody_writes_is_not_moved() {
    let scene = Scene::with_file(&with_misplaced_row());
    let raw = Connection::open(scene.database()).unwrap();
    raw.execute_batch("BEGIN IMMEDIATE").unwrap();
    let refused = write(&mut scene.starting_over(), vec![]).unwrap_err();
    assert!(matches!(refused, StorageError::Busy { .. }), "{refused:?}");
    assert!(scene.database().exists() && !scene.directory().join("trop.db.damaged").exists());
}
