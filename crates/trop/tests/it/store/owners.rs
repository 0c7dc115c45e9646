//! Root among somebody else's files.

use trop_testkit::{Invocation, need, skip_unless};

use crate::database::Database;
use crate::stage::Stage;
use crate::tree::{tree, tree_without_logs};

/// Root, with the home directory of the one who owns the stage.
fn as_root(stage: &Stage, arguments: &[&str]) -> Invocation {
    let mut invocation = Stage::sandbox().trop(arguments).in_dir(stage.directory("project"));
    invocation.command.env("HOME", stage.sandbox.home());
    invocation
}

#[track_caller]
fn refused(stage: &Stage, arguments: &[&str]) {
    let ran = as_root(stage, arguments).run().expect(5);
    assert_eq!(ran.stdout, "", "{arguments:?}");
    assert!(ran.stderr.contains("belongs to") && ran.stderr.contains("TROP_DATA_DIR"), "{}", ran.stderr);
}

#[test]
fn root_makes_nothing_in_the_home_of_another_user() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    for arguments in [&["reserve"][..], &["reserve", "--dry-run"], &["init"], &["init", "--dry-run"]] {
        refused(&stage, arguments);
    }
    for arguments in [&["list"][..], &["release"], &["show-data-dir"]] {
        as_root(&stage, arguments).run().expect(0);
    }
    assert_eq!(tree(stage.sandbox.home()).len(), 0);
}

#[test]
fn root_reads_the_reservations_of_another_user_and_changes_none() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let reserved = stage.reserved(stage.directory("project"), 0..=9);
    let before = tree_without_logs(stage.sandbox.home());
    let owner = before[&stage.data_directory()].owner;
    let rows = Database::of(stage.data_directory()).rows();
    for arguments in [
        &["reserve"][..],
        &["reserve", "--tag=new"],
        &["reserve", "--dry-run"],
        &["release"],
        &["release", "--dry-run"],
    ] {
        refused(&stage, arguments);
    }
    let list = as_root(&stage, &["list", "--format=csv"]).run().expect(0);
    assert!(list.stdout.contains(&reserved.to_string()), "{}", list.stdout);
    assert_eq!(tree_without_logs(stage.sandbox.home()), before);
    assert_eq!(Database::of(stage.data_directory()).rows(), rows);
    assert!(tree(stage.sandbox.home()).values().all(|entry| entry.owner == owner));
    // The owner is not locked out.
    assert_eq!(stage.reserved(stage.directory("project"), 0..=9), reserved);
}

#[test]
fn root_leaves_nothing_of_its_own_beside_a_database_that_it_read() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let reserved = stage.reserved(stage.directory("project"), 0..=9);
    for log in ["trop.db-wal", "trop.db-shm"] {
        // After the first run all of it is in the database itself.
        std::fs::remove_file(stage.data_directory().join(log)).unwrap();
    }
    as_root(&stage, &["list"]).run().expect(0);
    let tree = tree(stage.sandbox.home());
    let owner = tree[&stage.data_directory()].owner;
    assert!(tree.values().all(|entry| entry.owner == owner), "{tree:?}");
    assert_eq!(stage.reserved(stage.directory("project"), 0..=9), reserved);
}

#[test]
fn root_follows_no_link_into_the_database_of_another_user() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    stage.reserved(stage.directory("project"), 0..=9);
    let before = tree_without_logs(stage.data_directory());
    let sandbox = Stage::sandbox();
    let mine = sandbox.directory("mine");
    let database = stage.data_directory().join("trop.db");
    std::os::unix::fs::symlink(database, mine.join("trop.db")).unwrap();
    let data_directory = format!("--data-dir={mine}");
    refused(&stage, &["reserve", &data_directory]);
    refused(&stage, &["reserve", "--dry-run", &data_directory]);
    as_root(&stage, &["list", &data_directory]).run().expect(0);
    assert_eq!(tree_without_logs(stage.data_directory()), before);
}
