//! A run that is killed while it changes the file. That is the old one or the new one, never less.

use std::fs;

use trop_testkit::{need, skip_unless};

use super::{project, run};
use crate::stage::Stage;
use crate::strace::{killed_at, under_strace};

/// The calls by which a file is locked, read, made, filled and put into its place.
const CALLS: &[&str] = &["flock", "openat", "read", "write", "fsync", "rename", "close", "exit_group"];

const OLD: &str = "# mine\nexcluded_ports: [1] # one\n";
const NEW: &str = "# mine\nexcluded_ports: [1, 2] # one\n";

#[test]
fn whoever_is_killed_leaves_the_old_file_or_the_new_one() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let shop = project(&stage, "shop", OLD);
    let (file, log) = (shop.join("trop.yaml"), stage.sandbox.root().join("log"));
    let (mut killed, mut left_behind) = (0, 0);
    for call in CALLS {
        for nth in 1.. {
            fs::write(&file, OLD).unwrap();
            let exclude = stage.trop(&shop, ["exclude", "2"]);
            let ran = under_strace(exclude, &log, &killed_at(call, nth)).run();
            let found = fs::read_to_string(&file).unwrap();
            assert!(found == NEW || found == OLD, "{call} {nth}: {found:?}");
            left_behind += fs::read_dir(&shop).unwrap().count() - 1;
            run(&stage, &shop, &["exclude", "2"], 0);
            assert_eq!(fs::read_to_string(&file).unwrap(), NEW);
            assert_eq!(fs::read_dir(&shop).unwrap().count(), 1, "{call} {nth}");
            if ran.code.is_some() {
                assert_eq!(found, NEW);
                let _ = ran.expect(0);
                break;
            }
            killed += 1;
        }
    }
    // Otherwise there was nothing to clean up in all those runs.
    assert!(10 < killed && 0 < left_behind, "{killed} killed, {left_behind} left something behind");
}
