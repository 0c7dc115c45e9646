//! Whether files are somebody else's.

use std::path::Path;

use crate::nearest::nearest_existing;
use crate::{User, UserId, effective_user};

/// The user whom `path`, an absolute one, belongs to, when this process is root's and `path` is not. What root makes among another user's
/// files, that user cannot change or remove any more.
///
/// Where `path` is missing, its nearest ancestor that exists is meant: whoever has a home has what is made in it. For
/// anybody but root always `None`, since permissions bind them.
#[must_use]
pub fn foreign_owner(path: &Path) -> Option<User> {
    effective_user().filter(|user| user.is_root())?;
    other_owner(path)
}

/// The user whom `path`, an absolute one, or, where it is missing, its nearest ancestor that exists, belongs to, when that is not the
/// user whose permissions this process has.
#[must_use]
pub fn other_owner(path: &Path) -> Option<User> {
    let (_, metadata) = nearest_existing(path)?;
    let owner = UserId::owner_of(&metadata)?;
    (owner != effective_user()?).then(|| User::look_up(owner))
}
