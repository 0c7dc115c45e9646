//! Where there is no /proc.

use trop_testkit::{Invocation, Ran};

use crate::inside::after_mounting;

/// The same run, for which there is none.
pub(crate) fn hidden(run: Invocation) -> Invocation {
    after_mounting("mount -t tmpfs tmpfs /proc", run)
}

/// Runs it so.
#[track_caller]
pub(crate) fn run(run: Invocation) -> Ran {
    hidden(run).run()
}
