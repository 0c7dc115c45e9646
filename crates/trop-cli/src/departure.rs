//! The command that the process is to become, and what to say when it cannot.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::process::Command;

use trop_output::{ErrorFormat, Style};

use crate::failure::Failure;

/// A command that is about to take the place of trop, and how to report that it could not.
#[derive(Debug)]
pub struct Departure {
    command: Command,
    /// Where programs are looked for.
    path: OsString,
    format: ErrorFormat,
    style: Style,
    verbose: bool,
}

impl Departure {
    pub(crate) fn new(
        command: Command,
        path: OsString,
        format: ErrorFormat,
        style: Style,
        verbose: bool,
    ) -> Departure {
        Departure { command, path, format, style, verbose }
    }

    /// The command.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }

    /// Says that the command could not be started, and why. Returns the exit code: 127 when there is no such program, and 126 when there
    /// is one, as shells do (POSIX, Shell Command Language, 2.8.2).
    pub fn report(&self, error: io::Error, stderr: &mut dyn Write) -> u8 {
        let program = self.command.get_program();
        let name = program.to_string_lossy().into_owned();
        let failure = if is_found(program, &self.path) {
            Failure::NotStarted { program: name, source: error }
        } else {
            Failure::NoSuchProgram { program: name }
        };
        let diagnostic = failure.diagnostic();
        // When stderr is gone, there is nobody left to tell.
        let _ = diagnostic.write_to(stderr, self.format, self.style, self.verbose);
        diagnostic.status.code()
    }
}

/// Whether something of that name is where programs are looked for: at the path itself when it is one, else in a directory of `PATH`.
fn is_found(program: &OsStr, path: &OsStr) -> bool {
    let is_path = Path::new(program).components().count() != 1 || program.as_encoded_bytes().contains(&b'/');
    let places: Vec<PathBuf> = if is_path {
        vec![PathBuf::from(program)]
    } else {
        std::env::split_paths(path).map(|directory| directory.join(program)).collect()
    };
    // Where a link leads does not matter: the name is there.
    !program.is_empty() && places.iter().any(|place| place.symlink_metadata().is_ok())
}
