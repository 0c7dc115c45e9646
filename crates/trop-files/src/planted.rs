//! Links that somebody else put where everybody can.

use std::io;
use std::path::Path;

/// Requires that no name in `path` is a link that may be a trap. Such a link lies in a directory in which everybody can make files,
/// and belongs to neither this user nor root nor the owner of that directory: whoever follows it writes where somebody else wants it.
///
/// Linux does the same by itself in directories with the sticky bit, unless that is switched off (`protected_symlinks` in proc_sys_fs(5)).
///
/// # Errors
/// When there is such a link.
pub fn require_not_planted(path: &Path) -> io::Result<()> {
    match path.ancestors().find(|link| is_planted(link)) {
        None => Ok(()),
        Some(link) => {
            let why = format!("{} is a link of another user, where everybody can make one", link.display());
            Err(io::Error::new(io::ErrorKind::PermissionDenied, why))
        }
    }
}

#[cfg(unix)]
fn is_planted(path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;

    let Ok(link) = path.symlink_metadata() else { return false };
    if !link.is_symlink() {
        return false;
    }
    let parent = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let Ok(directory) = parent.metadata() else { return false };
    let is_everybodys = directory.mode() & 0o002 != 0;
    let trusted = [rustix::process::geteuid().as_raw(), 0, directory.uid()];
    is_everybodys && !trusted.contains(&link.uid())
}

/// Only Unix has such directories.
#[cfg(not(unix))]
fn is_planted(_: &Path) -> bool {
    false
}
