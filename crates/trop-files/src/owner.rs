//! Making a new file belong to those that an old one belongs to.

use std::fs::{File, Metadata};
use std::io;

use crate::FileError;
use crate::real_file::RealFile;

/// Whether this process can make a file that belongs to the same user and group as the old one, whose metadata this is: root
/// can, others only for themselves and their own groups (chown(2)).
#[cfg(unix)]
pub(crate) fn require_owner_can_stay(file: &RealFile, old: &Metadata) -> Result<(), FileError> {
    use std::os::unix::fs::MetadataExt;

    let user = rustix::process::geteuid();
    if user.is_root() || (user.as_raw() == old.uid() && may_give_group(file, old.gid())) {
        return Ok(());
    }
    Err(FileError::OwnerWouldChange { path: file.path.clone() })
}

/// There is nothing of the kind.
#[cfg(not(unix))]
pub(crate) fn require_owner_can_stay(_: &RealFile, _: &Metadata) -> Result<(), FileError> {
    Ok(())
}

#[cfg(unix)]
fn may_give_group(file: &RealFile, group: u32) -> bool {
    use std::os::unix::fs::MetadataExt;

    use rustix::process::{getegid, getgroups};

    // With the bit set-group-ID it comes from the directory, as always outside of Linux (inode(7)).
    let is_inherited = file.directory.metadata().is_ok_and(|directory| {
        directory.gid() == group && (directory.mode() & 0o2000 != 0 || cfg!(not(target_os = "linux")))
    });
    let own_groups = getgroups().unwrap_or_default();
    is_inherited || getegid().as_raw() == group || own_groups.iter().any(|own| own.as_raw() == group)
}

/// Gives the new file to those that the old one, whose metadata this is, belongs to.
#[cfg(unix)]
pub(crate) fn keep_owner(new: &File, old: &Metadata) -> io::Result<()> {
    use std::os::unix::fs::{MetadataExt, fchown};

    let given = new.metadata()?;
    let user = (given.uid() != old.uid()).then_some(old.uid());
    let group = (given.gid() != old.gid()).then_some(old.gid());
    if user.is_none() && group.is_none() {
        return Ok(());
    }
    fchown(new, user, group)
}

/// There is nothing of the kind.
#[cfg(not(unix))]
pub(crate) fn keep_owner(_: &File, _: &Metadata) -> io::Result<()> {
    Ok(())
}
