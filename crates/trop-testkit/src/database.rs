//! Database files of any version that trop ever wrote, made without any code of trop.
//!
//! The rows are given as raw values and the checks of the tables are switched off, so that rows which no trop would write
//! can be made too. What a table itself does not take (a second row with one key, a text in a column of a strict table)
//! cannot be made.

use std::path::Path;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, params};

pub use rusqlite::types::Value;

mod layouts;
mod schema;

/// What wrote the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Version {
    /// trop 0.1 or 0.2, whose tables were declared in more than one way.
    Layout1 {
        /// How the columns of times are declared.
        times: Times,
        /// Whether the table refuses a second row with one port.
        one_row_per_port: bool,
    },
    /// trop 0.2.
    Layout2,
    /// Our own, at the step of that number: what the first so many migrations of trop-storage make, with every mark.
    Schema(i32),
}

/// How layout 1 declares its columns of times. Numbers that are put into one of text become text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// `INTEGER NOT NULL`.
    Integer,
    /// `TEXT NOT NULL`.
    Text,
}

impl Version {
    /// The most usual form of layout 1.
    pub const LAYOUT_1: Version = Version::Layout1 { times: Times::Integer, one_row_per_port: true };
}

/// A row of the table of reservations, with every value as it is to be stored.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// `path`.
    pub path: Value,
    /// `tag`. [`Value::Null`] stands for none, however the version says that.
    pub tag: Value,
    /// `port`.
    pub port: Value,
    /// `project`.
    pub project: Value,
    /// `task`.
    pub task: Value,
    /// `created_at`.
    pub created_at: Value,
    /// `last_used_at`.
    pub last_used_at: Value,
}

impl Row {
    /// A possible row without labels, made and last used at some time in 2025.
    #[must_use]
    pub fn new(path: &str, tag: Option<&str>, port: u16) -> Row {
        Row {
            path: path.to_owned().into(),
            tag: tag.map(ToOwned::to_owned).into(),
            port: port.into(),
            project: Value::Null,
            task: Value::Null,
            created_at: 1_760_000_000.into(),
            last_used_at: 1_763_000_000.into(),
        }
    }
}

/// Where the rows are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    /// In the file itself, which has a rollback journal while it is written.
    Delete,
    /// In the file itself, which has a write-ahead log while somebody has it open.
    Checkpointed,
    /// In `-wal` beside the file, as a killed process leaves them: in the file itself are the tables alone.
    WriteAheadLog,
}

impl Journal {
    /// Every one of them.
    pub const ALL: [Journal; 3] = [Journal::Delete, Journal::Checkpointed, Journal::WriteAheadLog];
}

/// Makes a database file of that version with these rows.
///
/// # Panics
/// When there is such a file already, or it cannot be made.
#[track_caller]
pub fn write(file: impl AsRef<Path>, version: Version, rows: &[Row], journal: Journal) {
    let file = file.as_ref();
    assert!(!file.exists(), "{} is there already", file.display());
    let made = make(file, version, rows, journal);
    made.unwrap_or_else(|error| panic!("cannot make {}: {error}", file.display()));
}

fn make(file: &Path, version: Version, rows: &[Row], journal: Journal) -> rusqlite::Result<()> {
    let mut connection = Connection::open(file)?;
    // No test outlives a power cut.
    connection.execute_batch("PRAGMA synchronous = OFF")?;
    if journal != Journal::Delete {
        connection.execute_batch("PRAGMA journal_mode = WAL")?;
    }
    match version {
        Version::Layout1 { times, one_row_per_port } => {
            connection.execute_batch(&layouts::first(times, one_row_per_port))?;
        }
        Version::Layout2 => connection.execute_batch(&layouts::second())?,
        Version::Schema(step) => schema::migrate(&connection, step)?,
    }
    connection.execute_batch("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA ignore_check_constraints = ON")?;
    let leaves_log = journal == Journal::WriteAheadLog;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, leaves_log)?;
    let no_tag = match version {
        Version::Layout1 { .. } => Value::Null,
        Version::Layout2 | Version::Schema(_) => Value::Text(String::new()),
    };
    let transaction = connection.transaction()?;
    for row in rows {
        let Row { path, tag, port, project, task, created_at, last_used_at } = row;
        let tag = if *tag == Value::Null { &no_tag } else { tag };
        transaction.execute(
            "INSERT INTO reservations (path, tag, port, project, task, created_at, last_used_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![path, tag, port, project, task, created_at, last_used_at],
        )?;
    }
    transaction.commit()
}
