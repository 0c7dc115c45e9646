//! What stands in the way of a directory.

use std::fmt;
use std::io;
use std::path::{Path, PathBuf};

/// What is in the place of a directory, or in the way to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Obstacle {
    /// Something else than a directory.
    NoDirectory(PathBuf),
    /// A link, and nothing where it leads.
    LinkToNowhere(PathBuf),
}

/// Why there is no directory at `path`, an absolute one, and none can be made: what stands there or is nearest above it, where that is
/// no directory. `None` also where that cannot be found out.
#[must_use]
pub fn find_obstacle(path: &Path) -> Option<Obstacle> {
    let nearest = path.ancestors().find(|ancestor| ancestor.symlink_metadata().is_ok())?;
    match nearest.metadata() {
        Ok(metadata) if metadata.is_dir() => None,
        Ok(_) => Some(Obstacle::NoDirectory(nearest.to_owned())),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            Some(Obstacle::LinkToNowhere(nearest.to_owned()))
        }
        Err(_) => None,
    }
}

impl Obstacle {
    /// Where it is.
    #[must_use]
    pub fn path(&self) -> &Path {
        match self {
            Obstacle::NoDirectory(path) | Obstacle::LinkToNowhere(path) => path,
        }
    }
}

impl fmt::Display for Obstacle {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Obstacle::NoDirectory(path) => write!(f, "{} is not a directory", path.display()),
            Obstacle::LinkToNowhere(path) => write!(f, "{} is a link that leads nowhere", path.display()),
        }
    }
}

impl std::error::Error for Obstacle {}

impl From<Obstacle> for io::Error {
    fn from(obstacle: Obstacle) -> io::Error {
        io::Error::new(io::ErrorKind::NotADirectory, obstacle)
    }
}
