//! Pipes and devices in the place of files: nobody waits for what never comes.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use camino::Utf8Path;
use trop_testkit::{need, skip_unless};

use crate::commands::OWN_CODES;
use crate::inside::{after, not_for_ever};
use crate::stage::Stage;

/// Where they stand, as seen from the sandbox.
const PLACES: [&str; 13] = [
    "home/.trop/trop.db",
    "home/.trop/trop.db-wal",
    "home/.trop/trop.db-shm",
    "home/.trop/trop.db-journal",
    "home/.trop/trop.lock",
    "home/.trop/config.yaml",
    "home/.trop/trop.db.new",
    "site/trop.yaml",
    "site/trop.local.yaml",
    "site/.git",
    "site/.git/HEAD",
    "site/.git/commondir",
    "site/.env",
];

const COMMANDS: [&str; 9] = [
    "reserve --skip-occupancy-check",
    "list",
    "doctor",
    "init --overwrite --with-config",
    "exclude 5900",
    "exclude 5901 --global",
    "autoreserve --skip-occupancy-check --write=.env",
    "config show",
    "assert-data-dir --validate",
];

#[track_caller]
fn check(make: impl Fn(&Utf8Path)) {
    for place in PLACES {
        let stage = Stage::new();
        let path = stage.sandbox.root().join(place);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        make(&path);
        if place.contains(".git/") {
            for directory in ["objects", "refs"] {
                fs::create_dir(path.with_file_name(directory)).unwrap();
            }
        }
        for command in COMMANDS {
            let run = stage.trop(stage.directory("site"), command.split(' ')).env("TROP_BUSY_TIMEOUT", "0");
            // Whoever reads what has no end takes all the memory there is. Not every system sets that limit.
            let ran = after("{ ulimit -v 1000000 || true; }", not_for_ever(run)).run();
            assert!(ran.code.is_some_and(|code| OWN_CODES.contains(&code)), "{place}: {ran:?}");
        }
    }
}

#[test]
fn a_pipe_is_never_waited_for() {
    skip_unless!(need::tool("mkfifo"));
    skip_unless!(need::tool("timeout"));
    check(|path| assert!(Command::new("mkfifo").arg(path).status().unwrap().success()));
}

#[test]
fn a_device_is_never_read() {
    skip_unless!(need::tool("timeout"));
    check(|path| symlink("/dev/zero", path).unwrap());
}
