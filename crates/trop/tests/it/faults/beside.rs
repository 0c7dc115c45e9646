//! Something else stands in the place of a file that SQLite keeps beside the database: the message names it.

use std::fs;
use std::os::unix::fs::symlink;

use camino::Utf8Path;

use crate::stage::Stage;

/// Lets something be made in the place of that file, and requires that it is said what it is, if it is in the way at all.
#[track_caller]
fn check(name: &str, make: impl Fn(&Utf8Path), expected: Option<&str>) {
    let stage = Stage::new();
    stage.reserved(stage.directory("project"), 0..=9);
    let odd = stage.data_directory().join(name);
    let _ = fs::remove_file(&odd);
    make(&odd);
    let run = stage.reserve(stage.directory("another"), 0..=9, &[]);
    match expected {
        None => assert_eq!(run.run().expect(0).stderr, ""),
        Some(what) => {
            let ran = run.run().expect(5);
            assert!(ran.stderr.contains(odd.as_str()) && ran.stderr.contains(what), "{}", ran.stderr);
        }
    }
}

#[test]
fn a_directory_in_the_place_of_a_log_or_an_index_is_named() {
    for name in ["trop.db-wal", "trop.db-shm", "trop.db-journal"] {
        check(name, |odd| fs::create_dir(odd).unwrap(), Some("it is a directory"));
    }
}

#[test]
fn a_link_to_nowhere_is_named_where_a_file_is_needed() {
    let link = |odd: &Utf8Path| symlink("/nonexistent/file", odd).unwrap();
    for name in ["trop.db-wal", "trop.db-shm"] {
        check(name, link, Some("it is a link that leads nowhere"));
    }
    // A database with a write-ahead log has no journal.
    check("trop.db-journal", link, None);
}
