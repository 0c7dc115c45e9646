//! The commands, one file each: its arguments and what it does.

mod assert_data_dir;
mod assert_port;
mod assert_reservation;
mod autoclean;
mod autoreserve;
mod compact_exclusions;
mod config;
mod doctor;
mod exclude;
mod exec;
mod expire;
mod init;
mod list;
mod list_projects;
mod migrate;
mod port_info;
mod prune;
mod release;
mod reserve;
mod reserve_group;
mod scan;
mod show_data_dir;
mod show_path;
mod validate;

mod shared;

pub(crate) use shared::DryRunArgs;

use clap::{ArgMatches, Command};

use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::session::Session;

/// What the command tree and the dispatch know of a command.
pub(crate) struct Subcommand {
    /// Its name on the command line.
    pub(crate) name: &'static str,
    /// Its line in the list of commands.
    pub(crate) about: &'static str,
    /// Adds its arguments.
    pub(crate) arguments: fn(Command) -> Command,
    /// Does it.
    pub(crate) run: fn(&mut ArgMatches, &mut Session<'_>) -> Result<Conclusion, Failure>,
}

/// Every command, in the order in which help lists them.
pub(crate) static COMMANDS: &[Subcommand] = &[
    reserve::SUBCOMMAND,
    reserve_group::SUBCOMMAND,
    autoreserve::SUBCOMMAND,
    exec::SUBCOMMAND,
    release::SUBCOMMAND,
    migrate::SUBCOMMAND,
    prune::SUBCOMMAND,
    expire::SUBCOMMAND,
    autoclean::SUBCOMMAND,
    list::SUBCOMMAND,
    list_projects::SUBCOMMAND,
    port_info::SUBCOMMAND,
    scan::SUBCOMMAND,
    exclude::SUBCOMMAND,
    compact_exclusions::SUBCOMMAND,
    init::SUBCOMMAND,
    show_data_dir::SUBCOMMAND,
    show_path::SUBCOMMAND,
    assert_reservation::SUBCOMMAND,
    assert_port::SUBCOMMAND,
    assert_data_dir::SUBCOMMAND,
    doctor::SUBCOMMAND,
    config::SUBCOMMAND,
    validate::SUBCOMMAND,
];
