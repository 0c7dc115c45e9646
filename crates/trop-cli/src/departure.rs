//! The command that the process is to become, and what to say when it cannot.

use std::ffi::{OsStr, OsString};
use std::io::{self, Write};
use std::path::PathBuf;
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
        let failure = match find(program, &self.path) {
            None => Failure::NoSuchProgram { program: name },
            // The system calls that a lack of permission.
            Some(found) if found.is_dir() => {
                Failure::NotStarted { program: name, source: io::ErrorKind::IsADirectory.into() }
            }
            Some(_) => Failure::NotStarted { program: name, source: error },
        };
        let diagnostic = failure.diagnostic();
        // When stderr is gone, there is nobody left to tell.
        let _ = diagnostic.write_to(stderr, self.format, self.style, self.verbose);
        diagnostic.status.code()
    }
}

/// What has that name where programs are looked for: at the path itself when it is one, else in a directory of `path`. Where a link
/// leads does not matter.
fn find(program: &OsStr, path: &OsStr) -> Option<PathBuf> {
    let is_path = program.to_string_lossy().contains(std::path::is_separator);
    let mut places: Vec<PathBuf> = if is_path {
        vec![program.into()]
    } else {
        std::env::split_paths(path).map(|directory| directory.join(program)).collect()
    };
    places.retain(|place| !program.is_empty() && place.symlink_metadata().is_ok());
    places.into_iter().next()
}
