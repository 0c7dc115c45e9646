//! A directory for one test, by its canonical path.

use std::io;
use std::os::unix::fs::symlink;
use std::path::PathBuf;

use camino::Utf8Path;
use tempfile::TempDir;
use trop_paths::{AbsPath, resolve_inferred};

/// Removed when it is dropped.
pub(crate) struct Tree {
    root: AbsPath,
    _directory: TempDir,
}

/// The path with that text, which must be clean.
#[track_caller]
pub(crate) fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).expect("the text is absolute and clean")
}

impl Tree {
    pub(crate) fn new() -> io::Result<Tree> {
        let directory = tempfile::tempdir()?;
        Ok(Tree {
            root: resolve_inferred(directory.path()).map_err(io::Error::other)?,
            _directory: directory,
        })
    }

    /// The path of something in it, there or not.
    pub(crate) fn at(&self, below: &str) -> AbsPath {
        self.root.join(Utf8Path::new(below))
    }

    /// The same, for the standard library.
    pub(crate) fn std_path(&self, below: &str) -> PathBuf {
        self.at(below).as_path().into()
    }

    pub(crate) fn directory(&self, below: &str) -> io::Result<()> {
        std::fs::create_dir_all(self.std_path(below))
    }

    pub(crate) fn file(&self, below: &str) -> io::Result<()> {
        std::fs::write(self.std_path(below), "")
    }

    pub(crate) fn link(&self, below: &str, target: &str) -> io::Result<()> {
        symlink(target, self.std_path(below))
    }
}
