//! `trop init`: the data directory, made by hand.

use std::path::PathBuf;

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_ops::{OpsError, Plan, Step, plan_empty};
use trop_output::{FileChange, write_initialized};
use trop_storage::{Location, Store, WhenMissing};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::defaults_file::DefaultsFile;
use crate::exposure::{
    closable, find_exposed, protect, require_protectable, warn_of_exposed, warn_of_what_stays_open,
};
use crate::failure::Failure;
use crate::given::Given;
use crate::plan::{Outcome, carry_out_in};
use crate::session::{Session, lock_wait};
use crate::setting_flags::is_given;
use crate::telling::tell_changes;

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
    overwrite: Option<Given>,
    /// Write a config.yaml in which every setting stands with its default; one that is there stays without --overwrite
    #[arg(long)]
    with_config: Option<Given>,
    #[command(flatten)]
    mutation: MutationArgs,
}

fn arguments(command: Command) -> Command {
    InitArgs::augment_args(command)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: InitArgs = parsed(matches)?;
    require_leave_to_make(matches)?;
    let variables = [&settings::DATA_DIR.declaration, &settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration];
    let effective = given_of(session, matches, &variables).merged()?;
    let (mode, lock_wait) = (args.mutation.mode(), lock_wait(&effective));
    let location = session.location(&effective)?;
    let store = if args.overwrite.is_some() { Store::starting_over } else { Store::new };
    let mut store = store(location.clone(), lock_wait);
    // What is to be refused, or cannot be written, is told before anything is made or changed.
    let is_there = store.exists()?;
    let beside = Beside::planned(session, &location, &args)?;
    if !mode.dry_run {
        // Before the database: what is made beside it or moved aside gets its mode.
        protect(session, &beside.to_protect)?;
    }
    let outcome = match (is_there, args.overwrite.is_some()) {
        (_, true) => carry_out_in(session, store, WhenMissing::Create, mode, |rows, _, _| plan_empty(rows))?,
        (false, false) => carry_out_in(session, store, WhenMissing::Create, mode, |_, _, _| plan_nothing())?,
        (true, false) => Outcome::of_nothing(mode),
    };
    let warn = if args.overwrite.is_some() { warn_of_what_stays_open } else { warn_of_exposed };
    warn(session, &find_exposed(&location));
    let done = match outcome {
        Outcome::Done(done) => done,
        Outcome::DryRun(preview) => {
            return preview.with_files(beside.changes()).show(session).map(|()| Conclusion::DONE);
        }
    };
    tell_changes(session, &done.changes);
    let (directory, made_database) = (location.directory(), done.made_database);
    session.note(&match (made_database, args.overwrite.is_some(), &beside.config) {
        (true, ..) => format!("made a database in {directory}"),
        (false, true, _) => format!("emptied the database in {directory}"),
        (false, false, Some(_)) => format!("there is a database in {directory} already"),
        (false, false, None) => format!("there is a database in {directory} already; nothing was changed"),
    });
    let written = match beside.config {
        Some(config) => config.write(session, lock_wait)?,
        None => None,
    };
    if mode.json {
        write_initialized(session.host.stdout, directory, made_database, written.as_ref())
            .map_err(Failure::Output)?;
    }
    Ok(Conclusion::DONE)
}

fn require_leave_to_make(matches: &ArgMatches) -> Result<(), Failure> {
    if !is_given(matches, &settings::DISABLE_AUTOINIT.declaration) {
        return Ok(());
    }
    Err(Failure::Usage {
        message: "--disable-autoinit means that nothing is to be made, and init makes something".to_owned(),
        help: "leave out one of the two".to_owned(),
    })
}

/// To make a database, it is enough to carry out a plan there. Should somebody else have made one by then, it stays as it is.
fn plan_nothing() -> Result<Step<Plan<()>>, OpsError> {
    Ok(Step::Do(Plan { changes: Vec::new(), answer: (), remarks: Vec::new() }))
}

/// What is to change beside the database.
struct Beside {
    /// What group and others are to be kept away from.
    to_protect: Vec<PathBuf>,
    /// The configuration file that is to be written.
    config: Option<DefaultsFile>,
}

impl Beside {
    /// What these arguments ask for. It fails where that cannot be done, as far as this can be known.
    fn planned(session: &mut Session<'_>, location: &Location, args: &InitArgs) -> Result<Beside, Failure> {
        let to_protect = if args.overwrite.is_some() { closable(find_exposed(location)) } else { Vec::new() };
        require_protectable(&to_protect)?;
        let config = if args.with_config.is_some() {
            DefaultsFile::to_be_written(session, location.directory(), args.overwrite.is_some())?
        } else {
            None
        };
        Ok(Beside { to_protect, config })
    }

    /// What a dry run shows of it.
    fn changes(&self) -> Vec<FileChange> {
        let protect = |path: &PathBuf| FileChange::Protect { path: path.display().to_string() };
        let written = self.config.as_ref().map(DefaultsFile::change);
        self.to_protect.iter().map(protect).chain(written).collect()
    }
}
