//! The database, looked at without any code of trop.

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use camino::{Utf8Path, Utf8PathBuf};
use rusqlite::config::DbConfig;
use rusqlite::{Connection, OpenFlags, Params};

/// The database of a data directory.
pub(crate) struct Database {
    path: Utf8PathBuf,
}

/// A row as it is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) path: String,
    pub(crate) tag: String,
    pub(crate) port: u16,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: i64,
}

impl Database {
    /// The one in that data directory. It is opened anew for each look, and closed without moving the write-ahead log, so
    /// that trop finds what trop left.
    pub(crate) fn of(data_directory: impl AsRef<Utf8Path>) -> Database {
        Database { path: data_directory.as_ref().join("trop.db") }
    }

    /// A connection that changes nothing, and has read something. As long as there is one, nobody has to recover the
    /// write-ahead log.
    pub(crate) fn connection(&self) -> Connection {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_ONLY).unwrap();
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).unwrap();
        connection
    }

    /// Every row, sorted by path, then by tag.
    pub(crate) fn rows(&self) -> Vec<Row> {
        rows(&self.connection())
    }

    /// Every row of a database that is as it must be.
    ///
    /// # Panics
    /// When the file is damaged, or two rows have one port or one key.
    #[track_caller]
    pub(crate) fn valid_rows(&self) -> Vec<Row> {
        let connection = self.connection();
        let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(integrity, "ok");
        let rows = rows(&connection);
        let ports: BTreeSet<_> = rows.iter().map(|row| row.port).collect();
        let keys: BTreeSet<_> = rows.iter().map(|row| (&row.path, &row.tag)).collect();
        assert_eq!((ports.len(), keys.len()), (rows.len(), rows.len()), "{rows:?}");
        rows
    }

    /// The same, or none where there is no database yet, or one without tables.
    #[track_caller]
    pub(crate) fn valid_rows_if_any(&self) -> Vec<Row> {
        let is_empty = || {
            let count = "SELECT count(*) FROM sqlite_schema WHERE name = 'reservations'";
            self.connection().query_row(count, [], |row| row.get::<_, i64>(0)).unwrap() == 0
        };
        if !self.path.exists() || is_empty() { Vec::new() } else { self.valid_rows() }
    }

    /// The row of that directory without a tag.
    pub(crate) fn row(&self, directory: impl AsRef<Utf8Path>) -> Option<Row> {
        let directory = directory.as_ref();
        self.rows().into_iter().find(|row| row.path == directory.as_str() && row.tag.is_empty())
    }

    /// Lets that directory have been used for the last time so many seconds ago.
    pub(crate) fn age(&self, directory: impl AsRef<Utf8Path>, seconds: i64) {
        let moment = now() - seconds;
        let changed = self.change(
            "UPDATE reservations SET created_at = ?2, last_used_at = ?2 WHERE path = ?1",
            (directory.as_ref().as_str(), moment),
        );
        assert_eq!(changed, Ok(1));
    }

    /// Runs statements that no trop would run.
    pub(crate) fn tamper(&self, statements: &str) {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE).unwrap();
        connection.execute_batch(statements).unwrap();
    }

    /// Runs one statement, and says how many rows it changed.
    pub(crate) fn change(&self, statement: &str, parameters: impl Params) -> rusqlite::Result<usize> {
        let connection = Connection::open_with_flags(&self.path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true)?;
        connection.execute(statement, parameters)
    }
}

/// The time in seconds since 1970.
pub(crate) fn now() -> i64 {
    let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    i64::try_from(since_epoch.as_secs()).unwrap()
}

fn rows(connection: &Connection) -> Vec<Row> {
    let mut statement = connection
        .prepare("SELECT path, tag, port, created_at, last_used_at FROM reservations ORDER BY path, tag")
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Row {
            path: row.get(0)?,
            tag: row.get(1)?,
            port: row.get(2)?,
            created_at: row.get(3)?,
            last_used_at: row.get(4)?,
        })
    });
    rows.unwrap().collect::<Result<_, _>>().unwrap()
}
