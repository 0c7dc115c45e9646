//! Other processes that edit a file: this test program once more, of which only one test runs.

use std::convert::Infallible;
use std::ffi::OsString;
use std::path::Path;
use std::process::{Child, Command, ExitStatus, Stdio};

use trop_files::edit_file;

use crate::edit::in_an_hour;

/// In the environment of the other process: the file, and the lines to append with blanks between them.
const FILE: &str = "TROP_FILES_TEST_EDITED_FILE";
const LINES: &str = "TROP_FILES_TEST_LINES";

/// A process that appends lines to a file, each in an edit of its own.
pub(crate) struct EditProcess {
    file: OsString,
    lines: String,
}

impl EditProcess {
    pub(crate) fn new(file: &Path, lines: &[&str]) -> EditProcess {
        EditProcess { file: file.into(), lines: lines.join(" ") }
    }

    pub(crate) fn start(self) -> Child {
        self.spawn(Command::new(this_program()))
    }

    /// Runs it to its end after these commands of a shell, which set its limits.
    pub(crate) fn run_after(self, commands: &str) -> ExitStatus {
        let mut shell = Command::new("sh");
        shell.args(["-c", &format!("{commands}; exec \"$0\" \"$@\"")]).arg(this_program());
        self.spawn(shell).wait().expect("it ends")
    }

    /// Runs it to its end under strace with these options, which writes what it sees to `log`.
    pub(crate) fn run_under_strace(self, log: &Path, options: &[String]) -> ExitStatus {
        let mut strace = Command::new("strace");
        strace.args(["-f", "-qq", "-o"]).arg(log).args(options).arg(this_program());
        self.spawn(strace).wait().expect("it ends")
    }

    fn spawn(self, mut command: Command) -> Child {
        command.args(["--exact", "edit_process::appends_its_lines", "--nocapture"]);
        command.env(FILE, self.file).env(LINES, self.lines);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        command.spawn().expect("it can be started")
    }
}

fn this_program() -> OsString {
    std::env::current_exe().expect("this program is somewhere").into()
}

/// The part of the other process; in this one there is nothing to do.
#[test]
fn appends_its_lines() {
    let [Some(file), Some(lines)] = [FILE, LINES].map(std::env::var_os) else {
        return;
    };
    for line in lines.to_str().unwrap().split(' ') {
        let append = |old: Option<&[u8]>| {
            Ok::<_, Infallible>([old.unwrap_or_default(), line.as_bytes(), b"\n"].concat())
        };
        edit_file(Path::new(&file), in_an_hour(), append).unwrap();
    }
}
