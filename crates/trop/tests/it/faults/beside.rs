//! Something else stands in the place of a file that SQLite keeps beside the database: the message names it.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use camino::Utf8Path;

use crate::stage::Stage;

/// Lets something be made in the place of that file, and requires that it is said what it is, if it is in the way at all: by a run, by a
/// dry run and by `doctor`. What begins anew changes no mode before it says so.
#[track_caller]
fn check(name: &str, make: impl Fn(&Utf8Path), expected: Option<&str>) {
    let stage = Stage::new();
    stage.reserved(stage.directory("project"), 0..=9);
    let odd = stage.data_directory().join(name);
    let _ = fs::remove_file(&odd);
    make(&odd);
    let another = stage.directory("another");
    let reserve = |more: &[&str]| stage.reserve(&another, 0..=9, more).run();
    let Some(what) = expected else {
        let _ = reserve(&["--dry-run"]).expect(0);
        assert_eq!(reserve(&[]).expect(0).stderr, "");
        return;
    };
    let database = stage.data_directory().join("trop.db");
    fs::set_permissions(&database, Permissions::from_mode(0o644)).unwrap();
    let start_over = |more: &[&str]| stage.trop(&another, [&["init", "--overwrite"], more].concat()).run();
    // The real runs come last: SQLite removes what it does not need.
    let mut says = vec![reserve(&["--dry-run"])];
    // Where a link is in the place of the index, a database is begun without a log.
    if !(name == "trop.db-shm" && odd.is_symlink()) {
        says.extend([start_over(&["--dry-run"]), start_over(&[])]);
    }
    says.push(reserve(&[]));
    for said in says {
        let said = said.expect(5).stderr;
        for words in [odd.as_str(), what, "help: move it out of the way"] {
            assert!(said.contains(words), "{words:?}: {said}");
        }
    }
    assert_eq!(database.metadata().unwrap().permissions().mode() & 0o777, 0o644);
    let doctor = stage.trop(&another, ["doctor"]).run().expect(1).stdout;
    let closing: Vec<&str> = doctor.lines().filter(|line| line.contains("chmod")).collect();
    assert!(doctor.contains(what) && doctor.contains("move it out of the way"), "{doctor}");
    assert!(!closing.iter().any(|line| line.contains(odd.as_str())), "{doctor}");
}

#[test]
fn a_directory_in_the_place_of_a_log_or_an_index_is_named() {
    for name in ["trop.db-wal", "trop.db-shm", "trop.db-journal"] {
        check(name, |odd| fs::create_dir(odd).unwrap(), Some("it is a directory"));
    }
}

#[test]
fn a_pipe_is_named() {
    let pipe = |odd: &Utf8Path| assert!(Command::new("mkfifo").arg(odd).status().unwrap().success());
    for name in ["trop.db-wal", "trop.db-shm"] {
        check(name, pipe, Some("it is no regular file"));
    }
}

/// SQLite follows none to its own files.
#[test]
fn a_link_to_a_file_or_to_itself_is_named_where_a_file_is_needed() {
    for name in ["trop.db-wal", "trop.db-shm"] {
        let file = |odd: &Utf8Path| {
            fs::write(odd.with_file_name("file"), "").unwrap();
            symlink("file", odd).unwrap();
        };
        check(name, file, Some("it is a link, and SQLite follows none there"));
        check(name, |odd| symlink(odd, odd).unwrap(), Some("it is a link that cannot be followed"));
    }
    let full = |odd: &Utf8Path| {
        fs::write(odd.with_file_name("file"), "text").unwrap();
        symlink("file", odd).unwrap();
    };
    check("trop.db-journal", full, Some("it is a link, and SQLite follows none there"));
    check("trop.db-journal", |odd| symlink(odd, odd).unwrap(), None);
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
