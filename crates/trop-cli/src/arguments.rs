//! The command tree.

use clap::{Args, Command};

use crate::cmd::COMMANDS;
use crate::global::{GLOBAL_SETTINGS, GlobalArgs, HEADING, with_help_and_version};
use crate::setting_flags::with_setting_flags;

/// The whole command tree. The arguments of a subcommand are built when the subcommand is met, not before.
#[must_use]
pub fn command() -> Command {
    let root = Command::new("trop")
        .version(env!("CARGO_PKG_VERSION"))
        .about(
            "Hands out local port numbers: every directory its own, always the same, never one that is taken",
        )
        .subcommand_required(true)
        .arg_required_else_help(true)
        .propagate_version(true);
    let root = with_help_and_version(GlobalArgs::augment_args(root));
    let root = with_setting_flags(root, &GLOBAL_SETTINGS, |flag| flag.global(true).help_heading(HEADING));
    COMMANDS.iter().fold(root, |root, subcommand| {
        let deferred = Command::new(subcommand.name).about(subcommand.about).defer(subcommand.arguments);
        root.subcommand(deferred)
    })
}
