//! One lock at a time, between handles and between processes.

use std::fs::{create_dir, metadata, read_to_string, write};
use std::io::ErrorKind;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::time::{Duration, Instant};

use tempfile::tempdir;
use trop_files::{FileLock, LockError};

use crate::other_process::OtherProcess;

fn try_once(path: &Path) -> Result<FileLock, LockError> {
    FileLock::acquire(path, Instant::now())
}

#[track_caller]
fn check_timed_out(path: &Path) {
    assert!(matches!(try_once(path), Err(LockError::TimedOut)), "{:?}", try_once(path));
}

#[test]
fn a_lock_is_had_once_and_is_free_again_after_it_is_dropped() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    let lock = try_once(&path).unwrap();
    check_timed_out(&path);
    check_timed_out(&path);
    drop(lock);
    drop(try_once(&path).unwrap());
    try_once(&path).unwrap();
}

#[test]
fn a_lock_elsewhere_is_another_lock() {
    let scratch = tempdir().unwrap();
    let _first = try_once(&scratch.path().join("first")).unwrap();
    let _second = try_once(&scratch.path().join("second")).unwrap();
}

#[test]
fn a_deadline_in_the_past_still_allows_one_try() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    let long_ago = Instant::now();
    let lock = FileLock::acquire(&path, long_ago).unwrap();
    assert!(matches!(FileLock::acquire(&path, long_ago), Err(LockError::TimedOut)));
    drop(lock);
    FileLock::acquire(&path, long_ago).unwrap();
}

#[test]
fn a_lock_that_comes_free_before_the_deadline_is_had() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    let lock = try_once(&path).unwrap();
    let in_an_hour = Instant::now() + Duration::from_secs(3_600);
    std::thread::scope(|threads| {
        let waiting = threads.spawn(|| FileLock::acquire(&path, in_an_hour));
        drop(lock);
        waiting.join().expect("it does not panic").unwrap();
    });
}

#[test]
fn a_lock_held_by_another_process_is_had_when_that_is_killed() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    let other = OtherProcess::start(&path);
    assert_eq!(other.answer, "held");
    check_timed_out(&path);
    other.kill();
    try_once(&path).unwrap();
}

#[test]
fn another_process_does_not_get_a_lock_that_this_one_holds() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    let lock = try_once(&path).unwrap();
    assert_eq!(OtherProcess::start(&path).answer, "another process holds the lock");
    drop(lock);
    assert_eq!(OtherProcess::start(&path).answer, "held");
}

#[test]
fn the_file_is_private_and_stays() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    drop(try_once(&path).unwrap());
    assert_eq!(metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
}

#[test]
fn what_is_in_the_file_stays() {
    let scratch = tempdir().unwrap();
    let path = scratch.path().join("lock");
    write(&path, "content").unwrap();
    drop(try_once(&path).unwrap());
    assert_eq!(read_to_string(&path).unwrap(), "content");
}

#[test]
fn a_lock_on_what_is_no_file_is_an_error_of_the_system() {
    let scratch = tempdir().unwrap();
    create_dir(scratch.path().join("directory")).unwrap();
    write(scratch.path().join("file"), "").unwrap();
    let check = |below: &str, expected: ErrorKind| match try_once(&scratch.path().join(below)) {
        Err(LockError::Io(error)) => assert_eq!(error.kind(), expected, "{below}"),
        other => panic!("{below}: {other:?}"),
    };

    check("directory", ErrorKind::IsADirectory);
    check("missing/lock", ErrorKind::NotFound);
    check("file/lock", ErrorKind::NotADirectory);
}
