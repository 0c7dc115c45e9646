//! `trop init`: the data directory, made by hand.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_ops::{Facts, Plan, Step};
use trop_output::write_initialized;
use trop_storage::{Rows, WhenMissing};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::data_directory::locate;
use crate::details::Details;
use crate::failure::Failure;
use crate::plan::{Outcome, carry_out};
use crate::session::Session;
use crate::setting_flags::is_given;

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

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: InitArgs = parsed(matches)?;
    if is_given(matches, &settings::DISABLE_AUTOINIT.declaration) {
        return Err(Failure::Usage {
            message: "--disable-autoinit means that nothing is to be made, and init makes something"
                .to_owned(),
            help: "leave out one of the two".to_owned(),
        });
    }
    let variables = [&settings::DATA_DIR.declaration, &settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration];
    let effective = given_of(session, matches, &variables).merged()?;
    let mode = args.mutation.mode();
    let location = locate(session, effective.layers())?;
    let directory = location.directory().clone();
    let existed = session.store_at(location, &effective).exists()?;
    let made_database = if existed && !mode.dry_run {
        false
    } else {
        let no_change = |_: &Rows<'_>, _: &Facts, _: &mut Details| {
            Ok(Step::Do(Plan { changes: Vec::new(), answer: (), remarks: Vec::new() }))
        };
        let outcome = carry_out(session, &effective, WhenMissing::Create, mode, no_change)?;
        match outcome {
            Outcome::Done(done) => done.made_database,
            Outcome::DryRun(preview) => return preview.show(session).map(|()| Conclusion::DONE),
        }
    };
    session.note(&if made_database {
        format!("made a database in {directory}")
    } else {
        format!("there is a database in {directory} already; nothing was changed")
    });
    if mode.json {
        write_initialized(session.host.stdout, &directory, made_database).map_err(Failure::Output)?;
    }
    Ok(Conclusion::DONE)
}
