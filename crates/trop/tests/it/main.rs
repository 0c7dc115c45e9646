//! The whole program, as a process.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod adopt;
mod answers;
mod assert_data_dir;
mod assert_reserved;
mod clean;
mod config_command;
mod database;
mod disk;
mod dry_run;
mod elsewhere;
mod exclude;
mod exec;
mod faults;
mod groups;
mod init;
mod kills;
mod labels;
mod list_live;
mod list_projects;
mod migrate;
mod no_sockets;
mod paths;
mod pauses;
mod port_info;
mod races;
mod read_only;
mod scan;
mod scarcity;
mod settings;
mod shells;
mod sockets;
mod stage;
mod sticky;
mod store;
mod strace;
mod terminal;
mod tree;
mod tropfiles;
mod usage;
mod validate;
mod verbose;
mod warm;
mod worktrees;
mod write;
