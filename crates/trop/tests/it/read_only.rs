//! What cannot be written for a while.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use camino::{Utf8Path, Utf8PathBuf};

/// Takes away every permission to write, and gives it back in the end: the directory is to be removed.
pub(crate) struct ReadOnly(Utf8PathBuf, u32);

impl ReadOnly {
    pub(crate) fn new(path: &Utf8Path) -> ReadOnly {
        let mode = fs::metadata(path).unwrap().permissions().mode();
        fs::set_permissions(path, Permissions::from_mode(mode & !0o222)).unwrap();
        ReadOnly(path.to_owned(), mode)
    }
}

impl Drop for ReadOnly {
    fn drop(&mut self) {
        fs::set_permissions(&self.0, Permissions::from_mode(self.1)).unwrap();
    }
}
