//! `trop migrate`: the ports of a directory that has moved.

use clap::{ArgMatches, Args, Command};

use trop_model::Change;
use trop_ops::{MigrateRequest, Route, plan_migrate};
use trop_output::write_migrated;
use trop_paths::{AbsPath, canonical_form};
use trop_storage::WhenMissing;

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::absence::find_absence;
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::failure::Failure;
use crate::given::Given;
use crate::plan::{Outcome, carry_out};
use crate::session::Session;
use crate::target::typed;
use crate::telling::tell_changes;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "migrate",
    about: "Let the ports of a directory follow it to another place",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct MigrateArgs {
    /// Where the directory was
    #[arg(long, value_name = "DIR")]
    from: String,
    /// Where it is now
    #[arg(long, value_name = "DIR")]
    to: String,
    /// What is reserved below it follows, too
    #[arg(long)]
    recursive: Option<Given>,
    /// Where another reservation is in the way, let that one go
    #[arg(long)]
    force: Option<Given>,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    MigrateArgs::augment_args(command)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: MigrateArgs = parsed(matches)?;
    let effective = effective(session, matches)?;
    let request = MigrateRequest {
        from: typed(session, &args.from)?,
        to: typed(session, &args.to)?,
        recursive: args.recursive.is_some(),
        force: args.force.is_some(),
    };
    if let Some(absence) = find_absence(&request.to.path) {
        return Err(Failure::NoDestination { directory: request.to.path, absence });
    }
    let mode = args.mutation.mode();
    let outcome = carry_out(session, &effective, WhenMissing::TreatAsEmpty, mode, |rows, _, _| {
        plan_migrate(rows, &request)
    })?;
    let done = match outcome {
        Outcome::Done(done) => done,
        Outcome::DryRun(preview) => return preview.show(session).map(|()| Conclusion::DONE),
    };
    tell_changes(session, &done.changes);
    tell_what_moved(session, &done.answer, &done.changes);
    if mode.json {
        write_migrated(session.host.stdout, &done.changes).map_err(Failure::Output)?;
    }
    Ok(Conclusion::DONE)
}

fn tell_what_moved(session: &mut Session<'_>, Route { from, to }: &Route, changes: &[Change]) {
    if from == to {
        session.note(&format!("both directories are {from}; nothing was changed"));
        return;
    }
    let count = changes.iter().filter(|change| matches!(change, Change::Move { .. })).count();
    session.note(&match count {
        0 => format!("nothing is reserved for {from} or below it"),
        1 => format!("moved 1 reservation from {from} to {to}"),
        several => format!("moved {several} reservations from {from} to {to}"),
    });
    let moved_itself =
        |change: &Change| matches!(change, Change::Move { from: key, .. } if key.path == *from);
    if changes.iter().any(moved_itself) && is_still_there(from, to) {
        session.note(&format!("{from} is still there; a reserve in it gets another port from now on"));
    }
}

/// Whether there is still a directory, and not just a link to where it is now.
fn is_still_there(from: &AbsPath, to: &AbsPath) -> bool {
    find_absence(from).is_none() && canonical_form(from) != canonical_form(to)
}
