//! Whether a process is in the middle of a transaction that writes.
//!
//! Who writes holds a lock on one byte: with a write-ahead log on the 121st of the file beside the database
//! (<https://sqlite.org/walformat.html>), without one on the RESERVED byte of the database
//! (<https://sqlite.org/fileformat2.html>, "the lock-byte page"). The system tells who holds which lock (proc(5), `/proc/locks`);
//! trop takes no others of that kind.

use std::fs;

const LOCKED_BYTES: [u64; 2] = [120, 0x4000_0001];

/// Whether the process holds the lock under which SQLite writes. What is true of one that runs may have passed when the answer is
/// there; what is true of one that stands still stays so. What cannot be found out is no.
pub(crate) fn holds_write_lock(process: u32) -> bool {
    let process = process.to_string();
    fs::read_to_string("/proc/locks")
        .is_ok_and(|locks| locks.lines().any(|lock| is_write_lock(lock, &process)))
}

fn is_write_lock(lock: &str, process: &str) -> bool {
    let words: Vec<&str> = lock.split_whitespace().collect();
    let [_, "POSIX", _, "WRITE", holder, _, first, last] = words.as_slice() else {
        return false;
    };
    let number = |word: &str| word.parse().unwrap_or(u64::MAX);
    *holder == process && LOCKED_BYTES.iter().any(|byte| (number(first)..=number(last)).contains(byte))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_exclusive_lock_of_that_process_on_one_of_the_bytes_counts() {
        #[track_caller]
        fn check(lock: &str, expected: bool) {
            assert_eq!(is_write_lock(lock, "17"), expected);
        }
        check("1: POSIX  ADVISORY  WRITE 17 fe:01:99 120 120", true);
        check("23: POSIX  ADVISORY  WRITE 17 fe:01:98 1073741824 1073742335", true);
        check("1: POSIX  ADVISORY  WRITE 170 fe:01:99 120 120", false);
        check("1: POSIX  ADVISORY  READ  17 fe:01:99 120 120", false);
        check("1: POSIX  ADVISORY  WRITE 17 fe:01:99 121 121", false);
        check("1: -> POSIX  ADVISORY  WRITE 17 fe:01:99 120 120", false);
        check("1: FLOCK  ADVISORY  WRITE 17 fe:01:99 0 EOF", false);
    }
}
