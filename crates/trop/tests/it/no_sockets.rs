//! Where sockets cannot be had: the command ends at once and nothing is cleaned up.

use std::fs;

use trop_testkit::{Invocation, Ran, need, skip_unless};

use crate::database::Database;
use crate::inside::after;
use crate::stage::{Stage, port};
use crate::strace::{failing, under_strace};

/// A stage on which the lowest two ports are reserved, for directories that are gone.
fn stage_with_vanished_directories() -> Stage {
    let stage = Stage::new();
    for name in ["gone-1", "gone-2"] {
        let directory = stage.directory(name);
        stage.reserved(&directory, 0..=1);
        fs::remove_dir(&directory).unwrap();
    }
    stage
}

/// Requires that a newcomer, run in that way, is told that sockets are the problem, whether there is room or not, and that
/// nothing changes.
#[track_caller]
fn require_refused_at_once(stage: &Stage, ways: impl Fn(Invocation) -> Invocation) {
    let database = Database::of(stage.data_directory());
    let before = database.rows();
    for range in [0..=1, 0..=5] {
        let refused = ways(stage.reserve(stage.directory("newcomer"), range, &[])).run().expect(5);
        require_is_about_sockets(&refused);
        assert_eq!(database.valid_rows(), before);
    }
}

#[track_caller]
fn require_is_about_sockets(refused: &Ran) {
    assert_eq!(refused.stdout, "");
    assert!(refused.stderr.contains("--skip-occupancy-check"), "{}", refused.stderr);
}

#[test]
fn without_permission_nothing_happens() {
    skip_unless!(need::tool("strace"));
    let stage = stage_with_vanished_directories();
    let log = stage.sandbox.root().join("log");
    for (call, error) in [("socket", "EPERM"), ("socket", "EACCES"), ("bind", "EPERM"), ("bind", "EACCES")] {
        require_refused_at_once(&stage, |run| under_strace(run, &log, &failing(call, error, 1, 1)));
    }
    for error in ["EMFILE", "ENFILE", "ENOBUFS", "ENOMEM"] {
        require_refused_at_once(&stage, |run| under_strace(run, &log, &failing("socket", error, 1, 1)));
    }
    // Also when it is not the first one that is refused.
    require_refused_at_once(&stage, |run| under_strace(run, &log, &failing("socket", "EPERM", 4, 1)));

    let skipped = stage.reserve(stage.directory("newcomer"), 0..=5, &["--skip-occupancy-check"]);
    let ran = under_strace(skipped, &log, &failing("socket", "EPERM", 1, 1)).run().expect(0);
    assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (stage.ports.port(2), ""));
}

#[test]
fn a_stored_port_needs_no_sockets() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let directory = stage.directory("a");
    let stored = stage.reserved(&directory, 0..=1);
    let log = stage.sandbox.root().join("log");
    let run = stage.reserve(&directory, 0..=1, &[]);
    let ran = under_strace(run, &log, &failing("socket", "EPERM", 1, 1)).run().expect(0);
    assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (stored, ""));
}

#[test]
fn with_too_few_descriptors_nothing_happens() {
    let stage = stage_with_vanished_directories();
    let database = Database::of(stage.data_directory());
    let before = database.rows();
    let mut about_sockets = 0;
    let first_that_works = (3..=20).find(|limit| {
        let run = stage.reserve(stage.directory("newcomer"), 0..=5, &[]);
        let ran = after(&format!("ulimit -n {limit}"), run).run();
        if ran.code == Some(0) {
            return true;
        }
        let ran = ran.expect(if *limit == 3 { 127 } else { 5 });
        about_sockets += u32::from(ran.stderr.contains("--skip-occupancy-check"));
        assert_eq!(database.valid_rows(), before);
        false
    });
    assert!(first_that_works.is_some());
    assert!(0 < about_sockets);
}

#[test]
fn without_ipv6_ports_are_found_all_the_same() {
    skip_unless!(need::tool("strace"));
    #[track_caller]
    fn check(first: u32, step: u32, error: &str, warning: &str) {
        let stage = Stage::new();
        let log = stage.sandbox.root().join("log");
        let _used = std::net::TcpListener::bind(("127.0.0.1", stage.ports.first())).unwrap();
        let run = stage.reserve(stage.directory("a"), 0..=3, &[]);
        let ran = under_strace(run, &log, &failing("socket", error, first, step)).run().expect(0);
        // Without any family nobody can see who has a port.
        let expected = if warning.is_empty() { stage.ports.port(1) } else { stage.ports.first() };
        assert_eq!(port(&ran.stdout), expected);
        assert_eq!(ran.stderr.is_empty(), warning.is_empty(), "{}", ran.stderr);
        assert!(ran.stderr.contains(warning), "{}", ran.stderr);
    }
    // The first socket of the first port finds it in use; then every port is tried with IPv4 and IPv6 in turn.
    check(3, 2, "EAFNOSUPPORT", "");
    check(3, 2, "EADDRNOTAVAIL", "");
    check(1, 1, "EAFNOSUPPORT", "every port counts as free");
}
