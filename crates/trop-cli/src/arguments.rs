//! The command tree.

use clap::{Args, Command};

use trop_config::settings;

use crate::cmd::COMMANDS;
use crate::global::{GlobalArgs, HEADING, with_help_and_version};
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
    let global_settings =
        [&settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration, &settings::DISABLE_AUTOINIT.declaration];
    let root = with_setting_flags(root, &global_settings, |flag| flag.global(true).help_heading(HEADING));
    COMMANDS.iter().fold(root, |root, subcommand| {
        let deferred = Command::new(subcommand.name).about(subcommand.about).defer(subcommand.arguments);
        root.subcommand(deferred)
    })
}
