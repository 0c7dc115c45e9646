//! `trop reserve-group`: the ports of the project of a tropfile.

use clap::{ArgMatches, Args, Command};

use super::Subcommand;
use super::shared::parsed;
use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::group::{GroupArgs, reserve_group};
use crate::project::Project;
use crate::reserving::with_reserving_settings;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "reserve-group",
    about: "Reserve the ports that a tropfile lists, and export them",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct ReserveGroupArgs {
    /// The tropfile: trop.yaml or trop.local.yaml, which are read together, or any other one, which is read alone
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    group: GroupArgs,
}

fn arguments(command: Command) -> Command {
    with_reserving_settings(command, ReserveGroupArgs::augment_args)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ReserveGroupArgs = parsed(matches)?;
    let project = Project::of_file(session, matches, &args.file, args.group.reserving.force.is_some())?;
    reserve_group(session, &args.group, &project)?;
    Ok(Conclusion::DONE)
}
