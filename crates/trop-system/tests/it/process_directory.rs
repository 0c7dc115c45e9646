//! Processes in directories that stay, go, and come back.

use std::ffi::OsStr;
use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use rustix::process::Uid;
use rustix::thread::set_thread_res_uid;
use tempfile::TempDir;
use trop_system::{ProcessDirectory, process_directory};
use trop_testkit::{need, skip_unless};

/// Runs until it is dropped.
struct Waiting(Child);

impl Waiting {
    /// Starts a process in that directory.
    fn start_in(directory: &Path) -> Waiting {
        let mut shell = Command::new("/bin/sh");
        shell.args(["-c", "read -r line"]).current_dir(directory).stdin(Stdio::piped());
        Waiting(shell.spawn().expect("it can be started"))
    }

    fn directory(&self) -> Option<ProcessDirectory> {
        process_directory(self.0.id())
    }
}

impl Drop for Waiting {
    fn drop(&mut self) {
        // It waits for its input to end.
        drop(self.0.stdin.take());
        let _ = self.0.wait();
    }
}

/// A directory of the test's own, and its real path.
fn own_directory() -> (TempDir, PathBuf) {
    let directory = tempfile::tempdir().expect("one can be made");
    let path = fs::canonicalize(directory.path()).expect("it is there");
    (directory, path)
}

fn found(path: impl Into<PathBuf>, surviving: impl Into<PathBuf>) -> Option<ProcessDirectory> {
    Some(ProcessDirectory { path: path.into(), surviving: surviving.into() })
}

#[test]
fn this_process_runs_where_it_was_started() {
    let here = std::env::current_dir().unwrap();
    assert_eq!(process_directory(std::process::id()), found(&here, &here));
}

#[test]
fn links_are_followed() {
    let (_own, root) = own_directory();
    let real = root.join("real");
    fs::create_dir(&real).unwrap();
    std::os::unix::fs::symlink(&real, root.join("link")).unwrap();
    let process = Waiting::start_in(&root.join("link"));
    assert_eq!(process.directory(), found(&real, &real));
}

#[test]
fn a_deleted_directory_is_told_from_one_that_is_called_so() {
    #[track_caller]
    fn check(name: &[u8]) {
        let (_own, root) = own_directory();
        let directory = root.join(OsStr::from_bytes(name));
        fs::create_dir(&directory).unwrap();
        let process = Waiting::start_in(&directory);
        assert_eq!(process.directory(), found(&directory, &directory));
        fs::remove_dir(&directory).unwrap();
        assert_eq!(process.directory(), found(&directory, &root));
        fs::create_dir(&directory).unwrap();
        assert_eq!(process.directory(), found(&directory, &root), "another one in its place is another one");
    }

    check(b"a");
    check(b"a (deleted)");
    check(b"not \xff Unicode");
}

#[test]
fn what_is_left_above_a_deleted_directory_is_known() {
    let (_own, root) = own_directory();
    let directory = root.join("a/b/c");
    fs::create_dir_all(&directory).unwrap();
    let process = Waiting::start_in(&directory);
    fs::remove_dir(&directory).unwrap();
    assert_eq!(process.directory(), found(&directory, root.join("a/b")));
    fs::remove_dir_all(root.join("a")).unwrap();
    assert_eq!(process.directory(), found(&directory, &root));
    fs::create_dir_all(&directory).unwrap();
    assert_eq!(process.directory(), found(&directory, &root));
}

#[test]
fn no_process_runs_anywhere() {
    assert_eq!(process_directory(0), None);
    assert_eq!(process_directory(u32::MAX), None);
}

#[test]
fn where_another_user_s_process_runs_is_not_for_everybody_to_see() {
    /// Not root, whoever it is.
    const SOMEBODY: u32 = 65_534;
    skip_unless!(need::root());
    let process = Waiting::start_in(Path::new("/"));
    assert_eq!(process.directory(), found("/", "/"));
    let process_id = process.0.id();
    let seen_by_somebody = std::thread::spawn(move || {
        // On Linux it is the thread that has a user (setresuid(2)), and this one has no other work.
        set_thread_res_uid(None, Uid::from_raw(SOMEBODY), None).expect("root may become anybody");
        process_directory(process_id)
    });
    assert_eq!(seen_by_somebody.join().expect("it is looked for"), None);
}
