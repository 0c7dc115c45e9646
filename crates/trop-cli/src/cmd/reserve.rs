//! `trop reserve`: the port of a directory.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_model::Port;
use trop_output::write_reserved;

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::conclusion::Conclusion;
use crate::failure::Failure;
use crate::given::Given;
use crate::plan::Outcome;
use crate::reserving::{Cleared, ReservingArgs, with_reserving_settings};
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::single::{Wish, reserve_one};
use crate::target::guarded;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "reserve",
    about: "Print the port of a directory, reserved if it has none yet",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct ReserveArgs {
    /// Forget the project
    #[arg(long, conflicts_with = "project")]
    clear_project: Option<Given>,
    /// Forget the task
    #[arg(long, conflicts_with = "task")]
    clear_task: Option<Given>,
    /// The port to have if possible, inside the range or outside
    #[arg(long)]
    port: Option<Port>,
    /// Fail rather than hand out another port than --port
    #[arg(long, requires = "port")]
    strict_port: Option<Given>,
    #[command(flatten)]
    reserving: ReservingArgs,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    let identity = [&settings::PATH.declaration, &settings::TAG.declaration];
    let command = with_setting_flags(command, &identity, |flag| flag);
    with_reserving_settings(command, ReserveArgs::augment_args)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ReserveArgs = parsed(matches)?;
    let (asked, effective) = guarded(session, matches, args.reserving.force.is_some())?;
    let wish = Wish {
        preferred: args.port,
        strict_port: args.strict_port.is_some(),
        cleared: Cleared { project: args.clear_project.is_some(), task: args.clear_task.is_some() },
    };
    let mode = args.mutation.mode();
    let outcome = reserve_one(session, asked, &effective, &args.reserving, wish, mode)?;
    let assigned = match outcome {
        Outcome::Done(done) => done.answer,
        Outcome::DryRun(preview) => return preview.show(session).map(|()| Conclusion::DONE),
    };
    let written = if mode.json {
        write_reserved(session.host.stdout, &assigned.reservation, assigned.created)
    } else {
        writeln!(session.host.stdout, "{}", assigned.reservation.port)
    };
    written.map(|()| Conclusion::DONE).map_err(Failure::Output)
}
