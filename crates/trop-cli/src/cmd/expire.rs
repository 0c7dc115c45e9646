//! `trop expire`: the ports that were not used for long, given back.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_ops::{CleanUp, Prune};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::cleaning::clean;
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::failure::Failure;
use crate::session::Session;
use crate::setting_flags::with_setting_flags;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "expire",
    about: "Remove the reservations that were not used for long",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    let command = with_setting_flags(command, &[&settings::EXPIRE_AFTER_DAYS.declaration], |flag| flag);
    MutationArgs::augment_args(command)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: MutationArgs = parsed(matches)?;
    let effective = effective(session, matches)?;
    let expire_after_days = Some(effective.get(&settings::EXPIRE_AFTER_DAYS));
    let clean_up = CleanUp { prune: Prune::Nothing, expire_after_days };
    clean(session, &effective, clean_up, args.mode())
}
