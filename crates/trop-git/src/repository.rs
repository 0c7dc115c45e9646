//! The repository that a directory belongs to.

use std::path::{Path, PathBuf};

use crate::layout::{common_directory, is_git_directory, named_common_directory};
use crate::pointer::{read_gitfile, read_path_file};

/// A repository, as seen from a directory in it.
#[derive(Debug)]
pub(crate) enum Repository {
    /// The checkout that came with the repository, wherever its git directory is.
    MainCheckout { work_tree: PathBuf, git_directory: PathBuf },
    /// One that `git worktree add` made. Its own directory is unknown when one asks from inside of git's notes about it and these
    /// are broken.
    LinkedWorktree { work_tree: Option<PathBuf>, common_directory: PathBuf },
    /// A bare repository, or the inside of a `.git`.
    WithoutWorkTree { git_directory: PathBuf },
}

/// Looks in `directory` and upwards. What git would not take for a repository is passed by, with one exception: a
/// `.git` file marks a checkout of something, so even when it is broken nothing above is asked.
///
/// gix can search, too, but it reads whatever is called HEAD to its end, and so it waits for ever where that is a FIFO.
pub(crate) fn find_repository(directory: &Path) -> Option<Repository> {
    let start = directory.ancestors().find_map(|ancestor| ancestor.canonicalize().ok())?;
    for ancestor in start.ancestors() {
        let dot_git = ancestor.join(".git");
        if dot_git.is_file() {
            return read_gitfile(&dot_git).map(|git_directory| checkout(ancestor, git_directory));
        }
        if is_git_directory(&dot_git) {
            return Some(Repository::MainCheckout { work_tree: ancestor.to_owned(), git_directory: dot_git });
        }
        if is_git_directory(ancestor) {
            return Some(Repository::WithoutWorkTree { git_directory: ancestor.to_owned() });
        }
        if let Some(common_directory) = named_common_directory(ancestor) {
            return Some(Repository::LinkedWorktree { work_tree: work_tree_of(ancestor), common_directory });
        }
    }
    None
}

/// The checkout in `work_tree`, whose `.git` file points to `git_directory`.
fn checkout(work_tree: &Path, git_directory: PathBuf) -> Repository {
    let work_tree = work_tree.to_owned();
    match common_directory(&git_directory) {
        Some(common_directory) => Repository::LinkedWorktree { work_tree: Some(work_tree), common_directory },
        None => Repository::MainCheckout { work_tree, git_directory },
    }
}

/// The linked worktree that `git_directory` belongs to, by the `.git` file that it names.
fn work_tree_of(git_directory: &Path) -> Option<PathBuf> {
    let gitfile = read_path_file(&git_directory.join("gitdir"))?;
    gitfile.parent().map(Path::to_owned)
}
