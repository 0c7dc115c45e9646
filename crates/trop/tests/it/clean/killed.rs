//! Whoever is killed while cleaning up has removed everything or nothing.

use std::fs;

use trop_testkit::{need, skip_unless};

use super::Scene;
use crate::strace::{died_inside_transaction, killed_at, under_strace};

/// The calls of a clean-up that can be its last.
const CALLS: &[&str] =
    &["openat", "statx", "fcntl", "pread64", "pwrite64", "ftruncate", "close", "munmap", "write"];

#[test]
fn a_process_killed_at_any_call_leaves_the_state_before_or_after_it() {
    skip_unless!(need::tool("strace"));
    let scene = Scene::new(&["alive", "gone", "gone web", "old"]);
    scene.remove(&["gone"]);
    scene.leave_unused(&["old"], 40);
    let before = scene.database.valid_rows();
    // Whoever is killed leaves a write-ahead log, and each one would have to recover more of it than the last.
    let _nobody_recovers = scene.database.connection();
    let (mut killed, mut inside_transaction) = (0, 0);
    for call in CALLS {
        for nth in 1.. {
            let log = scene.at("log");
            let ran = under_strace(scene.trop(&["autoclean"]), &log, &killed_at(call, nth)).run();
            let left = scene.database.valid_rows();
            let was_killed = ran.code.is_none();
            let is_before = left == before && was_killed;
            assert!(is_before || left == before[..1], "{call} {nth}: {left:?}");
            for row in before.iter().filter(|row| !left.contains(row)) {
                let values = (&row.path, &row.tag, row.port, row.created_at, row.last_used_at);
                let insert = "INSERT INTO reservations (path, tag, port, created_at, last_used_at) VALUES (?1, ?2, ?3, ?4, ?5)";
                assert_eq!(scene.database.change(insert, values), Ok(1));
            }
            if !was_killed {
                ran.expect(0);
                break;
            }
            killed += 1;
            inside_transaction += usize::from(died_inside_transaction(&fs::read_to_string(&log).unwrap()));
        }
    }
    assert!(10 <= inside_transaction, "{killed} killed, {inside_transaction} inside the transaction");
}
