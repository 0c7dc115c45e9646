//! From a repository to the two labels.

use std::ffi::OsStr;
use std::path::Path;
use std::str::FromStr;

use trop_model::{Project, Task};

use crate::branch::current_branch;
use crate::repository::{Repository, find_repository};

/// What git says of a directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Labels {
    /// The name of the main repository's directory.
    pub project: Option<Project>,
    /// The name of the linked worktree's directory; in any other checkout the current branch.
    pub task: Option<Task>,
}

/// Asks git about `directory`, an absolute path. Where it does not exist (yet), its nearest ancestor that does is meant.
///
/// A label is absent where there is no repository, where it is broken, and where the name is no label: not Unicode, longer than
/// 255 bytes, with control characters. A detached HEAD is no branch.
///
/// Symbolic links are followed first, so the route by which one came does not matter.
#[must_use]
pub fn identify(directory: &Path) -> Labels {
    match find_repository(directory) {
        Some(repository) => {
            Labels { project: label(project_name(&repository)), task: label(task_name(&repository)) }
        }
        None => Labels::default(),
    }
}

fn project_name(repository: &Repository) -> Option<String> {
    match repository {
        Repository::MainCheckout { work_tree, .. } => directory_name(work_tree),
        Repository::LinkedWorktree { common_directory, .. } => repository_name(common_directory),
        Repository::WithoutWorkTree { git_directory } => repository_name(git_directory),
    }
}

fn task_name(repository: &Repository) -> Option<String> {
    match repository {
        Repository::LinkedWorktree { work_tree, .. } => directory_name(work_tree.as_deref()?),
        Repository::MainCheckout { git_directory, .. } | Repository::WithoutWorkTree { git_directory } => {
            current_branch(git_directory)
        }
    }
}

/// What people call the repository whose files git keeps in `git_directory`: `shop` for `shop.git`, and for `shop/.git` and
/// `shop/.bare`, where the directory itself has no name worth telling.
fn repository_name(git_directory: &Path) -> Option<String> {
    if let Some(name) = directory_name(git_directory)
        && !name.starts_with('.')
    {
        return Some(name.strip_suffix(".git").unwrap_or(&name).to_owned());
    }
    directory_name(git_directory.parent()?)
}

fn directory_name(path: &Path) -> Option<String> {
    path.file_name().and_then(OsStr::to_str).map(str::to_owned)
}

fn label<T: FromStr>(name: Option<String>) -> Option<T> {
    name?.parse().ok()
}
