//! One run of a program, in an environment that is built from nothing.

use std::ffi::{OsStr, OsString};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::outcome::Outcome;

/// A run, still to begin.
#[derive(Debug, Clone)]
pub(crate) struct Run {
    /// With its directory: where PATH has to be searched, starting costs more.
    pub(crate) program: PathBuf,
    pub(crate) arguments: Vec<OsString>,
    pub(crate) home: PathBuf,
    pub(crate) directory: PathBuf,
    /// What it has to write to standard output, where that is known.
    pub(crate) answer: Option<Vec<u8>>,
}

impl Run {
    /// Runs it, and gives back what came on standard output.
    pub(crate) fn finish(&self) -> Outcome<Vec<u8>> {
        Ok(self.output_under(&[])?.0)
    }

    /// Runs it with the words of the tool in front, and gives back what came on standard error.
    pub(crate) fn finish_under(&self, tool: &[&OsStr]) -> Outcome<String> {
        Ok(self.output_under(tool)?.1)
    }

    /// How long it takes from before it is started to after its end is known. What it writes goes nowhere.
    pub(crate) fn time(&self) -> Outcome<Duration> {
        let words = self.words(&[]);
        let mut command = self.command(&words);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        let begin = Instant::now();
        let status = command.status();
        let elapsed = begin.elapsed();
        let status = status.map_err(|error| format!("cannot start {words:?}: {error}"))?;
        if !status.success() {
            return Err(format!("{words:?} failed with {status}").into());
        }
        Ok(elapsed)
    }

    fn output_under(&self, tool: &[&OsStr]) -> Outcome<(Vec<u8>, String)> {
        let words = self.words(tool);
        let output = self.command(&words).output();
        let output = output.map_err(|error| format!("cannot start {words:?}: {error}"))?;
        let stderr = String::from_utf8_lossy(&output.stderr).into_owned();
        if !output.status.success() {
            return Err(format!("{words:?} failed with {}\n{stderr}", output.status).into());
        }
        if self.answer.as_ref().is_some_and(|answer| *answer != output.stdout) {
            let answer = String::from_utf8_lossy(&output.stdout);
            return Err(format!("{words:?} did not answer as it had to, but {answer:?}").into());
        }
        Ok((output.stdout, stderr))
    }

    fn words(&self, tool: &[&OsStr]) -> Vec<OsString> {
        let program = [self.program.as_os_str()];
        let arguments = self.arguments.iter().map(OsString::as_os_str);
        tool.iter().copied().chain(program).chain(arguments).map(OsStr::to_owned).collect()
    }

    /// Nothing in it keeps the standard library from posix_spawn, which costs the same for every program.
    fn command(&self, words: &[OsString]) -> Command {
        let mut command = Command::new(&words[0]);
        command
            .args(&words[1..])
            .current_dir(&self.directory)
            .env_clear()
            .env("HOME", &self.home)
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .stdin(Stdio::null());
        command
    }
}
