//! Whether root is about to write among somebody else's files.

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
    let user = effective_user().filter(|user| user.is_root())?;
    let (_, metadata) = nearest_existing(path)?;
    let owner = UserId::owner_of(&metadata)?;
    (owner != user).then(|| User::look_up(owner))
}
