//! The command that the process is to become, and what to say when it cannot.

use std::io::{self, Write};
use std::process::Command;

use trop_output::{ErrorFormat, Style};

use crate::failure::Failure;
use crate::pasting::Pasting;

/// A command that is about to take the place of trop, and how to report that it could not.
#[derive(Debug)]
pub struct Departure {
    command: Command,
    format: ErrorFormat,
    style: Style,
    verbose: bool,
}

impl Departure {
    pub(crate) fn new(command: Command, format: ErrorFormat, style: Style, verbose: bool) -> Departure {
        Departure { command, format, style, verbose }
    }

    /// The command.
    pub fn command(&mut self) -> &mut Command {
        &mut self.command
    }

    /// Says that the command is there and could not be started, and why. Returns the exit code.
    pub fn report(&self, error: io::Error, stderr: &mut dyn Write) -> u8 {
        let program = self.command.get_program().to_string_lossy().into_owned();
        let diagnostic = Failure::NotStarted { program, source: error }.diagnostic(&Pasting::default());
        // When stderr is gone, there is nobody left to tell.
        let _ = diagnostic.write_to(stderr, self.format, self.style, self.verbose);
        diagnostic.status.code()
    }
}
