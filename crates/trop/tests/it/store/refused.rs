//! Databases that are not to be used: code 6, what to do next, and not a byte or a date changed.

use std::fs;

use camino::Utf8PathBuf;

use crate::stage::Stage;
use crate::tree::tree;

/// Every command that opens the database.
const OPENING: [&[&str]; 8] = [
    &["list"],
    &["list", "--format=json"],
    &["reserve"],
    &["reserve", "--dry-run"],
    &["release"],
    &["release", "--dry-run"],
    &["init"],
    &["init", "--dry-run"],
];

/// Every command refuses this file, and its error holds these words.
#[track_caller]
fn check(content: &[u8], words: &[&str]) {
    let stage = Stage::new();
    let database = database_of(&stage);
    fs::write(&database, content).unwrap();
    let before = tree(stage.sandbox.home());
    for arguments in OPENING {
        let ran = stage.trop(stage.directory("project"), arguments).run().expect(6);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        for word in words.iter().chain([&database.as_str(), &"help: nothing was changed"]) {
            assert!(ran.stderr.contains(word), "{arguments:?} lacks {word:?}: {}", ran.stderr);
        }
        assert_eq!(tree(stage.sandbox.home()), before, "{arguments:?}");
    }
}

fn database_of(stage: &Stage) -> Utf8PathBuf {
    stage.sandbox.directory("home/.trop").join("trop.db")
}

/// A good database, all of it in one file.
fn good_database() -> Vec<u8> {
    let stage = Stage::new();
    stage.reserved(stage.directory("project"), 0..=9);
    let database = database_of(&stage);
    // The last connection to close moves everything there.
    rusqlite::Connection::open(&database).unwrap().execute_batch("DELETE FROM reservations").unwrap();
    fs::read(database).unwrap()
}

/// The same with a number at that place of its header (<https://sqlite.org/fileformat2.html#the_database_header>).
fn with_mark(at: usize, mark: u32) -> Vec<u8> {
    let mut content = good_database();
    content[at..at + 4].copy_from_slice(&mark.to_be_bytes());
    content
}

const USER_VERSION_AT: usize = 60;
const APPLICATION_ID_AT: usize = 68;

#[test]
fn a_newer_database() {
    check(&with_mark(USER_VERSION_AT, 2), &["newer", "its schema is 2", "knows 1", "the newer trop"]);
}

#[test]
fn a_database_of_another_program() {
    check(&with_mark(APPLICATION_ID_AT, 0x0f05_5111), &["not a trop database", "TROP_DATA_DIR"]);
    let no_version = include_bytes!("../../../../trop-storage/tests/fixtures/layout-2-no-version/trop.db");
    check(no_version, &["not a trop database", "TROP_DATA_DIR"]);
}

#[test]
fn a_database_whose_marks_disagree() {
    check(&with_mark(APPLICATION_ID_AT, 0), &["contradicts itself", "trop init --overwrite"]);
    check(&with_mark(USER_VERSION_AT, 0), &["contradicts itself", "trop init --overwrite"]);
}

#[test]
fn a_file_that_is_no_database() {
    check(b"PORT=5000\n", &["damaged", "aside"]);
    check(&good_database()[..99], &["damaged", "aside"]);
}

#[test]
fn a_damaged_database() {
    let stage = Stage::new();
    let database = database_of(&stage);
    let mut content = good_database();
    content[100..].fill(0xa5);
    fs::write(&database, &content).unwrap();
    for arguments in OPENING.iter().filter(|arguments| arguments[0] != "init") {
        let ran = stage.trop(stage.directory("project"), *arguments).run().expect(6);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        assert!(ran.stderr.contains("damaged") && ran.stderr.contains("aside"), "{}", ran.stderr);
        assert_eq!(fs::read(&database).unwrap(), content, "{arguments:?}");
    }
}

#[test]
fn a_directory_in_the_place_of_the_database() {
    let stage = Stage::new();
    let database = database_of(&stage);
    fs::create_dir(&database).unwrap();
    let before = tree(stage.sandbox.home());
    for arguments in OPENING {
        let ran = stage.trop(stage.directory("project"), arguments).run().expect(6);
        assert!(ran.stderr.contains(database.as_str()), "{}", ran.stderr);
        assert_eq!(tree(stage.sandbox.home()), before, "{arguments:?}");
    }
}

#[test]
fn what_does_not_open_the_database_does_not_mind() {
    let stage = Stage::new();
    fs::write(database_of(&stage), "PORT=5000\n").unwrap();
    for arguments in [&["show-data-dir"][..], &["show-path"], &["--version"], &["reserve", "--help"]] {
        stage.trop(stage.directory("project"), arguments).run().expect(0);
    }
}

/// Whoever opens one waits for somebody to write into it.
#[test]
fn a_pipe_in_the_place_of_the_database_keeps_nobody_waiting() {
    let stage = Stage::new();
    let database = database_of(&stage);
    assert!(std::process::Command::new("mkfifo").arg(&database).status().unwrap().success());
    for arguments in OPENING {
        let ran = stage.trop(stage.directory("project"), arguments).run().expect(6);
        assert!(ran.stderr.contains("is not a trop database: it is no regular file"), "{}", ran.stderr);
    }
}
