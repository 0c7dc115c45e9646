//! Somebody without special rights, for tests that root runs.

use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::process::Command;

use camino::Utf8Path;

/// The user and group "nobody" of most systems. No account is needed, the number will do.
const NOBODY: u32 = 65534;

/// Lets the command run as somebody without special rights: where the test runs as root as another user, else as its
/// own.
pub fn as_ordinary_user(command: &mut Command) {
    if is_root() {
        command.uid(NOBODY).gid(NOBODY);
    }
}

/// Makes whoever [`as_ordinary_user`] means the owner.
pub(crate) fn give_to_ordinary_user(path: &Utf8Path) {
    if is_root() {
        chown(path, Some(NOBODY), Some(NOBODY)).expect("root may change an owner");
    }
}

pub(crate) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}
