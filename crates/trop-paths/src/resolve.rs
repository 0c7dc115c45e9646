//! From what was typed or found out to an [`AbsPath`].

use std::io;
use std::path::{Path, PathBuf};

use camino::{Utf8Path, Utf8PathBuf};

use crate::AbsPath;

/// A path that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PathError {
    /// No path at all.
    #[error("the path is empty")]
    Empty,
    /// `~name`, which only a shell can look up.
    #[error("\"{0}\" begins with another user's home, and only a leading \"~\" or \"~/\" is understood")]
    OtherHome(String),
    /// `~` where no home directory is known.
    #[error("\"{0}\" begins with the home directory, and none is known")]
    NoHome(String),
    /// Bytes that are not Unicode.
    #[error("the path {} is not valid Unicode", .0.display())]
    NotUnicode(PathBuf),
    /// The directory exists no longer, or cannot be reached.
    #[error("cannot find out where {} really is", path.display())]
    Unreachable {
        /// The path as it came.
        path: PathBuf,
        /// What the system said.
        source: io::Error,
    },
}

/// Cleans what somebody typed: a leading `~` is `home`, a relative path begins at `base`; symlinks stay, and nothing
/// need exist. Neither `base` nor `home` is asked for unless the text needs it.
///
/// # Errors
/// When the text is empty, begins with `~name`, or when `base` or `home` fails.
pub fn resolve_typed<E: From<PathError>>(
    text: &str,
    base: impl FnOnce() -> Result<AbsPath, E>,
    home: impl FnOnce() -> Option<AbsPath>,
) -> Result<AbsPath, E> {
    if text.is_empty() {
        return Err(PathError::Empty.into());
    }
    if let Some(after_tilde) = text.strip_prefix('~') {
        let below = after_tilde.trim_start_matches(std::path::is_separator);
        if below.len() == after_tilde.len() && !after_tilde.is_empty() {
            return Err(PathError::OtherHome(text.to_owned()).into());
        }
        let home = home().ok_or_else(|| PathError::NoHome(text.to_owned()))?;
        return Ok(home.join(Utf8Path::new(below)));
    }
    match AbsPath::clean(Utf8Path::new(text)) {
        Some(path) => Ok(path),
        None => Ok(base()?.join(Utf8Path::new(text))),
    }
}

/// Makes canonical what a program found out for itself, such as its working directory.
///
/// # Errors
/// When the path does not exist (any longer), cannot be reached, or is not Unicode.
pub fn resolve_inferred(path: &Path) -> Result<AbsPath, PathError> {
    let canonical =
        path.canonicalize().map_err(|source| PathError::Unreachable { path: path.to_owned(), source })?;
    let canonical = Utf8PathBuf::from_path_buf(canonical).map_err(PathError::NotUnicode)?;
    AbsPath::clean(&canonical).ok_or(PathError::Empty)
}
