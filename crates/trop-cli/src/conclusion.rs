//! How a command ends.

use std::process::Command;

use trop_output::ExitStatus;

/// How a command ends that did not fail.
pub(crate) enum Conclusion {
    /// The process ends.
    Exit(ExitStatus),
    /// The process becomes another command.
    Become(Command),
}

impl Conclusion {
    /// It did what it was asked.
    pub(crate) const DONE: Conclusion = Conclusion::Exit(ExitStatus::Done);
}
