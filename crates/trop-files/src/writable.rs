//! Finding out whether one could write, without writing.

use std::io;
use std::path::Path;

/// Whether this process may write to the file, or make files in the directory, at `path`, as access(2) says it for the
/// effective user.
///
/// # Errors
/// What writing would fail with: missing permission, a read-only file system, nothing there.
pub fn require_writable(path: &Path) -> io::Result<()> {
    #[cfg(unix)]
    {
        use rustix::fs::{Access, AtFlags, CWD, accessat};
        let needed = if path.is_dir() { Access::WRITE_OK | Access::EXEC_OK } else { Access::WRITE_OK };
        accessat(CWD, path, needed, AtFlags::EACCESS).map_err(io::Error::from)
    }
    #[cfg(not(unix))]
    {
        if path.metadata()?.permissions().readonly() {
            Err(io::ErrorKind::PermissionDenied.into())
        } else {
            Ok(())
        }
    }
}
