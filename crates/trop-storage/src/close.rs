//! Closing a connection without a checkpoint where that is safe.

use std::path::PathBuf;

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// A frame of the write-ahead log: a page of 4096 bytes and its header of 24.
const FRAME_BYTES: u64 = 4096 + 24;
/// Below this many frames the log is left for a later run to move into the database.
const FRAMES_TO_KEEP: u64 = 64;

/// Closes the connection. The last one to close would move the write-ahead log into the database, at four fsyncs a time. That
/// is left out while the log is short; a longer log is moved, so that it stays bounded.
pub(crate) fn close(connection: Connection) {
    // The path is as SQLite opened it, symlinks followed, and so the log is beside it.
    let log = connection.path().map(|database| PathBuf::from(format!("{database}-wal")));
    let log_bytes = log.and_then(|log| log.metadata().ok()).map_or(0, |metadata| metadata.len());
    if FRAMES_TO_KEEP * FRAME_BYTES <= log_bytes {
        // When the setting is refused, a later run moves the log.
        let _ = connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false);
    }
    // What was committed is in the log; that closing fails changes nothing.
    let _ = connection.close();
}
