//! `trop init`: the data directory, made by hand.

use clap::parser::ValueSource;
use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_ops::{Facts, Plan, Step};
use trop_output::{ExitStatus, write_initialized};
use trop_storage::{Rows, WhenMissing};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::failure::Failure;
use crate::plan::carry_out;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "init",
    about: "Make the data directory and an empty database, if there is none",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct InitArgs {
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    InitArgs::augment_args(command)
}

fn run(matches: &ArgMatches, session: &mut Session<'_>) -> Result<ExitStatus, Failure> {
    let args: InitArgs = parsed(matches)?;
    let disable_autoinit = settings::DISABLE_AUTOINIT.declaration.flag.unwrap_or_default();
    if matches.value_source(disable_autoinit) == Some(ValueSource::CommandLine) {
        return Err(Failure::Usage {
            message: format!(
                "--{disable_autoinit} means that nothing is to be made, and init makes something"
            ),
            help: "leave out one of the two".to_owned(),
        });
    }
    let effective = session.effective(matches)?;
    let mode = args.mutation.mode();
    let store = session.store(&effective)?;
    let existed = store.exists()?;
    let directory = store.location().directory().clone();
    drop(store);
    let nothing_else =
        |_: &Rows<'_>, _: &Facts| Ok(Step::Do(Plan { changes: Vec::new(), answer: (), remarks: Vec::new() }));
    if carry_out(session, &effective, WhenMissing::Create, mode, nothing_else)?.is_none() {
        return Ok(ExitStatus::Done);
    }
    if existed {
        session.note(&format!("there are reservations in {directory} already; nothing was changed"));
    } else {
        session.note(&format!("made the data directory {directory}"));
    }
    if mode.json {
        write_initialized(session.host.stdout, &directory, !existed).map_err(Failure::Output)?;
    }
    Ok(ExitStatus::Done)
}
