//! Where a data directory keeps what.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use trop_paths::AbsPath;

use crate::refusal::is_odd;

/// A data directory, and the names of the files in it.
#[derive(Debug, Clone)]
pub struct Location {
    directory: AbsPath,
    database: PathBuf,
}

impl Location {
    /// The data directory at that path. Nothing is looked at or made.
    #[must_use]
    pub fn new(directory: AbsPath) -> Location {
        let database = directory.as_path().as_std_path().join("trop.db");
        Location { directory, database }
    }

    /// The directory.
    #[must_use]
    pub fn directory(&self) -> &AbsPath {
        &self.directory
    }

    /// The database, `trop.db`.
    #[must_use]
    pub fn database(&self) -> &Path {
        &self.database
    }

    /// Every file that is kept for the database, the database first, whether it is there or not. What stands in the place of one of
    /// SQLite's own, and is no file, is not kept.
    #[must_use]
    pub fn files(&self) -> Vec<PathBuf> {
        let beside = self.beside_database().into_iter().filter(|path| !is_odd(path));
        [self.database.clone()].into_iter().chain(beside).chain([self.set_up_lock()]).collect()
    }

    /// Whether what has this name in the data directory is kept for the database: the database, what SQLite keeps beside it, copies of
    /// it, and the lock for setting up.
    #[must_use]
    pub fn keeps(&self, name: &OsStr) -> bool {
        let is_of_database = name.to_str().is_some_and(|name| name.starts_with("trop.db"));
        is_of_database || self.set_up_lock().file_name() == Some(name)
    }

    /// What SQLite may keep beside the database: the write-ahead log, its index, the rollback journal.
    pub(crate) fn beside_database(&self) -> [PathBuf; 3] {
        [self.write_ahead_log(), self.beside("-shm"), self.rollback_journal()]
    }

    /// The write-ahead log that SQLite keeps beside the database.
    pub(crate) fn write_ahead_log(&self) -> PathBuf {
        self.beside("-wal")
    }

    /// What SQLite keeps beside a database without a write-ahead log while somebody writes, and a killed process leaves there.
    pub(crate) fn rollback_journal(&self) -> PathBuf {
        self.beside("-journal")
    }

    /// Beside the database means where it really is: SQLite follows a symlink first.
    fn beside(&self, suffix: &str) -> PathBuf {
        let mut path =
            self.database.canonicalize().unwrap_or_else(|_| self.database.clone()).into_os_string();
        path.push(suffix);
        path.into()
    }

    /// The lock file for setting up. It stays for ever: a lock on a file that somebody unlinks protects nothing.
    pub(crate) fn set_up_lock(&self) -> PathBuf {
        self.directory.as_path().as_std_path().join("trop.lock")
    }

    /// The n-th copy of the database that is kept before a layout is left behind.
    pub(crate) fn kept_copy(&self, layout: i64, number: usize) -> PathBuf {
        self.numbered(&format!("trop.db.before-migration-{layout}"), number)
    }

    /// A copy that is still being made.
    pub(crate) fn new_copy(&self) -> PathBuf {
        self.directory.as_path().as_std_path().join("trop.db.before-migration.new")
    }

    /// The n-th place for a damaged database.
    pub(crate) fn place_aside(&self, number: usize) -> PathBuf {
        self.numbered("trop.db.damaged", number)
    }

    fn numbered(&self, name: &str, number: usize) -> PathBuf {
        let name = if number == 1 { name.to_owned() } else { format!("{name}.{number}") };
        self.directory.as_path().as_std_path().join(name)
    }
}
