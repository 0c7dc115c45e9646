//! `trop init`: the data directory, made by hand.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_ops::{Facts, OpsError, Plan, Step, plan_empty};
use trop_output::write_initialized;
use trop_storage::{Rows, Store, WhenMissing};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::defaults_file::DefaultsFile;
use crate::details::Details;
use crate::exposure::{find_exposed, preview_protect, protect, warn_of_exposed};
use crate::failure::Failure;
use crate::plan::{Outcome, carry_out_in};
use crate::session::{Session, lock_wait};
use crate::setting_flags::is_given;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "init",
    about: "Make the data directory and an empty database, if there is none",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct InitArgs {
    /// Begin anew: empty the database, or move one aside that is damaged, and keep others than the owner away
    #[arg(long)]
    overwrite: bool,
    /// Write a config.yaml in which every setting stands with its default; one that is there stays without --overwrite
    #[arg(long)]
    with_config: bool,
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
    let (mode, lock_wait) = (args.mutation.mode(), lock_wait(&effective));
    let location = session.location(&effective)?;
    let directory = location.directory();
    let store = if args.overwrite { Store::starting_over } else { Store::new };
    let mut store = store(location.clone(), lock_wait);
    let existed = store.exists()?;
    // What cannot be written is told before anything is changed.
    let mut files = if args.overwrite { preview_protect(&find_exposed(&location))? } else { Vec::new() };
    let config = if args.with_config {
        DefaultsFile::to_be_written(session, directory, args.overwrite)?
    } else {
        None
    };
    let outcome = match (existed, args.overwrite) {
        (_, true) => carry_out_in(session, store, WhenMissing::Create, mode, empty)?,
        (false, false) => carry_out_in(session, store, WhenMissing::Create, mode, leave_alone)?,
        (true, false) => Outcome::of_nothing(mode),
    };
    if !args.overwrite {
        warn_of_exposed(session, &find_exposed(&location));
    }
    let done = match outcome {
        Outcome::Done(done) => done,
        Outcome::DryRun(preview) => {
            files.extend(config.as_ref().map(DefaultsFile::change));
            preview.with_files(files).show(session)?;
            return Ok(Conclusion::DONE);
        }
    };
    session.note(&match (done.made_database, args.overwrite, &config) {
        (true, ..) => format!("made a database in {directory}"),
        (false, true, _) => format!("emptied the database in {directory}"),
        (false, false, Some(_)) => format!("there is a database in {directory} already"),
        (false, false, None) => format!("there is a database in {directory} already; nothing was changed"),
    });
    if args.overwrite {
        protect(session, &find_exposed(&location))?;
    }
    let written = match config {
        Some(config) => config.write(session, lock_wait)?,
        None => None,
    };
    if mode.json {
        write_initialized(session.host.stdout, directory, done.made_database, written.as_ref())
            .map_err(Failure::Output)?;
    }
    Ok(Conclusion::DONE)
}

/// Where there is no database, the only thing to do is to make one.
fn leave_alone(_: &Rows<'_>, _: &Facts, _: &mut Details) -> Result<Step<Plan<()>>, OpsError> {
    Ok(Step::Do(Plan { changes: Vec::new(), answer: (), remarks: Vec::new() }))
}

fn empty(rows: &Rows<'_>, _: &Facts, _: &mut Details) -> Result<Step<Plan<()>>, OpsError> {
    plan_empty(rows)
}
