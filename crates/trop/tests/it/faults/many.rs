//! Many after one who was killed, and a disk that is full.

use trop_testkit::{need, run_together, skip_unless};

use crate::database::Database;
use crate::disk::{a_disk, stage_on_a_disk};
use crate::stage::{Stage, port};
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

#[test]
fn on_a_full_disk_what_is_stored_is_told_and_nothing_breaks() {
    skip_unless!(need::root());
    let found = stage_on_a_disk();
    skip_unless!(a_disk(found.as_ref()));
    let (stage, disk) = found.unwrap();
    let project = stage.directory("project");
    let reserved = stage.reserved(&project, 0..=99);
    disk.fill();
    // There may be room for a few more in what the files take already.
    let mut stored = vec![(project, reserved)];
    let refused = loop {
        let directory = stage.directory(&format!("{}", stored.len()));
        let ran = stage.reserve(&directory, 0..=99, &[]).run();
        if ran.code != Some(0) {
            break ran.expect(5);
        }
        stored.push((directory, port(&ran.stdout)));
        assert!(stored.len() < 100, "the disk is never full");
    };
    assert_eq!(refused.stdout, "");
    assert!(
        refused.stderr.contains("trop.db") && refused.stderr.contains("TROP_DATA_DIR"),
        "{}",
        refused.stderr
    );
    for (directory, expected) in &stored {
        let ran = stage.reserve(directory, 0..=99, &[]).run().expect(0);
        assert_eq!(port(&ran.stdout), *expected);
    }
    stage.trop(&stored[0].0, ["list"]).run().expect(0);
    disk.make_room();
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), stored.len());
    stage.reserved(stage.directory("new"), 0..=99);
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), stored.len() + 1);
}

#[test]
fn on_a_full_disk_nothing_is_set_up_until_there_is_room() {
    skip_unless!(need::root());
    let found = stage_on_a_disk();
    skip_unless!(a_disk(found.as_ref()));
    let (stage, disk) = found.unwrap();
    let project = stage.directory("project");
    disk.fill();
    let refused = stage.reserve(&project, 0..=9, &[]).run().expect(5);
    assert_eq!(refused.stdout, "");
    stage.trop(&project, ["list"]).run().expect(0);
    stage.trop(&project, ["release"]).run().expect(0);
    disk.make_room();
    let ran = stage.reserve(&project, 0..=9, &[]).run().expect(0);
    assert_eq!(port(&ran.stdout), stage.ports.first());
    assert_eq!(Database::of(stage.data_directory()).valid_rows().len(), 1);
}
