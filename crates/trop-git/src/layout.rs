//! How the inside of a repository is laid out (gitrepository-layout(5)).

use std::path::{Path, PathBuf};

use crate::pointer::read_path_file;

/// Whether `directory` is what `.git` usually is. HEAD need only be there: when it is broken, the rest still tells a name.
pub(crate) fn is_git_directory(directory: &Path) -> bool {
    directory.join("HEAD").symlink_metadata().is_ok() && holds_history(directory)
}

/// The git directory that a linked worktree with this one shares with the main repository; `None` when it shares none, which
/// is to say that it is no linked worktree's.
///
/// Where the file that names it is broken, or everything is out of reach, the path tells: git keeps what belongs to one
/// linked worktree in `<common directory>/worktrees/<name>`.
pub(crate) fn common_directory(git_directory: &Path) -> Option<PathBuf> {
    if holds_history(git_directory) {
        return None;
    }
    named_common_directory(git_directory).or_else(|| common_directory_by_path(git_directory))
}

/// The same, as the git directory itself says, where that is true.
pub(crate) fn named_common_directory(git_directory: &Path) -> Option<PathBuf> {
    let common_directory = read_path_file(&git_directory.join("commondir"))?;
    holds_history(&common_directory).then_some(common_directory)
}

fn common_directory_by_path(git_directory: &Path) -> Option<PathBuf> {
    let worktrees = git_directory.parent()?;
    if worktrees.file_name()? != "worktrees" {
        return None;
    }
    worktrees.parent().map(Path::to_owned)
}

fn holds_history(directory: &Path) -> bool {
    directory.join("objects").is_dir() && directory.join("refs").is_dir()
}
