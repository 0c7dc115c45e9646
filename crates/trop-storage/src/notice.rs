//! What a store has to tell besides.

use std::path::PathBuf;

/// Something worth telling that is no error.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Notice {
    /// A database was made there.
    Created(PathBuf),
    /// The file was there already, without any table, and is taken for a new database.
    FileWithoutTables(PathBuf),
    /// The file system does not allow a write-ahead log.
    WithoutWriteAheadLog(PathBuf),
    /// An older database was brought up to today's schema.
    Migrated {
        /// The database.
        database: PathBuf,
        /// The layout that it had.
        layout: i64,
        /// Where it is as it was.
        copy: PathBuf,
    },
    /// An older database would be brought up to today's schema.
    ToBeMigrated {
        /// The database.
        database: PathBuf,
        /// The layout that it has.
        layout: i64,
    },
    /// A damaged file was given another name.
    MovedAside {
        /// The name that it had.
        database: PathBuf,
        /// The name that it has.
        aside: PathBuf,
    },
    /// A log was there without its database, and was given another name.
    LogWithoutDatabase {
        /// The name that it had.
        log: PathBuf,
        /// The name that it has.
        aside: PathBuf,
    },
    /// A log is there without its database, and would be given another name.
    LogToBeMovedAside(PathBuf),
    /// A damaged file would be given another name.
    ToBeMovedAside(PathBuf),
    /// What could not be read was dropped, to start over.
    Dropped {
        /// The database.
        database: PathBuf,
        /// Why it could not be read.
        why: String,
        /// Where it is as it was.
        copy: PathBuf,
    },
    /// What cannot be read would be dropped, to start over.
    ToBeDropped {
        /// The database.
        database: PathBuf,
        /// Why it cannot be read.
        why: String,
    },
}
