//! Whether a directory is there, certainly gone, or perhaps only out of reach.

use std::io;

use crate::{AbsPath, canonical_form};

/// Directories below which whole disks appear and vanish, or which are shared with containers: when everything below one of
/// these is missing, that says nothing about what was there. (`/run/media` itself is often only there while a disk is.)
const KEEPS: [&str; 4] = ["/", "/home", "/Users", "/run"];

/// Where removable and network disks are mounted: each directory directly below is a disk, too.
const MOUNT_POINTS: [&str; 4] = ["/mnt", "/media", "/run/media", "/Volumes"];

/// What a look at a directory showed.
#[derive(Debug)]
pub enum Presence {
    /// It is there.
    Present,
    /// It is certainly gone: not found, or something else stands in its place, and what is left above it is an ordinary
    /// directory.
    Gone,
    /// It is not found, but neither is what should hold it: the nearest ancestor that exists is named. An unmounted disk
    /// looks just like that.
    PerhapsUnmounted(AbsPath),
    /// It could not be looked at.
    Unknown(io::Error),
}

/// As many links in a row as Linux follows before it gives up (path_resolution(7)).
const MOST_LINKS: u32 = 40;

/// Looks whether the directory `path` is there. Symlinks are followed, those that lead nowhere included: a link to a disk
/// that is not mounted does not mean that what was on it is gone.
#[must_use]
pub fn presence(path: &AbsPath) -> Presence {
    match std::fs::metadata(path.as_path()) {
        Ok(metadata) if metadata.is_dir() => Presence::Present,
        Ok(_) => path.parent().map_or(Presence::Present, |parent| absent(&parent, MOST_LINKS)),
        Err(error) if means_absent(&error) => absent(path, MOST_LINKS),
        Err(error) => Presence::Unknown(error),
    }
}

/// Judges a directory that is not there by the nearest ancestor that is: by its own path, and by where it really is.
fn absent(path: &AbsPath, links_left: u32) -> Presence {
    let mut nearest = path.clone();
    loop {
        match std::fs::metadata(nearest.as_path()) {
            Ok(_) => {
                let mut places = [canonical_form(&nearest), nearest].into_iter();
                let mount_point = places.find(may_be_a_mount_point);
                return mount_point.map_or(Presence::Gone, Presence::PerhapsUnmounted);
            }
            Err(error) if !means_absent(&error) => return Presence::Unknown(error),
            Err(_) => {}
        }
        let Some(parent) = nearest.parent() else {
            return Presence::PerhapsUnmounted(nearest);
        };
        match nearest.as_path().read_link_utf8() {
            Ok(target) if links_left > 0 => {
                // A relative target begins where the link really lies.
                let target = canonical_form(&parent).join(&target);
                return absent(&target, links_left - 1);
            }
            Ok(_) => return Presence::Unknown(io::Error::other("too many symbolic links lead on from here")),
            Err(error) if !means_absent(&error) => return Presence::Unknown(error),
            Err(_) => nearest = parent,
        }
    }
}

/// Not found, or a component that should be a directory is not one.
fn means_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

fn may_be_a_mount_point(path: &AbsPath) -> bool {
    let is_mount_root = |path: &AbsPath| MOUNT_POINTS.contains(&path.as_str());
    KEEPS.contains(&path.as_str())
        || is_mount_root(path)
        || path.parent().is_some_and(|parent| is_mount_root(&parent))
}
