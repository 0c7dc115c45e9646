//! The program under strace: which calls it makes, and what becomes of it when one of them fails or is its last.

use std::path::PathBuf;
use std::process::Command;

use camino::Utf8Path;
use trop_testkit::Invocation;

use crate::inside::inside;

/// The same run under strace with these options. What strace sees is written to `log`.
pub(crate) fn under_strace(run: Invocation, log: &Utf8Path, options: &[String]) -> Invocation {
    let mut strace = Command::new(path_of_strace());
    strace.args(["-f", "-qq", "-o", log.as_str()]).args(options);
    inside(strace, run)
}

/// Where strace is; the runs themselves have a short `PATH`.
fn path_of_strace() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let mut candidates = std::env::split_paths(&path).map(|directory| directory.join("strace"));
    candidates.find(|candidate| candidate.is_file()).expect("skip_unless! has seen it")
}

/// Options that make every one of these calls fail with that error, from the `first` on and then each `step`-th.
pub(crate) fn failing(call: &str, error: &str, first: u32, step: u32) -> [String; 2] {
    [format!("--trace={call}"), format!("--inject={call}:error={error}:when={first}+{step}")]
}

/// Options that make the call of that name fail when it is made for the `nth` time.
pub(crate) fn failing_once(call: &str, error: &str, nth: u32) -> [String; 2] {
    [format!("--trace={call}"), format!("--inject={call}:error={error}:when={nth}")]
}

/// Options that kill the program as it is about to make the call of that name for the `nth` time. Locks are logged.
pub(crate) fn killed_at(call: &str, nth: u32) -> [String; 2] {
    [format!("--trace=fcntl,{call}"), format!("--inject={call}:signal=SIGKILL:when={nth}")]
}

/// Options that stop the program as it has made the call of that name for the `nth` time, until it is told to go on.
pub(crate) fn paused_at(call: &str, nth: u32) -> [String; 2] {
    [format!("--trace={call}"), format!("--inject={call}:signal=SIGSTOP:when={nth}")]
}

/// Whether the program died between the lock for its write transaction and the end of that lock, according to a log of
/// its calls to fcntl.
///
/// The locks are bytes of the `-shm` file (<https://sqlite.org/walformat.html#wal_locks>): 120 is for writers, 123 to 127
/// are for readers. The lock for writers is also taken to recover the log, but then by nobody who reads.
pub(crate) fn died_inside_transaction(log: &str) -> bool {
    let mut reading = [false; 5];
    let mut writing = false;
    for line in log.lines().filter(|line| line.contains("F_SETLK") && line.ends_with("= 0")) {
        let (kind, first, count) =
            (text_after(line, "l_type="), text_after(line, "l_start="), text_after(line, "l_len="));
        let number = |text: &str| text.parse::<usize>().expect("strace writes plain numbers");
        match (kind, number(first), number(count)) {
            ("F_RDLCK", slot @ 123..128, 1) => reading[slot - 123] = true,
            ("F_UNLCK", slot @ 123..128, 1) => reading[slot - 123] = false,
            ("F_WRLCK", 120, 1) => writing = reading.contains(&true),
            ("F_UNLCK", 120, _) => writing = false,
            _ => {}
        }
    }
    writing && log.contains("killed by SIGKILL")
}

fn text_after<'l>(line: &'l str, label: &str) -> &'l str {
    let (_, after) = line.split_once(label).expect("a lock has a type, a start and a length");
    after.split([',', '}']).next().unwrap_or_default()
}

#[test]
fn a_log_tells_whether_somebody_died_inside_a_transaction() {
    #[track_caller]
    fn check(locks: &[(&str, u32)], expected: bool) {
        let line = |(kind, start): &(&str, u32)| {
            format!(
                "7 fcntl(5, F_SETLK, {{l_type={kind}, l_whence=SEEK_SET, l_start={start}, l_len=1}}) = 0\n"
            )
        };
        let log: String = locks.iter().map(line).collect();
        assert!(!died_inside_transaction(&log));
        assert_eq!(died_inside_transaction(&format!("{log}7 +++ killed by SIGKILL +++\n")), expected);
    }
    check(&[], false);
    check(&[("F_WRLCK", 120)], false);
    check(&[("F_RDLCK", 124)], false);
    check(&[("F_RDLCK", 124), ("F_WRLCK", 120)], true);
    check(&[("F_RDLCK", 124), ("F_WRLCK", 120), ("F_UNLCK", 120)], false);
    check(&[("F_RDLCK", 124), ("F_UNLCK", 124), ("F_WRLCK", 120)], false);
}
