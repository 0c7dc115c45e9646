//! `trop autoreserve`: the ports of the project around the working directory.

use clap::{ArgMatches, Command};

use super::Subcommand;
use super::shared::parsed;
use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::group::{GroupArgs, reserve_group};
use crate::project::Project;
use crate::reserving::with_reserving_settings;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "autoreserve",
    about: "Reserve the ports of the project around the working directory, and export them",
    arguments,
    run,
};

fn arguments(command: Command) -> Command {
    with_reserving_settings(command, <GroupArgs as clap::Args>::augment_args)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: GroupArgs = parsed(matches)?;
    let project = Project::here(session, matches)?;
    reserve_group(session, &args, &project)?;
    Ok(Conclusion::DONE)
}
