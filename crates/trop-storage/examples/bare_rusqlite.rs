//! The least that a warm `trop reserve` has to do, in plain rusqlite: `cargo xtask bench` counts it for comparison.
//!
//! `bare_rusqlite DATABASE PATH` opens the database, reads the port of the untagged reservation of that path, marks
//! it as used now, and prints the port.

#![expect(clippy::print_stdout, reason = "the port is its answer")]

use std::error::Error;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use rusqlite::{Connection, OpenFlags, TransactionBehavior};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args_os().skip(1);
    let (Some(database), Some(path)) = (arguments.next(), arguments.next()) else {
        return Err("usage: bare_rusqlite DATABASE PATH".into());
    };
    let path = path.to_str().ok_or("the path is not Unicode")?;
    let now = SystemTime::now().duration_since(UNIX_EPOCH)?.as_secs();

    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let mut connection = Connection::open_with_flags(database, flags)?;
    connection.busy_timeout(Duration::from_secs(5))?;
    connection.execute_batch("PRAGMA synchronous = NORMAL")?;
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let select = "SELECT port FROM reservations WHERE path = ?1 AND tag = ?2";
    let port: u16 = transaction.query_row(select, (path, ""), |row| row.get(0))?;
    transaction.execute(
        "UPDATE reservations SET last_used_at = ?3 WHERE path = ?1 AND tag = ?2",
        (path, "", i64::try_from(now)?),
    )?;
    transaction.commit()?;
    connection.close().map_err(|(_, error)| error)?;

    println!("{port}");
    Ok(())
}
