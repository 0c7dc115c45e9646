//! Processes of known names: this one, and some that wait until they are let go.

use std::fs;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use rustix::process::Uid;
use rustix::thread::set_thread_res_uid;
use trop_testkit::{need, skip_unless};

use super::*;

/// Runs until it is dropped.
struct Waiting(Child);

impl Waiting {
    /// Starts the program, which reads its input to the end.
    fn start(program: &Path, arguments: &[&str]) -> Waiting {
        let mut command = Command::new(program);
        Waiting(command.args(arguments).stdin(Stdio::piped()).spawn().expect("it can be started"))
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        drop(self.0.stdin.take());
        self.0.wait().expect("it ends with its input");
    }
}

fn file_name(path: &Path) -> String {
    path.file_name().and_then(|name| name.to_str()).expect("it has a name").to_owned()
}

/// What the system's `sh` really is: dash, or Bash, or BusyBox.
fn real_shell() -> String {
    file_name(&fs::canonicalize("/bin/sh").expect("there is a shell"))
}

/// Lets another program make that file. If this process wrote it, whatever another test starts meanwhile would have it open for a moment,
/// and what somebody writes cannot be started (ETXTBSY, execve(2)).
fn make_program(file: &Path, maker: &str, arguments: &[&str]) {
    let made = std::process::Command::new(maker)
        .args(arguments)
        .arg(file)
        .status()
        .expect("it is a tool of every system");
    assert!(made.success());
}

#[test]
fn a_process_has_the_name_of_its_program() {
    let this_program = std::env::current_exe().unwrap();
    assert_eq!(process_name(std::process::id()), Some(file_name(&this_program)));
}

#[test]
fn no_process_has_no_name() {
    assert_eq!(process_name(0), None);
    assert_eq!(process_name(u32::MAX), None);
}

#[test]
fn a_script_has_the_name_of_its_shell() {
    let directory = tempfile::tempdir().unwrap();
    let script = directory.path().join("deploy");
    let write = "printf '#!/bin/sh\\nread -r line\\n' > \"$0\" && chmod 755 \"$0\"";
    make_program(&script, "sh", &["-c", write]);
    let waiting = Waiting::start(&script, &[]);
    assert_eq!(process_name(waiting.0.id()), Some(real_shell()));
}

#[test]
fn a_program_keeps_its_name_when_it_is_replaced() {
    let directory = tempfile::tempdir().unwrap();
    let program = directory.path().join("sh");
    make_program(&program, "cp", &["/bin/sh"]);
    let waiting = Waiting::start(&program, &["-c", "read -r line"]);
    fs::remove_file(&program).unwrap();
    assert_eq!(process_name(waiting.0.id()).as_deref(), Some("sh"));
}

#[test]
fn the_program_of_another_user_has_the_name_of_its_process() {
    /// Not root, whoever it is.
    const SOMEBODY: u32 = 65_534;
    skip_unless!(need::root());
    let waiting = Waiting::start(Path::new("/bin/sh"), &["-c", "read -r line"]);
    let process_id = waiting.0.id();
    let seen_by_somebody = std::thread::spawn(move || {
        // On Linux it is the thread that has a user (setresuid(2)), and this one has no other work.
        set_thread_res_uid(None, Uid::from_raw(SOMEBODY), None).expect("root may become anybody");
        process_name(process_id)
    });
    assert_eq!(seen_by_somebody.join().expect("the name is read").as_deref(), Some("sh"));
}

#[test]
fn ps_knows_a_process_as_well() {
    skip_unless!(need::tool("ps"));
    let waiting = Waiting::start(Path::new("/bin/sh"), &["-c", "read -r line"]);
    assert_eq!(process_name_by_ps(waiting.0.id()).as_deref(), Some("sh"));
    assert_eq!(process_name_by_ps(u32::MAX), None);
}
