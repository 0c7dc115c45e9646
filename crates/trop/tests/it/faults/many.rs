//! Many after one who was killed.

use trop_testkit::{need, run_together, skip_unless};

use crate::database::Database;
use crate::stage::Stage;
use crate::strace::{killed_at, under_strace};

/// Kills a run at its first write, then another one at its second, and so on until one comes through. After each of them
/// twenty come at once, and have to mend what it left.
#[track_caller]
fn check(prepare: impl Fn(&Stage)) {
    let mut stage = Stage::new();
    for nth in 1.. {
        stage.sandbox = Stage::sandbox();
        prepare(&stage);
        let run = stage.reserve(stage.directory("killed"), 0..=99, &[]);
        let log = stage.sandbox.root().join("log");
        let first = under_strace(run, &log, &killed_at("pwrite64", nth)).run();

        let runs = (0..20).map(|number| match number % 2 {
            0 => stage.trop(stage.directory("anywhere"), ["list"]),
            _ => stage.reserve(stage.directory(&format!("{number}")), 0..=99, &[]),
        });
        for ran in run_together(runs) {
            let _ = ran.expect(0);
        }
        let stored = Database::of(stage.data_directory()).valid_rows();
        let others =
            stored.iter().filter(|row| !row.path.ends_with("/killed") && !row.path.ends_with("/before"));
        assert_eq!(others.count(), 10, "{nth}");
        if first.code.is_some() {
            let _ = first.expect(0);
            assert!(5 < nth, "it is killed a few times at least");
            return;
        }
    }
}

#[test]
fn many_who_come_after_one_who_was_killed_while_writing_all_succeed() {
    skip_unless!(need::tool("strace"));
    check(|stage| {
        stage.reserved(stage.directory("before"), 0..=99);
    });
}

#[test]
fn many_who_come_after_one_who_was_killed_while_setting_up_all_succeed() {
    skip_unless!(need::tool("strace"));
    check(|_| {});
}
