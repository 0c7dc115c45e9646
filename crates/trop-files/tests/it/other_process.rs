//! Another process that tries to get a lock and keeps it: this test program once more, of which only one test runs.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::Instant;

use trop_files::FileLock;

/// In the environment of the other process, the path of the lock file.
const LOCK_FILE: &str = "TROP_FILES_TEST_LOCK_FILE";

/// Ended when it is dropped, or killed before that.
pub(crate) struct OtherProcess {
    /// `held`, or why it has no lock.
    pub(crate) answer: String,
    process: Child,
}

impl OtherProcess {
    /// Starts it, and waits until it has tried.
    pub(crate) fn start(lock_file: &Path) -> OtherProcess {
        let this_program = std::env::current_exe().expect("this program is somewhere");
        let mut process = Command::new(this_program)
            .args(["--exact", "other_process::tries_once_and_waits", "--nocapture"])
            .env(LOCK_FILE, lock_file)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("this program can be started");
        let mut answer = String::new();
        let stderr = process.stderr.take().expect("it is piped");
        BufReader::new(stderr).read_line(&mut answer).expect("it answers");
        OtherProcess { answer: answer.trim_end().to_owned(), process }
    }

    /// Ends it without any chance to clean up.
    pub(crate) fn kill(mut self) {
        self.process.kill().expect("it still runs");
    }
}

impl Drop for OtherProcess {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().expect("it ends with its input");
    }
}

/// The part of the other process; in this one there is nothing to do.
#[test]
fn tries_once_and_waits() {
    let Some(lock_file) = std::env::var_os(LOCK_FILE) else {
        return;
    };
    let lock = FileLock::acquire(Path::new(&lock_file), Instant::now());
    let answer = match &lock {
        Ok(_) => "held".to_owned(),
        Err(error) => error.to_string(),
    };
    writeln!(std::io::stderr(), "{answer}").unwrap();
    std::io::stdin().read_to_end(&mut Vec::new()).unwrap();
}
