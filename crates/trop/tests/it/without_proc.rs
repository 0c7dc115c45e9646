//! Where there is no /proc.

use std::process::Command;

use trop_testkit::need::Need;
use trop_testkit::{Invocation, Ran};

use crate::inside::after_mounting;

/// The right to hide it from a process.
pub(crate) fn need() -> Need {
    let mut nothing = Command::new("true");
    nothing.current_dir("/").env("PATH", "/usr/bin:/bin");
    let status = hidden(Invocation { command: nothing }).command.status();
    let is_met = status.is_ok_and(|status| status.success());
    Need { name: "the right to hide /proc from a process".to_owned(), is_met }
}

/// The same run, for which there is none.
pub(crate) fn hidden(run: Invocation) -> Invocation {
    after_mounting("mount -t tmpfs tmpfs /proc", run)
}

/// Runs it so.
#[track_caller]
pub(crate) fn run(run: Invocation) -> Ran {
    hidden(run).run()
}
