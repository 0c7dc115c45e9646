//! An old database on which an older trop was killed: what it had not finished never happened.

use std::fs;

use rusqlite::Connection;

use trop_testkit::database::{self, Journal, Row, Version};

use crate::adopt::old::{Old, rows_of_file};
use crate::tree::tree;

/// As many rows as fill a few pages.
fn rows() -> Vec<Row> {
    (0..200).map(|number| Row::new(&format!("/srv/{number:03}/project"), None, 5000 + number)).collect()
}

/// Half of a change is in the file, and what undoes it is in `-journal` beside it.
fn half_written(version: Version) -> Old {
    let old = Old::with_rows(version, &rows(), Journal::Delete);
    let elsewhere = old.stage.directory("elsewhere").join("trop.db");
    database::write(&elsewhere, version, &rows(), Journal::Delete);
    let connection = Connection::open(&elsewhere).unwrap();
    connection
        .execute_batch(
            "PRAGMA cache_size = 2; BEGIN; UPDATE reservations SET project = 'never' || hex(zeroblob(100))",
        )
        .unwrap();
    for suffix in ["", "-journal"] {
        fs::copy(format!("{elsewhere}{suffix}"), format!("{}{suffix}", old.database())).unwrap();
    }
    let is_torn = |file: &[u8]| file.windows(5).any(|window| window == b"never");
    assert!(is_torn(&fs::read(old.database()).unwrap()), "some of the change is in the file");
    old
}

#[test]
fn what_was_half_written_is_undone() {
    for version in [Version::LAYOUT_1, Version::Layout2] {
        let old = half_written(version);
        let before = old.rows();
        assert!(before.len() == rows().len() && before.iter().all(|row| row.project.is_none()));
        let files = tree(old.directory());
        let list = old.trop(&["list", "--format=csv"]).run().expect(0);
        assert!(!list.stdout.contains("never"));
        assert_eq!(list.stdout.lines().count(), 1 + before.len());
        let _ = old.trop(&["reserve", "--dry-run"]).run().expect(0);
        assert_eq!(tree(old.directory()), files, "who only asks leaves that to others");

        let path = ["--path=/srv/nobody", "--allow-unrelated-path"];
        let _ = old.trop(&["reserve", path[0], path[1]]).run().expect(0);
        let mut after = old.rows();
        after.retain(|row| row.path != "/srv/nobody");
        assert_eq!(after, before);
        let copy = old.directory().join(&old.copies()[0]);
        assert_eq!(rows_of_file(&copy), before);
    }
}

/// The index of the log is gone, as on a machine that was switched off.
#[test]
fn a_log_without_its_index_is_read_all_the_same() {
    for version in [Version::LAYOUT_1, Version::Layout2] {
        let old = Old::with_rows(version, &rows(), Journal::WriteAheadLog);
        fs::remove_file(old.directory().join("trop.db-shm")).unwrap();
        let before = old.rows();
        assert_eq!(before.len(), rows().len());
        let list = old.trop(&["list", "--format=csv"]).run().expect(0);
        assert_eq!(list.stdout.lines().count(), 1 + before.len());
        let _ = old.trop(&["reserve", "--path=/srv/nobody", "--allow-unrelated-path"]).run().expect(0);
        assert_eq!(old.rows().len(), before.len() + 1);
        assert_eq!(rows_of_file(&old.directory().join(&old.copies()[0])), before);
    }
}
