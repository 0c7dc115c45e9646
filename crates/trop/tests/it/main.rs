//! The whole program, as a process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod database;
mod dry_run;
mod elsewhere;
mod faults;
mod init;
mod kills;
mod no_sockets;
mod paths;
mod pauses;
mod races;
mod scarcity;
mod sockets;
mod stage;
mod store;
mod strace;
mod tree;
mod usage;
mod warm;
mod worktrees;
