//! The path type, and how two of them relate.

use std::cmp::Ordering;
use std::fmt;

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// An absolute path in Unicode, without `.`, `..`, repeated or trailing separators.
///
/// Ordered as text, byte by byte.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct AbsPath(Utf8PathBuf);

/// A path that is not absolute, or not clean.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{}\" is not an absolute path without \".\", \"..\" and repeated separators", .0.escape_debug())]
pub struct NotClean(String);

/// How one directory lies to another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Relation {
    /// They are the same.
    Same,
    /// The first contains the second.
    Contains,
    /// The first is inside the second.
    Inside,
    /// Neither contains the other.
    Unrelated,
}

impl AbsPath {
    /// Takes a path that is already absolute and clean, as it is stored.
    ///
    /// # Errors
    /// When it is relative, or when cleaning would change it.
    pub fn from_clean(text: &str) -> Result<AbsPath, NotClean> {
        let path = Utf8Path::new(text);
        let cleaned = AbsPath::clean(path).filter(|cleaned| cleaned.as_str() == text && !text.contains('\0'));
        cleaned.ok_or_else(|| NotClean(text.to_owned()))
    }

    /// Cleans an absolute path without looking at the file system: `/a/./b//../c/` becomes `/a/c`. A `..` at the root
    /// stays at the root. `None` when the path is relative.
    #[must_use]
    pub fn clean(path: &Utf8Path) -> Option<AbsPath> {
        if !path.is_absolute() {
            return None;
        }
        let mut cleaned = Utf8PathBuf::new();
        for component in path.components() {
            match component {
                Utf8Component::Prefix(_) | Utf8Component::RootDir | Utf8Component::Normal(_) => {
                    cleaned.push(component.as_str());
                }
                Utf8Component::CurDir => {}
                Utf8Component::ParentDir => {
                    cleaned.pop();
                }
            }
        }
        Some(AbsPath(cleaned))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The path, for the file system.
    #[must_use]
    pub fn as_path(&self) -> &Utf8Path {
        &self.0
    }

    /// The directory that holds this one; `None` at the root.
    #[must_use]
    pub fn parent(&self) -> Option<AbsPath> {
        self.0.parent().map(|parent| AbsPath(parent.to_owned()))
    }

    /// The path of `below`, a relative path, seen from this directory.
    #[must_use]
    pub fn join(&self, below: &Utf8Path) -> AbsPath {
        AbsPath::clean(&self.0.join(below)).unwrap_or_else(|| self.clone())
    }

    /// The part of this path below `ancestor`, empty when they are the same; `None` when it is not below.
    #[must_use]
    pub fn below(&self, ancestor: &AbsPath) -> Option<&Utf8Path> {
        self.0.strip_prefix(&ancestor.0).ok()
    }

    /// How this directory lies to `other`, component by component.
    #[must_use]
    pub fn relation(&self, other: &AbsPath) -> Relation {
        match (other.below(self).is_some(), self.below(other).is_some()) {
            (true, true) => Relation::Same,
            (true, false) => Relation::Contains,
            (false, true) => Relation::Inside,
            (false, false) => Relation::Unrelated,
        }
    }
}

impl PartialOrd for AbsPath {
    fn partial_cmp(&self, other: &AbsPath) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for AbsPath {
    fn cmp(&self, other: &AbsPath) -> Ordering {
        self.as_str().cmp(other.as_str())
    }
}

impl fmt::Display for AbsPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

impl fmt::Debug for AbsPath {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
