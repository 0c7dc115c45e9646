//! `trop compact-exclusions`: a list of excluded ports without entries that overlap or are adjacent.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;

use super::Subcommand;
use super::shared::{PlanArgs, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::exclusions::{ExclusionsFile, Wish};
use crate::failure::Failure;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "compact-exclusions",
    about: "Merge the entries of excluded_ports in a file that overlap or are adjacent",
    arguments: |command: Command| CompactExclusionsArgs::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct CompactExclusionsArgs {
    /// The file. One called config.yaml is read as that of a data directory, any other one as a tropfile
    #[arg(value_name = "FILE")]
    file: String,
    #[command(flatten)]
    plan: PlanArgs,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let CompactExclusionsArgs { file, plan } = parsed(matches)?;
    let variables = [&settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration];
    let effective = given_of(session, matches, &variables).merged()?;
    let file = ExclusionsFile::at(session.typed_path(&file)?);
    file.require_there()?;
    let wish = Wish { add: &[], compact: true };
    file.carry_out(session, &effective, wish, plan.mode())?;
    Ok(Conclusion::DONE)
}
