//! Somebody else holds a lock. Nothing here looks at the clock: who may not wait must give up, and who need not wait must not.

use std::fs::File;

use camino::Utf8Path;
use rusqlite::Connection;

use crate::stage::{Stage, port};

/// A connection that holds the lock for writing, and never lets go of it.
fn held(data_directory: &Utf8Path) -> Connection {
    let connection = Connection::open(data_directory.join("trop.db")).unwrap();
    connection.execute_batch("BEGIN IMMEDIATE; UPDATE reservations SET last_used_at = 0").unwrap();
    connection
}

#[test]
fn reading_commands_go_on_while_somebody_writes() {
    let stage = Stage::new();
    let project = stage.directory("project");
    let reserved = stage.reserved(&project, 0..=9);
    let lock = held(&stage.data_directory());
    for arguments in [
        &["list", "--format=json"][..],
        &["show-path", "--path=."],
        &["show-data-dir"],
        &["reserve", "--dry-run"],
        &["reserve", "--dry-run", "--tag=new"],
        &["release", "--dry-run"],
        &["init"],
        &["init", "--dry-run"],
    ] {
        let ran = stage.trop(&project, arguments.iter().chain([&"--busy-timeout=0"])).run().expect(0);
        if arguments[0] == "list" {
            assert!(ran.stdout.contains(&reserved.to_string()), "{}", ran.stdout);
            assert!(!ran.stdout.contains("1970"), "what is not committed is not shown: {}", ran.stdout);
        }
    }
    lock.execute_batch("ROLLBACK").unwrap();
    assert_eq!(stage.reserved(&project, 0..=9), reserved);
}

#[test]
fn who_has_waited_as_long_as_allowed_gives_up_and_says_how_to_wait_longer() {
    let stage = Stage::new();
    let project = stage.directory("project");
    stage.reserved(&project, 0..=9);
    let _lock = held(&stage.data_directory());
    for (arguments, waited) in [
        (&["reserve", "--busy-timeout=0"][..], "switched off"),
        (&["reserve", "--busy-timeout=1"], "1 second "),
        (&["reserve", "--busy-timeout=0", "--tag=new"], "switched off"),
        (&["release", "--busy-timeout=0"], "switched off"),
    ] {
        let ran = stage.trop(&project, arguments).run().expect(2);
        assert_eq!(ran.stdout, "");
        let database = stage.data_directory().join("trop.db");
        for word in [database.as_str(), waited, "--busy-timeout"] {
            assert!(ran.stderr.contains(word), "{arguments:?} lacks {word:?}: {}", ran.stderr);
        }
    }
    let variable = stage.trop(&project, ["reserve"]).env("TROP_BUSY_TIMEOUT", "0");
    variable.run().expect(2);
}

#[test]
fn who_waits_gets_its_turn() {
    let stage = Stage::new();
    let project = stage.directory("project");
    let reserved = stage.reserved(&project, 0..=9);
    let lock = held(&stage.data_directory());
    // It runs while the lock is held and while it is not; both ways it ends well.
    let mut waiting = stage.reserve(&project, 0..=9, &[]).command;
    let waiting = waiting.spawn().unwrap();
    lock.execute_batch("ROLLBACK").unwrap();
    let output = waiting.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(port(&String::from_utf8(output.stdout).unwrap()), reserved);
}

#[test]
fn the_lock_for_setting_up_is_waited_for_too() {
    let stage = Stage::new();
    let project = stage.directory("project");
    let data_directory = stage.sandbox.directory("home/.trop");
    let lock = File::create(data_directory.join("trop.lock")).unwrap();
    lock.lock().unwrap();
    for arguments in [&["reserve", "--busy-timeout=0"][..], &["init", "--busy-timeout=1"]] {
        let ran = stage.trop(&project, arguments).run().expect(2);
        assert_eq!(ran.stdout, "");
        assert!(ran.stderr.contains("--busy-timeout"), "{}", ran.stderr);
    }
    // Who has nothing to make needs no lock.
    for arguments in [
        &["list", "--busy-timeout=0"][..],
        &["release", "--busy-timeout=0"],
        &["reserve", "--dry-run", "--busy-timeout=0"],
    ] {
        stage.trop(&project, arguments).run().expect(0);
    }
    assert!(!data_directory.join("trop.db").exists());
    drop(lock);
    assert_eq!(stage.reserved(&project, 0..=9), stage.ports.first());
}

#[test]
fn a_database_that_is_there_needs_no_lock_for_setting_up() {
    let stage = Stage::new();
    let project = stage.directory("project");
    let reserved = stage.reserved(&project, 0..=9);
    let lock = File::open(stage.data_directory().join("trop.lock")).unwrap();
    lock.lock().unwrap();
    let ran = stage.reserve(&project, 0..=9, &["--busy-timeout=0"]).run().expect(0);
    assert_eq!(port(&ran.stdout), reserved);
}
