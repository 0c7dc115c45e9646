//! `trop prune`: the ports of vanished directories, given back.

use clap::{ArgMatches, Args, Command};

use trop_ops::{CleanUp, Prune};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::cleaning::clean;
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::failure::Failure;
use crate::given::Given;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "prune", about: "Remove the reservations of vanished directories", arguments, run };

#[derive(Debug, Args)]
struct PruneArgs {
    /// Directories that are not found count as vanished even where a disk may just not be mounted
    #[arg(long)]
    force: Option<Given>,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    PruneArgs::augment_args(command)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: PruneArgs = parsed(matches)?;
    let effective = effective(session, matches)?;
    let prune = if args.force.is_some() { Prune::NotFound } else { Prune::Gone };
    let clean_up = CleanUp { prune, expire_after_days: None };
    clean(session, &effective, clean_up, args.mutation.mode())
}
