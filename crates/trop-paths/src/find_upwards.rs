//! Looking for a file in a directory and in those above it.

use std::fs::symlink_metadata;

use crate::AbsPath;

/// The nearest directory, from `start` upwards, that has one of these `names` in it, file or not.
///
/// The search ends at the first directory that has `boundary` in it, that one included. A directory that is not there, or that
/// cannot be looked into, has nothing in it. Links count as what they are called, wherever they lead.
#[must_use]
pub fn find_upwards(start: &AbsPath, names: &[&str], boundary: &str) -> Option<AbsPath> {
    let mut directory = start.clone();
    loop {
        let has = |name: &str| symlink_metadata(directory.as_path().join(name)).is_ok();
        if names.iter().any(|name| has(name)) {
            return Some(directory);
        }
        if has(boundary) {
            return None;
        }
        directory = directory.parent()?;
    }
}
