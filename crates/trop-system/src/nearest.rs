//! The nearest thing that exists.

use std::fs::Metadata;
use std::path::{Path, PathBuf};

/// As many links in a row as Linux follows before it gives up (path_resolution(7)).
const MOST_LINKS: u32 = 40;

/// What exists (and may be looked at) nearest to `path`, which is absolute: itself, or an ancestor.
///
/// Links are followed, also those that lead nowhere: what is made through one would lie where it leads.
pub(crate) fn nearest_existing(path: &Path) -> Option<(PathBuf, Metadata)> {
    let mut nearest = path.to_owned();
    let mut links_left = MOST_LINKS;
    loop {
        if let Ok(metadata) = nearest.metadata() {
            return Some((nearest, metadata));
        }
        let parent = nearest.parent()?.to_owned();
        nearest = match nearest.read_link() {
            Ok(target) if links_left > 0 => {
                links_left -= 1;
                parent.join(target)
            }
            _ => parent,
        };
    }
}
