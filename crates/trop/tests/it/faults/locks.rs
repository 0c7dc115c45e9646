//! Locks that are held for ever, and file systems that have none.

use std::fs::File;

use rusqlite::Connection;

use trop_testkit::{need, skip_unless};

use super::commands::Expected;
use super::scene::Scene;
use crate::stage::{Stage, port};
use crate::strace::under_strace;

#[test]
fn who_writes_gives_up_and_who_reads_does_not_mind() {
    let scene = Scene::new();
    let database = scene.stage.data_directory().join("trop.db");
    let held = || {
        let connection = Connection::open(&database).unwrap();
        connection.execute_batch("BEGIN IMMEDIATE").unwrap();
        connection
    };
    let expected = Expected {
        stored: 2,
        new: 2,
        release: 2,
        idle: 2,
        clean_up: 2,
        write: 2,
        start_over: 2,
        ..Expected::ALL_WELL
    };
    scene.check(held, |run| run, &expected);
}

#[test]
fn a_lock_on_the_directory_of_a_file_keeps_that_file_as_it_is() {
    let scene = Scene::new();
    let held = || {
        let directory = File::open(&scene.project).unwrap();
        directory.lock().unwrap();
        directory
    };
    let expected = Expected { exclude: 2, write: 2, ..Expected::ALL_WELL };
    scene.check(held, |run| run, &expected);
}

#[test]
fn where_there_are_no_locks_nothing_is_stored_or_told_as_if_there_were() {
    skip_unless!(need::tool("strace"));
    for error in ["ENOLCK", "EOPNOTSUPP", "ENOSYS"] {
        let scene = Scene::new();
        let log = scene.stage.sandbox.root().join("log");
        let inject = [format!("--inject=fcntl,flock:error={error}"), "--trace=fcntl,flock".to_owned()];
        scene.check(|| (), |run| under_strace(run, &log, &inject), &Expected::same(5));

        let stage = Stage::new();
        let run = stage.reserve(stage.directory("project"), 0..=9, &[]).env("TROP_BUSY_TIMEOUT", "0");
        let ran = under_strace(run, &log, &inject).run().expect(5);
        assert!(ran.stderr.contains("locks"), "{ran:?}");
    }
}

/// There the database works without a write-ahead log.
#[test]
fn where_processes_cannot_share_memory_a_database_is_made_and_used() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let log = stage.sandbox.root().join("log");
    let index = format!("--trace-path={}", stage.data_directory().join("trop.db-shm"));
    for call in ["openat", "ftruncate", "mmap"] {
        let inject = [index.clone(), format!("--inject={call}:error=ENODEV")];
        let mut ports = Vec::new();
        for tag in ["a", "b", "a"] {
            let run = stage.reserve(stage.directory(call), 0..=9, &["--tag", tag]);
            ports.push(port(&under_strace(run, &log, &inject).run().expect(0).stdout));
        }
        assert!(ports[0] == ports[2] && ports[0] != ports[1], "{call}: {ports:?}");
        std::fs::remove_dir_all(stage.data_directory()).unwrap();
    }
}
