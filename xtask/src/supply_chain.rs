//! What trop is built from: licences, sources and duplicates, as deny.toml has it.

use crate::outcome::Outcome;
use crate::workspace::{cargo, run, works};

/// Checks what needs no network once all crates are downloaded, where cargo-deny is installed.
pub(crate) fn check() -> Outcome {
    if !works(&mut cargo(["deny", "--version"])) {
        println!("skipped: cargo-deny is not installed: cargo install --locked cargo-deny");
        return Ok(());
    }
    run(&mut cargo(["deny", "--locked", "check", "--hide-inclusion-graph", "bans", "licenses", "sources"]))
}
