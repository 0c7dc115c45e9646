//! Whether a directory is there, certainly gone, or perhaps only out of reach.

mod round;

use std::io;
use std::sync::LazyLock;

use crate::{AbsPath, canonical_form};

pub use self::round::presences;

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
    /// Something that is no directory stands in its place, where disks are mounted: right below the directory that is named.
    Displaced(AbsPath),
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
        Ok(_) => match path.parent().map(may_be_unmounted).map(left_above) {
            Some(Presence::PerhapsUnmounted(above)) => Presence::Displaced(above),
            judged => judged.unwrap_or(Presence::Present),
        },
        Err(error) if means_absent(&error) => absent(path, MOST_LINKS),
        Err(error) => Presence::Unknown(error),
    }
}

/// Judges a directory that was not there a moment ago by the nearest ancestor that is.
fn absent(path: &AbsPath, links_left: u32) -> Presence {
    let mut nearest = path.clone();
    loop {
        match std::fs::metadata(nearest.as_path()) {
            // It has come back.
            Ok(metadata) if nearest == *path && metadata.is_dir() => return Presence::Present,
            Ok(_) => return left_above(may_be_unmounted(nearest)),
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
            // There is something now, and it is no link.
            Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Presence::Present,
            Err(error) if !means_absent(&error) => return Presence::Unknown(error),
            Err(_) => nearest = parent,
        }
    }
}

/// Judges a directory that is missing from one below which a disk may just not be mounted, or from an ordinary one.
fn left_above(mount_point: Option<AbsPath>) -> Presence {
    mount_point.map_or(Presence::Gone, Presence::PerhapsUnmounted)
}

/// The directory, where it is one below which disks are mounted: by its path, or by where it really is.
fn may_be_unmounted(ancestor: AbsPath) -> Option<AbsPath> {
    static LANDMARKS: LazyLock<Landmarks> = LazyLock::new(|| Landmarks::of(canonical_form));
    let mut places = [canonical_form(&ancestor), ancestor].into_iter();
    places.find(|place| LANDMARKS.may_be_a_mount_point(place))
}

/// Not found, or a component that should be a directory is not one.
fn means_absent(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory)
}

/// The directories of [`KEEPS`] and [`MOUNT_POINTS`] by these names and by where they really are: `/home` can be a link to `/var/home`.
struct Landmarks {
    keeps: Vec<AbsPath>,
    mount_points: Vec<AbsPath>,
}

impl Landmarks {
    fn of(canonical: impl Fn(&AbsPath) -> AbsPath) -> Landmarks {
        let by_both_names = |names: &[&str]| {
            let names = names.iter().filter_map(|name| AbsPath::from_clean(name).ok());
            names.flat_map(|name| [canonical(&name), name]).collect()
        };
        Landmarks { keeps: by_both_names(&KEEPS), mount_points: by_both_names(&MOUNT_POINTS) }
    }

    fn may_be_a_mount_point(&self, path: &AbsPath) -> bool {
        self.keeps.contains(path)
            || self.mount_points.contains(path)
            || path.parent().is_some_and(|parent| self.mount_points.contains(&parent))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_home_and_mnt_are_links_what_they_lead_to_is_kept_too() {
        let landmarks = Landmarks::of(|name| {
            let led_to = match name.as_str() {
                "/home" => "/var/home",
                "/mnt" => "/var/mnt",
                other => other,
            };
            AbsPath::from_clean(led_to).unwrap()
        });
        #[track_caller]
        fn check(landmarks: &Landmarks, path: &str, expected: bool) {
            assert_eq!(landmarks.may_be_a_mount_point(&AbsPath::from_clean(path).unwrap()), expected);
        }

        check(&landmarks, "/home", true);
        check(&landmarks, "/var/home", true);
        check(&landmarks, "/var/home/ada", false);
        check(&landmarks, "/mnt/disk", true);
        check(&landmarks, "/var/mnt/disk", true);
        check(&landmarks, "/var/mnt/disk/shop", false);
        check(&landmarks, "/media", true);
        check(&landmarks, "/var", false);
    }
}
