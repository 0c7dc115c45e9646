//! The path type, and how two of them relate.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use camino::{Utf8Component, Utf8Path, Utf8PathBuf};

/// An absolute path in Unicode, without `.`, `..`, repeated or trailing separators.
///
/// Compared and ordered as text, byte by byte: a path that is clean is written in one way.
#[derive(Clone)]
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
        let is_usable = is_clean(text) && !text.contains('\0');
        if is_usable { Ok(AbsPath(text.into())) } else { Err(NotClean(text.to_owned())) }
    }

    /// Cleans an absolute path without looking at the file system: `/a/./b//../c/` becomes `/a/c`. A `..` at the root
    /// stays at the root. `None` when the path is relative.
    #[must_use]
    pub fn clean(path: &Utf8Path) -> Option<AbsPath> {
        if is_clean(path.as_str()) { Some(AbsPath(path.to_owned())) } else { AbsPath::rebuilt(path) }
    }

    /// The same, name by name.
    pub(crate) fn rebuilt(path: &Utf8Path) -> Option<AbsPath> {
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

/// Whether cleaning would leave the text as it is. Tens of thousands of paths may be read from a database, so that where separators
/// are all alike the names are looked at where they stand.
fn is_clean(text: &str) -> bool {
    if cfg!(windows) {
        return AbsPath::rebuilt(Utf8Path::new(text)).is_some_and(|rebuilt| rebuilt.as_str() == text);
    }
    let is_name = |name: &[u8]| !matches!(name, b"" | b"." | b"..");
    let names = text.as_bytes().strip_prefix(b"/");
    names.is_some_and(|names| names.is_empty() || names.split(|&byte| byte == b'/').all(is_name))
}

impl PartialEq for AbsPath {
    fn eq(&self, other: &AbsPath) -> bool {
        self.as_str() == other.as_str()
    }
}

impl Eq for AbsPath {}

impl Hash for AbsPath {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.as_str().hash(state);
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
