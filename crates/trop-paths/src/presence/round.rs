//! Many directories, looked at in one round.

use std::fs::Metadata;
use std::path::MAIN_SEPARATOR;

use super::{Presence, left_above, may_be_unmounted, means_absent, presence};
use crate::AbsPath;

/// How many directories side by side are judged together, so that little time passes between the looks at what holds them.
const MOST_AT_ONCE: usize = 1_000;

/// What [`presence`] says of each of these directories, in their order. `step` is called after each.
///
/// Where paths that follow each other have the same parent, what is left above them is judged once for all of them that are not found, and
/// not once for each: in a list in order a vanished directory costs one system call.
///
/// What is not found counts as gone only because of what is left above it, and a disk may be mounted meanwhile: it was not there when the
/// directory was looked for, and is when what is above is looked at. So that is looked at before and after. Unless it was the same directory
/// both times, each path is looked at by itself.
pub fn presences(paths: &[&AbsPath], mut step: impl FnMut()) -> Vec<Presence> {
    let side_by_side = paths.chunk_by(|one, next| beginning(one) == beginning(next));
    let rounds = side_by_side.flat_map(|siblings| siblings.chunks(MOST_AT_ONCE));
    rounds.flat_map(|siblings| look_at_siblings(siblings, &mut step)).collect()
}

/// The path up to its last name.
fn beginning(path: &AbsPath) -> &str {
    path.as_str().rsplit_once(MAIN_SEPARATOR).map_or("", |(beginning, _)| beginning)
}

fn look_at_siblings(siblings: &[&AbsPath], step: &mut impl FnMut()) -> Vec<Presence> {
    let parent = siblings.first().filter(|_| 1 < siblings.len()).and_then(|path| path.parent());
    let left = parent.and_then(|parent| Some((Left::above(&parent)?, parent)));
    let seen: Vec<Option<Presence>> = siblings
        .iter()
        .map(|path| {
            let seen = if left.is_some() { look_at(path) } else { Some(presence(path)) };
            step();
            seen
        })
        .collect();
    let judged = left.filter(|_| seen.iter().any(Option::is_none)).and_then(|(before, parent)| {
        let mount_point = may_be_unmounted(before.directory.clone());
        (Left::above(&parent) == Some(before)).then_some(mount_point)
    });
    let settle = |(seen, path): (Option<Presence>, &&AbsPath)| {
        seen.unwrap_or_else(|| match &judged {
            Some(mount_point) => left_above(mount_point.clone()),
            None => presence(path),
        })
    };
    seen.into_iter().zip(siblings).map(settle).collect()
}

/// What is there, links included; `None` when there is nothing.
fn look_at(path: &AbsPath) -> Option<Presence> {
    match std::fs::symlink_metadata(path.as_path()) {
        Ok(metadata) if metadata.is_dir() => Some(Presence::Present),
        Err(error) if means_absent(&error) => None,
        _ => Some(presence(path)),
    }
}

/// What is left of the way to a directory.
#[derive(PartialEq, Eq)]
struct Left {
    /// The last one on the way that is there.
    directory: AbsPath,
    /// Which one it is.
    numbers: (u64, u64),
}

impl Left {
    /// What is left of the way to that directory, itself included. `None` where the system does not tell, or a link leads nowhere, which may
    /// lead to a disk.
    fn above(directory: &AbsPath) -> Option<Left> {
        let mut directory = directory.clone();
        loop {
            if let Ok(metadata) = std::fs::metadata(directory.as_path()) {
                return Some(Left { numbers: numbers(&metadata)?, directory });
            }
            match std::fs::symlink_metadata(directory.as_path()) {
                Err(error) if means_absent(&error) => directory = directory.parent()?,
                _ => return None,
            }
        }
    }
}

#[cfg(unix)]
fn numbers(metadata: &Metadata) -> Option<(u64, u64)> {
    use std::os::unix::fs::MetadataExt;
    Some((metadata.dev(), metadata.ino()))
}

#[cfg(not(unix))]
fn numbers(_metadata: &Metadata) -> Option<(u64, u64)> {
    None
}
