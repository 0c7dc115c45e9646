//! What runs cost: next to nothing where the port is stored already, and no more than it must where many are taken.

use std::net::{Ipv4Addr, SocketAddr};

use camino::Utf8Path;
use socket2::{Domain, Socket, Type};

use trop_testkit::{need, skip_unless};

use crate::database::{Database, now};
use crate::stage::{Stage, port};
use crate::strace::under_strace;
use crate::worktrees::repository;

#[test]
fn a_warm_run_looks_at_nothing_but_the_database_and_notes_down_that_it_ran() {
    skip_unless!(need::tool("strace"));
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let directory = repository(&stage);
    let reserved = stage.reserved(&directory, 0..=9);
    let database = Database::of(stage.data_directory());
    let log = stage.sandbox.root().join("log");
    let mut runs_that_synced = 0;
    for _ in 0..20 {
        database.age(&directory, 1000);
        let began = now();
        let run = stage.reserve(&directory, 0..=9, &[]);
        let ran = under_strace(run, &log, &["--string-limit=4096".to_owned()]).run().expect(0);
        assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (reserved, ""));

        let calls = std::fs::read_to_string(&log).unwrap();
        for absent in [" socket(", "/proc/net", "/.git/"] {
            let found = calls.lines().find(|line| line.contains(absent));
            assert_eq!(found, None, "{absent}");
        }
        runs_that_synced += usize::from(calls.contains(" fsync(") || calls.contains(" fdatasync("));
        let row = database.row(&directory).unwrap();
        assert!(began <= row.last_used_at, "{row:?}");
        assert_eq!(row.created_at, began.min(row.created_at));
    }
    assert!(runs_that_synced <= 2, "{runs_that_synced} of 20 runs synced");
}

/// What a warm `reserve` asks the system for, one call a line.
fn calls_of_a_warm_run(stage: &Stage, directory: &Utf8Path) -> String {
    Database::of(stage.data_directory()).age(directory, 1000);
    let log = stage.sandbox.root().join("log");
    let run = stage.reserve(directory, 0..=9, &[]);
    under_strace(run, &log, &["--string-limit=4096".to_owned()]).run().expect(0);
    std::fs::read_to_string(&log).unwrap()
}

#[test]
fn a_warm_run_takes_no_notice_of_the_rows_of_others() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let directory = stage.directory("project");
    stage.reserved(&directory, 0..=9);
    let alone = calls_of_a_warm_run(&stage, &directory).lines().count();
    let free = stage.ports.port(0)..=stage.ports.port(9);
    let (first, last) = (free.start(), free.end());
    Database::of(stage.data_directory()).tamper(&format!(
        "WITH RECURSIVE numbers(n) AS (SELECT 1024 UNION ALL SELECT n + 1 FROM numbers WHERE n < 60000)
         INSERT INTO reservations (path, tag, port, created_at, last_used_at)
         SELECT '/srv/many/' || n, '', n, 1, 1 FROM numbers WHERE n NOT BETWEEN {first} AND {last}"
    ));
    let beside_others = calls_of_a_warm_run(&stage, &directory).lines().count();
    // The way from the root of the table to a row is some pages longer.
    assert!(beside_others <= alone + 10, "{beside_others} calls beside others, {alone} alone");
}

#[test]
fn a_warm_run_looks_at_no_configuration_file_more_often_than_it_must() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let directory = stage.directory("project");
    std::fs::write(directory.join("trop.yaml"), "project: shop\n").unwrap();
    stage.reserved(&directory, 0..=9);
    let calls = calls_of_a_warm_run(&stage, &directory);
    let check = |file: &str, expected| {
        let found: Vec<&str> = calls.lines().filter(|call| call.contains(file)).collect();
        assert_eq!(found.len(), expected, "{file}: {found:#?}");
    };
    // The search meets it, and whoever reads it looks what it is before opening it.
    check("/project/trop.yaml\"", 3);
    check("/project/trop.local.yaml\"", 2);
    check("/config.yaml\"", 1);
}

/// Bound sockets that do not listen are on no list, so that each costs tries; and all that happens while others wait for the
/// lock.
#[cfg(target_os = "linux")]
#[test]
fn a_sweep_over_many_bound_ports_reads_the_list_of_the_system_once() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let bound: Vec<Socket> = (0..40)
        .map(|offset| {
            let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
            socket.bind(&SocketAddr::from((Ipv4Addr::LOCALHOST, stage.ports.port(offset))).into()).unwrap();
            socket
        })
        .collect();
    let log = stage.sandbox.root().join("log");
    let run = stage.reserve(stage.directory("project"), 0..=40, &[]);
    let ran = under_strace(run, &log, &["--trace=openat,clock_nanosleep".to_owned()]).run().expect(0);
    assert_eq!(port(&ran.stdout), stage.ports.port(40));
    let calls = std::fs::read_to_string(&log).unwrap();
    assert_eq!(calls.matches("\"/proc/net/tcp\"").count(), 1);
    let pauses = calls.matches("clock_nanosleep(").count();
    assert_eq!(pauses, 32 * 3, "after 32 ports without an explanation it has no patience left");
    drop(bound);
}
