//! The program under test, in the home of the storm.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::storm::ground::Ground;

/// How trop is started.
#[derive(Debug)]
pub(crate) struct Trop {
    program: PathBuf,
    home: PathBuf,
}

impl Trop {
    pub(crate) fn new(program: PathBuf, ground: &Ground) -> Trop {
        Trop { program, home: ground.home() }
    }

    /// The same program in another home.
    pub(crate) fn in_home(&self, home: PathBuf) -> Trop {
        Trop { program: self.program.clone(), home }
    }

    /// Its environment is built from nothing.
    pub(crate) fn command(&self, arguments: &[String], working_directory: &Path) -> Command {
        let mut command = Command::new(&self.program);
        command.args(arguments).current_dir(working_directory);
        command.env_clear().env("HOME", &self.home).env("PATH", "/usr/bin:/bin");
        command
    }
}
