//! Where a path really leads.

use crate::{AbsPath, resolve_inferred};

/// `path` with its symlinks followed. What does not exist (yet, or any longer) is taken as it stands: the nearest ancestor
/// that exists is made canonical, and the rest is put behind it.
///
/// Best effort: where the system does not say, the answer is `path` itself.
#[must_use]
pub fn canonical_form(path: &AbsPath) -> AbsPath {
    let mut existing = path.clone();
    loop {
        if let (Ok(canonical), Some(rest)) =
            (resolve_inferred(existing.as_path().as_std_path()), path.below(&existing))
        {
            return canonical.join(rest);
        }
        match existing.parent() {
            Some(parent) => existing = parent,
            None => return path.clone(),
        }
    }
}
