//! A process that stands still anywhere in its work while another one runs from its beginning to its end.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::process::Command;

use camino::Utf8Path;
use rusqlite::Connection;
use rusqlite::config::DbConfig;

use trop_testkit::{Invocation, Ran, need, skip_unless};

use crate::database::Database;
use crate::stage::{Stage, port};
use crate::strace::{paused_at, under_strace};

/// The calls at which a process takes and leaves locks, and those by which it reads the database.
const CALLS: &[&str] = &["fcntl", "pread64"];

#[test]
fn whoever_stands_still_while_another_one_runs_still_gets_a_port_of_its_own() {
    skip_unless!(need::tool("strace"));
    check(begin_a_database);
    check(|stage| _ = stage.reserved(stage.directory("before"), 0..=99));
}

/// What a process leaves that was killed before its first commit: a write-ahead log, and no table.
fn begin_a_database(stage: &Stage) {
    std::fs::create_dir(stage.data_directory()).unwrap();
    let connection = Connection::open(stage.data_directory().join("trop.db")).unwrap();
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
    connection.execute_batch("PRAGMA journal_mode = WAL; CREATE TABLE t (c); DROP TABLE t").unwrap();
}

fn check(prepare: impl Fn(&Stage)) {
    let mut stage = Stage::new();
    for call in CALLS {
        for nth in 1.. {
            stage.sandbox = Stage::sandbox();
            prepare(&stage);
            // Whoever recovers the write-ahead log keeps everybody out, for ten seconds and whatever they want to wait.
            let _nobody_recovers = Database::of(stage.data_directory()).connection();
            let [paused, other] = ["paused", "other"].map(|name| stage.directory(name));
            let log = stage.sandbox.root().join("log");
            let run = under_strace(stage.reserve(&paused, 0..=99, &[]), &log, &paused_at(call, nth));
            // Where the paused one holds a lock, the other one does not wait.
            let run_other = || stage.reserve(&other, 0..=99, &[]).env("TROP_BUSY_TIMEOUT", "0").run();
            let (ran, other_ran) = run_paused(run, &log, run_other);

            let ran = ran.expect(0);
            let rows = Database::of(stage.data_directory()).valid_rows();
            let stored = |directory: &Utf8Path| {
                rows.iter().find(|row| row.path == directory.as_str()).map(|row| row.port)
            };
            assert_eq!(stored(&paused), Some(port(&ran.stdout)), "{call} {nth}");
            let Some(other_ran) = other_ran else { break };
            match other_ran.code {
                Some(2) => assert_eq!(stored(&other), None, "{call} {nth}"),
                _ => assert_eq!(stored(&other), Some(port(&other_ran.expect(0).stdout)), "{call} {nth}"),
            }
        }
    }
}

/// Starts the run, and runs the other one as soon as the first one stands still. There is no other one when it never does.
pub(crate) fn run_paused<T>(
    mut run: Invocation,
    log: &Utf8Path,
    run_other: impl Fn() -> T,
) -> (Ran, Option<T>) {
    // strace tells through a pipe, from which one can wait for it.
    assert!(Command::new("mkfifo").arg(log).status().unwrap().success());
    let child = run.command.spawn().unwrap();
    let mut other = None;
    for line in BufReader::new(File::open(log).unwrap()).lines().map(Result::unwrap) {
        if line.contains("stopped by SIGSTOP") {
            other = Some(run_other());
            let process_id = line.split_whitespace().next().unwrap();
            assert!(
                Command::new("sh").args(["-c", "kill -CONT \"$0\"", process_id]).status().unwrap().success()
            );
        }
    }
    (Ran::new("trop".to_owned(), child.wait_with_output().unwrap()), other)
}
