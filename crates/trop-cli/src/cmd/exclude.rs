//! `trop exclude`: ports that are never handed out.

use clap::{ArgMatches, Args, Command};

use trop_config::Effective;
use trop_model::{Ledger, PortRange, Reservation};
use trop_storage::StorageError;

use super::Subcommand;
use super::shared::{PlanArgs, parsed};
use crate::conclusion::Conclusion;
use crate::exclusions::{ExclusionsError, ExclusionsFile, Wish};
use crate::failure::Failure;
use crate::given::Given;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "exclude",
    about: "Never hand out a port, or a range of ports",
    arguments: |command: Command| ExcludeArgs::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct ExcludeArgs {
    /// A port, or a range of them as in 5005..5009
    #[arg(value_name = "PORT|A..B")]
    ports: PortRange,
    /// Exclude it everywhere, in the config.yaml of the data directory, instead of in this project alone
    #[arg(long)]
    global: Option<Given>,
    /// Exclude it also when it is reserved; who has it keeps it
    #[arg(long)]
    force: Option<Given>,
    #[command(flatten)]
    plan: PlanArgs,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let ExcludeArgs { ports, global, force, plan } = parsed(matches)?;
    let (file, effective) = ExclusionsFile::find(session, matches, global.is_some())?;
    if force.is_none() && !file.excludes_already(&[ports]) {
        require_unreserved(session, &effective, ports)?;
    }
    let wish = Wish { add: &[ports], compact: false };
    file.carry_out(session, &effective, wish, plan.mode())?;
    Ok(Conclusion::DONE)
}

/// Nobody may hold one of the ports.
fn require_unreserved(
    session: &mut Session<'_>,
    effective: &Effective,
    range: PortRange,
) -> Result<(), Failure> {
    let mut store = session.store(effective)?;
    let holders: Vec<Reservation> = store.read(|rows| {
        let mut holders = rows.all()?;
        holders.retain(|row| range.contains(row.port));
        holders.sort_unstable_by_key(|row| row.port);
        Ok::<_, StorageError>(holders)
    })?;
    drop(store);
    if holders.is_empty() { Ok(()) } else { Err(ExclusionsError::Reserved { range, holders }.into()) }
}
