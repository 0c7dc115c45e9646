//! A database as trop 0.1 left it, for `cargo xtask bench`.
//!
//! `older_database DATABASE DIRECTORY FIRST..LAST [FIRST..LAST ...]` makes it, with a directory below the one that is named for
//! each of these ports.

use std::error::Error;

use trop_model::PortRange;
use trop_testkit::database::{Journal, Row, Version, write};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [database, directory, ranges @ ..] = arguments.as_slice() else {
        return Err("usage: older_database DATABASE DIRECTORY FIRST..LAST [FIRST..LAST ...]".into());
    };
    let mut rows = Vec::new();
    for range in ranges {
        for port in range.parse::<PortRange>()?.iter() {
            let row = Row::new(&format!("{directory}/checkout-{port}"), None, port.get());
            rows.push(Row { project: "shop".to_owned().into(), task: "main".to_owned().into(), ..row });
        }
    }
    write(database, Version::LAYOUT_1, &rows, Journal::Checkpointed);
    Ok(())
}
