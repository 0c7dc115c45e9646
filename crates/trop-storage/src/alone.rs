//! Keeping what somebody added to a database from acting in trop's transactions.

use rusqlite::Connection;
use rusqlite::config::DbConfig;

/// From now on this connection neither runs triggers, nor follows foreign keys, nor takes a view for a table. trop makes none
/// of these itself; a trigger could change what was just answered, and a view make up what is read.
pub(crate) fn let_nothing_else_act(connection: &Connection) -> Result<(), rusqlite::Error> {
    for other in [
        DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER,
        DbConfig::SQLITE_DBCONFIG_ENABLE_FKEY,
        DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW,
    ] {
        connection.set_db_config(other, false)?;
    }
    Ok(())
}
