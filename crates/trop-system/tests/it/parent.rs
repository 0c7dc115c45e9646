//! A process that a known program started: this test program once more, of which only one test runs.

use std::process::{Command, Stdio};

use trop_system::parent_process_name;

/// In the environment of the other process.
const IS_OTHER_PROCESS: &str = "TROP_SYSTEM_TEST_IS_OTHER_PROCESS";

#[test]
fn whoever_starts_a_process_is_its_parent() {
    let this_program = std::env::current_exe().unwrap();
    let output = Command::new("/bin/sh")
        // With something to do afterwards the shell cannot make way for the program.
        .args(["-c", r#""$0" --exact parent::says_who_started_it --nocapture; exit $?"#])
        .arg(this_program)
        .env(IS_OTHER_PROCESS, "1")
        .stdout(Stdio::null())
        .output()
        .unwrap();
    assert!(output.status.success());
    let shell = std::fs::canonicalize("/bin/sh").unwrap();
    let expected = format!("started by {}\n", shell.file_name().unwrap().display());
    assert_eq!(String::from_utf8(output.stderr).unwrap(), expected);
}

/// The part of the other process; in this one there is nothing to do.
#[test]
fn says_who_started_it() {
    if std::env::var_os(IS_OTHER_PROCESS).is_some() {
        eprintln!("started by {}", parent_process_name().unwrap());
    }
}
