//! The path guard: hands off directories that have nothing to do with where one is.

use trop_paths::{AbsPath, Relation};

use crate::Target;

/// A directory that is neither the working directory, nor above it, nor below it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{path} is neither inside nor above the working directory {working_directory}")]
pub struct Unrelated {
    /// The directory.
    pub path: AbsPath,
    /// The working directory, canonical.
    pub working_directory: AbsPath,
}

/// Lets through the working directory, its ancestors and its descendants, by component. The target counts as related when
/// it is as typed or when it is made canonical.
///
/// # Errors
/// When it is neither.
pub fn require_related(target: &Target, working_directory: &AbsPath) -> Result<(), Unrelated> {
    let is_related = |path: &AbsPath| path.relation(working_directory) != Relation::Unrelated;
    if is_related(&target.path) || target.canonical.as_ref().is_some_and(is_related) {
        return Ok(());
    }
    Err(Unrelated { path: target.path.clone(), working_directory: working_directory.clone() })
}
