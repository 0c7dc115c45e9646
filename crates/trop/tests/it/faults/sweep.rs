//! Each system call of a command fails in turn. Whichever it is, the command ends with a right answer or with a right code.
//!
//! All of them take minutes. Of each command a part is tried, always the same, unless `TROP_TEST_SWEEP=all`.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Write;

use trop_testkit::{need, skip_unless};

use super::commands::{
    CLEAN_UP, Command, EXCLUDE, INIT_WITH_CONFIG, LIST, NEW, RELEASE, START_OVER, STORED, WRITE,
};
use super::scene::Scene;
use crate::stage::Stage;
use crate::strace::{failing_once, under_strace};

/// What the system may say, the first of it in every run.
const ERRORS: [&str; 5] = ["EIO", "ENOSPC", "EACCES", "ENOMEM", "EINTR"];

/// Of so many calls one is made to fail.
const STEP: usize = 3;

/// Calls that are none about files, or that cannot fail in this way. Sockets have tests of their own.
const PASSED_OVER: [&str; 22] = [
    "arch_prctl",
    "bind",
    "brk",
    "exit_group",
    "getpid",
    "getrandom",
    "geteuid",
    "gettid",
    "mprotect",
    "munmap",
    "poll",
    "prlimit64",
    "rt_sigaction",
    "rt_sigprocmask",
    "sched_getaffinity",
    "setsockopt",
    "sigaltstack",
    "socket",
    "sysinfo",
    "uname",
    "umask",
    "+++",
];

#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Call {
    name: String,
    nth: u32,
}

#[track_caller]
fn sweep(scene: &Scene, command: &Command) {
    let all = std::env::var("TROP_TEST_SWEEP").is_ok_and(|value| value == "all");
    let (errors, step) = if all { (&ERRORS[..], 1) } else { (&ERRORS[..1], STEP) };
    let log = scene.stage.sandbox.root().join("log");
    scene.restore();
    let ran = under_strace(scene.run(command), &log, &[]).run().expect(0);
    scene.require_kept(command, &ran);
    let calls = calls_of(&fs::read_to_string(&log).unwrap());
    assert!(50 < calls.len(), "{calls:?}");
    let mut counts: BTreeMap<i32, usize> = BTreeMap::new();
    for error in errors {
        for Call { name, nth } in calls.iter().step_by(step) {
            scene.restore();
            let run = under_strace(scene.run(command), &log, &failing_once(name, error, *nth));
            let codes: &[i32] = match name.as_str() {
                // SQLite takes a lock that it cannot have for one that another process has.
                "fcntl" => &[0, 2, 5],
                // It calls what it cannot read damaged.
                "pread64" => &[0, 5, 6],
                // A tropfile that this user may not see is none.
                "statx" if *error == "EACCES" => &[0, 5, 7],
                _ => &[0, 5],
            };
            let ran = run.run().expect_one_of(codes);
            scene.require_kept(command, &ran);
            *counts.entry(ran.code.unwrap_or(-1)).or_default() += 1;
        }
    }
    // Shown by who wants to see it.
    let _ = writeln!(std::io::stderr(), "{:?}: {counts:?}", command.arguments);
}

/// What the program itself calls, as far as it may fail.
fn calls_of(log: &str) -> Vec<Call> {
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    let mut directories: BTreeSet<&str> = BTreeSet::new();
    let mut calls = Vec::new();
    let mut has_begun = false;
    for line in log.lines().filter_map(|line| line.split_once(' ')).map(|(_, line)| line.trim_start()) {
        let Some((name, rest)) = line.split_once('(') else { continue };
        let nth = counts.entry(name).or_default();
        *nth += 1;
        // What comes before belongs to the loader and to the beginning of every program in Rust.
        has_begun |= name == "getcwd" || rest.contains("/.trop");
        let descriptor = rest.split([',', ')']).next().unwrap_or_default();
        if rest.contains("O_DIRECTORY") {
            directories.extend(rest.rsplit("= ").next());
        }
        let may_fail = match name {
            // Memory that only this process uses is not given back by any file.
            "mmap" => rest.contains("MAP_SHARED"),
            // No lock is ever kept against the will of who has it. SQLite would wait ten seconds for its own.
            "fcntl" => !rest.contains("F_UNLCK"),
            // The standard library panics when a directory cannot be closed, which happens nowhere.
            "close" => !directories.remove(descriptor),
            _ => !PASSED_OVER.contains(&name),
        };
        if has_begun && may_fail {
            calls.push(Call { name: name.to_owned(), nth: *nth });
        }
    }
    calls
}

#[test]
fn the_first_reservation_of_all() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::before_the_first_run(Stage::new()), &NEW);
}

#[test]
fn a_database_made_by_hand() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::before_the_first_run(Stage::new()), &INIT_WITH_CONFIG);
}

#[test]
fn a_new_port() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &NEW);
}

#[test]
fn a_stored_port() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &STORED);
}

#[test]
fn a_port_given_back() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &RELEASE);
}

#[test]
fn a_clean_up() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &CLEAN_UP);
}

#[test]
fn a_port_excluded() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &EXCLUDE);
}

#[test]
fn a_group_in_a_file() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &WRITE);
}

#[test]
fn a_database_emptied() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &START_OVER);
}

#[test]
fn a_list() {
    skip_unless!(need::tool("strace"));
    sweep(&Scene::new(), &LIST);
}
