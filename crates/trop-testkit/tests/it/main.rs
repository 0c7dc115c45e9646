//! Running programs in a sandbox: `sh` stands for trop.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod database;

use std::fs;
use std::panic::catch_unwind;

use trop_testkit::{Ran, Sandbox, need, run_together, skip_unless};

fn sh(sandbox: &Sandbox, script: &str) -> Ran {
    sandbox.trop(["-c", script]).run()
}

#[test]
fn the_environment_holds_what_was_given_and_no_more() {
    let sandbox = Sandbox::new("/usr/bin/env");
    let no_arguments: [&str; 0] = [];
    let ran = sandbox.trop(no_arguments).env("TROP_TAG", "web").run().expect(0);
    let mut lines: Vec<&str> = ran.stdout.lines().collect();
    lines.sort_unstable();
    assert_eq!(lines, [&format!("HOME={}", sandbox.home()), "PATH=/usr/bin:/bin", "TROP_TAG=web"]);
}

#[test]
fn a_run_is_in_a_directory_of_the_sandbox() {
    let sandbox = Sandbox::new("/bin/sh");
    let project = sandbox.directory("a/project");
    assert_eq!(sh(&sandbox, "pwd -P").expect(0).stdout.trim_end(), sandbox.root().join("site"));
    let there = sandbox.trop(["-c", "pwd -P"]).in_dir(&project).run().expect(0);
    assert_eq!(there.stdout.trim_end(), project);
}

#[test]
fn standard_input_is_empty() {
    assert_eq!(sh(&Sandbox::new("/bin/sh"), "cat").expect(0).stdout, "");
}

#[test]
fn another_exit_code_fails_and_tells_everything() {
    let ran = sh(&Sandbox::new("/bin/sh"), "echo out; echo err >&2; exit 3").expect(3);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("out\n", "err\n"));
    let panic = catch_unwind(|| ran.expect(0)).unwrap_err();
    let message = panic.downcast_ref::<String>().unwrap();
    for part in ["sh -c echo out", "exit code 3 instead of 0", "--- stdout\nout\n", "--- stderr\nerr\n"] {
        assert!(message.contains(part), "{message}");
    }
}

#[test]
fn one_of_several_exit_codes_will_do() {
    let ran = || sh(&Sandbox::new("/bin/sh"), "exit 3");
    assert_eq!(ran().expect_one_of(&[0, 3]).code, Some(3));
    let panic = catch_unwind(|| ran().expect_one_of(&[0, 5])).unwrap_err();
    assert!(panic.downcast_ref::<String>().unwrap().contains("exit code 3 instead of 0 or 5"));
}

#[test]
fn a_signal_is_no_exit_code() {
    let ran = sh(&Sandbox::new("/bin/sh"), "kill -KILL $$");
    assert_eq!(ran.code, None);
    assert!(catch_unwind(|| ran.expect(0)).is_err());
}

/// Each writes into a pipe that the other reads first: one after the other they would wait for ever.
#[test]
fn programs_run_together_are_all_started() {
    let sandbox = Sandbox::new("/bin/sh");
    sh(&sandbox, "mkfifo pipe").expect(0);
    let both = ["read line < pipe; echo \"$line\"", "echo hello > pipe"];
    let ran = run_together(both.map(|script| sandbox.trop(["-c", script])));
    let answers: Vec<String> = ran.into_iter().map(|ran| ran.expect(0).stdout).collect();
    assert_eq!(answers, ["hello\n", ""]);
}

#[test]
fn a_sandbox_is_gone_when_dropped() {
    let sandbox = Sandbox::new("/bin/sh");
    let root = sandbox.root().to_owned();
    assert!(fs::exists(&root).unwrap());
    drop(sandbox);
    assert!(!fs::exists(&root).unwrap());
}

#[test]
fn an_ordinary_user_has_no_special_rights() {
    let sandbox = Sandbox::of_ordinary_user("/bin/sh");
    sh(&sandbox, "touch \"$HOME/file\" && chmod 0 \"$HOME/file\" && ! cat \"$HOME/file\"").expect(0);
}

#[test]
fn root_runs_an_ordinary_user_from_a_private_place() {
    skip_unless!(need::root());
    let private = Sandbox::new("/bin/sh");
    let binary = private.directory("bin").join("sh");
    fs::copy("/bin/sh", &binary).unwrap();
    let sandbox = Sandbox::of_ordinary_user(binary.as_str());
    assert_eq!(sh(&sandbox, "id -u; id -G").expect(0).stdout, "65534\n65534\n");
}
