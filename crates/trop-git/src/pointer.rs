//! The small files in which git notes where something is.

use std::borrow::Cow;
use std::path::{Path, PathBuf};

use gix::discover::path::{from_gitdir_file, from_plain_file_relative_to_file};

/// Where a `.git` that is a plain file points to, whether something is there or not.
pub(crate) fn read_gitfile(file: &Path) -> Option<PathBuf> {
    from_gitdir_file(file).ok().map(settled)
}

/// The path that a file such as `commondir` consists of, if it is a file; whether something is there or not.
pub(crate) fn read_path_file(file: &Path) -> Option<PathBuf> {
    // Without this look gix would open a FIFO, and wait.
    if !file.is_file() {
        return None;
    }
    from_plain_file_relative_to_file(file)?.ok().map(settled)
}

/// The path as the system sees it, and where nothing is there, as text without `..`: its last component is to be a name.
fn settled(path: PathBuf) -> PathBuf {
    if let Ok(canonical) = path.canonicalize() {
        return canonical;
    }
    gix::path::normalize(Cow::Borrowed(&path), Path::new("/")).map_or_else(|| path.clone(), Cow::into_owned)
}
