//! The whole program, as a process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod database;
mod dry_run;
mod init;
mod kills;
mod paths;
mod races;
mod stage;
mod strace;
mod usage;
