//! The real world, handed in once.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use trop_model::Timestamp;
use trop_output::ExitStatus;

use crate::departure::Departure;

/// What the program sees of the process it runs in. What costs a system call is a closure, called when it is needed.
pub struct Host<'h> {
    /// The environment variables whose names are Unicode; no others mean anything to trop.
    pub variables: BTreeMap<String, OsString>,
    /// The working directory as the system names it.
    pub working_directory: &'h dyn Fn() -> io::Result<PathBuf>,
    /// The time now.
    pub now: Timestamp,
    /// Where answers go.
    pub stdout: &'h mut dyn Write,
    /// Where everything else goes.
    pub stderr: &'h mut dyn Write,
    /// Whether `stdout` is a terminal.
    pub stdout_is_terminal: &'h dyn Fn() -> bool,
    /// Whether `stderr` is a terminal.
    pub stderr_is_terminal: &'h dyn Fn() -> bool,
}

/// What the process is to do when the program is done.
#[derive(Debug)]
pub enum Ending {
    /// End with this code.
    Exit(u8),
    /// Become another program. Nothing of trop's is open any more.
    Become(Box<Departure>),
}

impl Ending {
    pub(crate) fn exit(status: ExitStatus) -> Ending {
        Ending::Exit(status.code())
    }
}
