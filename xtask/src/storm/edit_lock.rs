//! Whether a process is in the middle of editing a file.
//!
//! Who edits a file holds a lock on its directory (flock(2)), from before it reads to when it has replaced the file. The system tells
//! what a process has open, and which lock it has through that (proc(5), `/proc/pid/fd` and `/proc/pid/fdinfo`). A file that is open for
//! writing counts as well, so that one who edits without a lock is met too.

use std::fs;
use std::path::Path;

/// How far an edit has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum StepOfEdit {
    /// It holds the lock on a directory.
    Locks,
    /// It has a file open that it writes.
    Writes,
}

/// The access mode in the flags of an open file, of which these are what may write (`fcntl.h`).
const ACCESS_MODE: u32 = 0o3;
const WRITE_ONLY: u32 = 0o1;
const READ_AND_WRITE: u32 = 0o2;

/// Where an edit of the process stands. It has to stand still, as for [`holds_write_lock`](super::write_lock::holds_write_lock). What
/// cannot be found out is `None`.
pub(crate) fn step_of_edit(process: u32) -> Option<StepOfEdit> {
    let open = fs::read_dir(format!("/proc/{process}/fd")).ok()?;
    let steps = open.filter_map(Result::ok).filter_map(|entry| {
        let file = fs::read_link(entry.path()).ok()?;
        let number = entry.file_name();
        let info = fs::read_to_string(format!("/proc/{process}/fdinfo/{}", number.display())).ok()?;
        let is_stream = ["0", "1", "2"].iter().any(|stream| number == *stream);
        let may_be_edited = !is_stream && file.is_file() && !is_of_database(&file);
        if may_be_edited && is_open_for_writing(&info) {
            return Some(StepOfEdit::Writes);
        }
        (is_locked(&info) && file.is_dir()).then_some(StepOfEdit::Locks)
    });
    steps.max()
}

/// Whether it is the database, or a file beside it that locks or logs.
fn is_of_database(file: &Path) -> bool {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    name.starts_with("trop.db") || name == "trop.lock"
}

fn is_open_for_writing(info: &str) -> bool {
    let flags = info.lines().find_map(|line| line.strip_prefix("flags:"));
    let mode =
        flags.and_then(|flags| u32::from_str_radix(flags.trim(), 8).ok()).map(|flags| flags & ACCESS_MODE);
    matches!(mode, Some(WRITE_ONLY | READ_AND_WRITE))
}

fn is_locked(info: &str) -> bool {
    info.lines().filter_map(|line| line.strip_prefix("lock:")).any(|lock| {
        let words: Vec<&str> = lock.split_whitespace().collect();
        matches!(words.as_slice(), [_, "FLOCK", _, "WRITE", ..])
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_may_write_is_open_for_writing() {
        #[track_caller]
        fn check(flags: &str, expected: bool) {
            let info = format!("pos:\t0\nflags:\t{flags}\nmnt_id:\t30\n");
            assert_eq!(is_open_for_writing(&info), expected);
        }
        check("02100001", true);
        check("02100002", true);
        check("02100000", false);
        check("02300000", false);
        check("", false);
    }

    #[test]
    fn only_an_exclusive_lock_of_the_whole_counts() {
        #[track_caller]
        fn check(lock: &str, expected: bool) {
            let info = format!("pos:\t0\nflags:\t02100000\n{lock}");
            assert_eq!(is_locked(&info), expected);
        }
        check("lock:\t1: FLOCK  ADVISORY  WRITE 17 fe:01:99 0 EOF\n", true);
        check("lock:\t1: FLOCK  ADVISORY  READ  17 fe:01:99 0 EOF\n", false);
        check("lock:\t1: POSIX  ADVISORY  WRITE 17 fe:01:99 120 120\n", false);
        check("", false);
    }

    #[test]
    fn a_database_is_no_file_that_is_edited() {
        #[track_caller]
        fn check(file: &str, expected: bool) {
            assert_eq!(is_of_database(Path::new(file)), expected);
        }
        check("/h/.trop/trop.db", true);
        check("/h/.trop/trop.db-shm", true);
        check("/h/.trop/trop.lock", true);
        check("/h/.trop/config.yaml", false);
        check("/w/trop.yaml", false);
        check("/w/.trop-17.new", false);
    }
}
