//! A database as trop 0.1 left it, for `cargo xtask bench`.
//!
//! `older_database DATABASE DIRECTORY FIRST..LAST [FIRST..LAST ...]` makes it, with a directory below the one that is named for
//! each of these ports.

use std::error::Error;
use std::path::Path;

use rusqlite::Connection;

const LAYOUT_1: &str = "
    CREATE TABLE metadata (key TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL);
    CREATE TABLE reservations (
        path TEXT NOT NULL, tag TEXT, port INTEGER NOT NULL UNIQUE, project TEXT, task TEXT,
        created_at INTEGER NOT NULL, last_used_at INTEGER NOT NULL, PRIMARY KEY (path, tag)
    );
    CREATE INDEX idx_reservations_port ON reservations(port);
    CREATE INDEX idx_reservations_project ON reservations(project);
    CREATE INDEX idx_reservations_last_used ON reservations(last_used_at);
    INSERT INTO metadata VALUES ('schema_version', '1');
";

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, directory, ranges @ ..] = arguments.as_slice() else {
        return Err("usage: older_database DATABASE DIRECTORY FIRST..LAST [FIRST..LAST ...]".into());
    };
    if Path::new(database).exists() {
        return Err(format!("{database} is there already").into());
    }
    let mut connection = Connection::open(database)?;
    connection.pragma_update(None, "journal_mode", "wal")?;
    let transaction = connection.transaction()?;
    transaction.execute_batch(LAYOUT_1)?;
    for range in ranges {
        let (first, last) = range.split_once("..").ok_or("a range is written FIRST..LAST")?;
        for port in first.parse::<u16>()?..=last.parse()? {
            transaction.execute(
                "INSERT INTO reservations VALUES (?1, NULL, ?2, 'shop', 'main', 1760000000, 1763000000)",
                (format!("{directory}/checkout-{port}"), port),
            )?;
        }
    }
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error.into())
}
