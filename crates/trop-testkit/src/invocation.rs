//! A program that is about to run.

use std::ffi::OsStr;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use camino::Utf8Path;

use crate::Ran;

/// One run of a program, still to begin.
#[derive(Debug)]
pub struct Invocation {
    /// The command as the standard library knows it, for what is not said in a word here.
    pub command: Command,
}

impl Invocation {
    pub(crate) fn new(binary: &Utf8Path, home: &Utf8Path) -> Invocation {
        let mut command = Command::new(binary);
        command.env_clear().env("HOME", home).env("PATH", "/usr/bin:/bin");
        // Where a program that was built to count its lines leaves the counts. Others do not know it.
        if let Some(profile) = std::env::var_os("LLVM_PROFILE_FILE") {
            command.env("LLVM_PROFILE_FILE", profile);
        }
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        Invocation { command }
    }

    /// Runs it in that directory.
    #[must_use]
    pub fn in_dir(mut self, directory: impl AsRef<Path>) -> Invocation {
        self.command.current_dir(directory);
        self
    }

    /// Sets a variable of its environment.
    #[must_use]
    pub fn env(mut self, name: impl AsRef<OsStr>, value: impl AsRef<OsStr>) -> Invocation {
        self.command.env(name, value);
        self
    }

    /// Runs it to its end.
    #[must_use]
    #[track_caller]
    pub fn run(self) -> Ran {
        self.start().finish()
    }

    #[track_caller]
    fn start(mut self) -> Running {
        let shown = shown(&self.command);
        match self.command.spawn() {
            Ok(child) => Running { shown, child },
            Err(error) => panic!("cannot start `{shown}`: {error}"),
        }
    }
}

/// Starts all of them before it waits for any, and gives back how they ended, in the same order.
#[must_use]
#[track_caller]
pub fn run_together(invocations: impl IntoIterator<Item = Invocation>) -> Vec<Ran> {
    let running: Vec<Running> = invocations.into_iter().map(Invocation::start).collect();
    running.into_iter().map(Running::finish).collect()
}

struct Running {
    shown: String,
    child: Child,
}

impl Running {
    #[track_caller]
    fn finish(self) -> Ran {
        match self.child.wait_with_output() {
            Ok(output) => Ran::new(self.shown, output),
            Err(error) => panic!("cannot wait for `{}`: {error}", self.shown),
        }
    }
}

/// The name of the program and its arguments.
fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or_default();
    let words = std::iter::once(program).chain(command.get_args());
    words.map(OsStr::to_string_lossy).collect::<Vec<_>>().join(" ")
}
