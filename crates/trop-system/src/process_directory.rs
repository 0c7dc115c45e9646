//! Where another process runs.

use std::path::PathBuf;

/// The working directory of a process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessDirectory {
    /// Its path, without links. Where it was deleted, the path that it had.
    pub path: PathBuf,
    /// The nearest directory from there upwards that was not deleted. One that was made anew under the path of a deleted one is
    /// another directory.
    pub surviving: PathBuf,
}

/// The directory in which the process runs; `None` when there is no such process, when this user may not know, and everywhere
/// except on Linux.
#[must_use]
pub fn process_directory(process_id: u32) -> Option<ProcessDirectory> {
    #[cfg(target_os = "linux")]
    {
        let link = PathBuf::from(format!("/proc/{process_id}/cwd"));
        let shown = std::fs::read_link(&link).ok()?;
        let deleted = count_deleted(link)?;
        let path = if deleted == 0 { shown } else { without_mark(&shown) };
        let surviving = path.ancestors().nth(deleted)?.to_owned();
        Some(ProcessDirectory { path, surviving })
    }
    #[cfg(not(target_os = "linux"))]
    {
        let _ = process_id;
        None
    }
}

/// How many directories there are, from this one upwards, to which no name leads any more: such a directory has no links, and
/// its `..` still leads to where it was.
#[cfg(target_os = "linux")]
fn count_deleted(mut directory: PathBuf) -> Option<usize> {
    let mut deleted = 0;
    while std::os::unix::fs::MetadataExt::nlink(&std::fs::metadata(&directory).ok()?) == 0 {
        deleted += 1;
        directory.push("..");
    }
    Some(deleted)
}

/// What the kernel puts behind the path of a directory that was deleted (proc_pid_cwd(5)). A directory can be called so, too.
#[cfg(target_os = "linux")]
const DELETED: &[u8] = b" (deleted)";

#[cfg(target_os = "linux")]
fn without_mark(shown: &std::path::Path) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;

    let bytes = shown.as_os_str().as_bytes();
    let path = bytes.strip_suffix(DELETED).unwrap_or(bytes);
    std::ffi::OsStr::from_bytes(path).into()
}
