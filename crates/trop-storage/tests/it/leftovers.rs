//! What a process that was killed, or a disk that cannot be written, leaves to be read.

use std::fs;
use std::path::Path;

use rusqlite::config::DbConfig;

use crate::scene::{Scene, all, put, row, touch, write};

/// Copies every file of a data directory while others have it open, as a crash would leave it.
fn crashed(scene: &Scene, names: &[&str]) -> Scene {
    let copy = Scene::new();
    fs::create_dir(copy.directory()).unwrap();
    for name in names {
        fs::copy(scene.directory().join(name), copy.directory().join(name)).unwrap();
    }
    copy
}

#[test]
fn rows_that_are_only_in_the_write_ahead_log_are_read() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut store = scene.store();
    write(&mut store, vec![put(&row("/srv/b", "", 5001))]).unwrap();
    let rows = [row("/srv/a", "", 5000), row("/srv/b", "", 5001)];
    assert_eq!(crashed(&scene, &["trop.db", "trop.db-wal", "trop.db-shm"]).rows(), rows);
    let without_index = crashed(&scene, &["trop.db", "trop.db-wal"]);
    assert_eq!(without_index.rows(), rows);
    write(&mut without_index.store(), vec![put(&row("/srv/c", "", 5002))]).unwrap();
    assert_eq!(without_index.rows().len(), 3);
}

#[test]
fn a_new_database_that_is_only_in_the_write_ahead_log_is_one() {
    let scene = Scene::new();
    let log_alone = Scene::new();
    let mut store = scene.store();
    // The marks are committed, and reach the file itself later.
    write(&mut store, vec![put(&row("/srv/a", "", 5000))]).unwrap();
    drop(store);
    let mut header_alone = fs::read(scene.database()).unwrap();
    header_alone.truncate(4096);
    header_alone[100..].fill(0);
    // An empty schema page in WAL mode: no cells, the content begins at the end of the page.
    header_alone[100..108].copy_from_slice(&[13, 0, 0, 0, 0, 16, 0, 0]);
    header_alone[28..32].copy_from_slice(&1u32.to_be_bytes());
    header_alone[60..72].fill(0);
    fs::create_dir(log_alone.directory()).unwrap();
    fs::write(log_alone.database(), header_alone).unwrap();
    fs::copy(scene.directory().join("trop.db-wal"), log_alone.directory().join("trop.db-wal")).unwrap();

    assert!(log_alone.store().exists().unwrap());
    assert_eq!(log_alone.rows(), [row("/srv/a", "", 5000)]);
    let mut store = log_alone.store();
    write(&mut store, vec![put(&row("/srv/b", "", 5001))]).unwrap();
    assert_eq!(store.take_notices(), []);
    drop(store);
    assert_eq!(log_alone.rows().len(), 2);
}

/// Where there is no write-ahead log, what was half written when somebody was killed is undone before anything is read.
#[test]
fn what_was_not_committed_is_not_read() {
    let rows: Vec<_> = (5000..5400).map(|number| row(&format!("/srv/{number}"), "", number)).collect();
    let scene = Scene::with_rows(&rows);
    let raw = scene.raw();
    raw.pragma_update(None, "journal_mode", "DELETE").unwrap();
    // A cache of one page: what is changed is written at once.
    raw.execute_batch("PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE reservations SET last_used_at = 9")
        .unwrap();
    let copy = crashed(&scene, &["trop.db", "trop.db-journal"]);
    raw.execute_batch("ROLLBACK").unwrap();
    assert_ne!(fs::read(copy.database()).unwrap(), fs::read(scene.database()).unwrap());
    assert!(is_not_empty(&copy.directory().join("trop.db-journal")));

    assert_eq!(copy.rows(), rows);
    write(&mut copy.store(), vec![]).unwrap();
    assert_eq!(copy.rows(), rows);
}

fn is_not_empty(path: &Path) -> bool {
    0 < fs::metadata(path).unwrap().len()
}

#[test]
fn a_log_stays_short() {
    let reserved = row("/srv/a", "", 5000);
    let scene = Scene::with_rows(std::slice::from_ref(&reserved));
    for second in 0..200 {
        write(&mut scene.store(), vec![touch(&reserved, second)]).unwrap();
    }
    let log = fs::metadata(scene.directory().join("trop.db-wal")).map_or(0, |metadata| metadata.len());
    assert!(log < 100 * 4120, "{log} bytes");
    let raw = scene.raw();
    raw.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    let integrity: String = raw.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
}

/// SQLite keeps its files beside the real database.
#[cfg(unix)]
#[test]
fn a_log_stays_short_and_is_read_behind_a_symlink() {
    let scene = Scene::with_rows(&[]);
    let real = scene.directory().with_file_name("elsewhere.db");
    fs::rename(scene.database(), &real).unwrap();
    std::os::unix::fs::symlink(&real, scene.database()).unwrap();
    for number in 5000..5100 {
        write(&mut scene.store(), vec![put(&row(&format!("/srv/{number}"), "", number))]).unwrap();
    }
    let log = fs::metadata(real.with_file_name("elsewhere.db-wal")).map_or(0, |metadata| metadata.len());
    assert!(log < 100 * 4120, "{log} bytes");
    assert_eq!(all(&mut scene.store()).unwrap().len(), 100);
}

/// The last connection to close removes the log by its name. By then that may be the name of another database's log, and SQLite has
/// to notice: <https://sqlite.org/howtocorrupt.html#_unlinking_or_renaming_a_database_file_while_in_use>.
#[test]
fn who_closes_a_file_that_lost_its_name_leaves_the_new_log_alone() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut stale = scene.store();
    write(&mut stale, vec![put(&row("/srv/b", "", 5001))]).unwrap();
    for name in ["trop.db", "trop.db-wal", "trop.db-shm"] {
        let from = scene.directory().join(name);
        fs::rename(&from, from.with_file_name(format!("{name}.elsewhere"))).unwrap();
    }
    write(&mut scene.store(), vec![put(&row("/srv/c", "", 5002))]).unwrap();
    write(&mut scene.store(), vec![put(&row("/srv/d", "", 5003))]).unwrap();
    assert!(is_not_empty(&scene.directory().join("trop.db-wal")));
    write(&mut stale, vec![put(&row("/srv/e", "", 5004))]).unwrap();
    drop(stale);
    assert_eq!(scene.rows(), [row("/srv/c", "", 5002), row("/srv/d", "", 5003), row("/srv/e", "", 5004)]);
}
