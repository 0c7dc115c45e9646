//! What cannot be written for a while.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::Utf8Path;

/// Takes away every permission to write, and gives it back in the end: the directory is to be removed.
pub(crate) struct ReadOnly<'p>(&'p Utf8Path, u32);

impl ReadOnly<'_> {
    pub(crate) fn new(path: &Utf8Path) -> ReadOnly<'_> {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        fs::set_permissions(path, Permissions::from_mode(mode & !0o222)).unwrap();
        ReadOnly(path, mode)
    }
}

impl Drop for ReadOnly<'_> {
    fn drop(&mut self) {
        fs::set_permissions(self.0, Permissions::from_mode(self.1)).unwrap();
    }
}
