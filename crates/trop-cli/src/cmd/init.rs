//! `trop init`: the data directory, made by hand.

use std::time::Instant;

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_ops::{Facts, Plan, Step};
use trop_output::{FileChange, write_initialized};
use trop_storage::{Rows, WhenMissing};

use super::Subcommand;
use super::shared::{MutationArgs, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::data_directory::locate;
use crate::defaults_file::{DefaultsFile, Fate};
use crate::details::Details;
use crate::exposure::{find_exposed, warn_of_exposed};
use crate::failure::Failure;
use crate::plan::{Outcome, carry_out};
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
    /// Write a config.yaml, if there is none, in which every setting stands with its default
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
    let mode = args.mutation.mode();
    let location = locate(session, effective.layers())?;
    let directory = location.directory().clone();
    let existed = session.store_at(location.clone(), &effective).exists()?;
    let config = args.with_config.then(|| DefaultsFile::of(&directory));
    // What cannot be written is told before anything is made.
    let planned = config.as_ref().map(DefaultsFile::preview).transpose()?;
    let outcome = if existed {
        Outcome::of_nothing(mode)
    } else {
        let no_change = |_: &Rows<'_>, _: &Facts, _: &mut Details| {
            Ok(Step::Do(Plan { changes: Vec::new(), answer: (), remarks: Vec::new() }))
        };
        carry_out(session, &effective, WhenMissing::Create, mode, no_change)?
    };
    warn_of_exposed(session, &find_exposed(&location));
    let made_database = match outcome {
        Outcome::Done(done) => done.made_database,
        Outcome::DryRun(preview) => {
            tell_if_kept(session, config.as_ref(), planned);
            let to_write = config.filter(|_| planned == Some(Fate::Written));
            let files = to_write.map(|config| FileChange::Write { path: config.path.to_string() });
            preview.with_files(files.into_iter().collect()).show(session)?;
            return Ok(Conclusion::DONE);
        }
    };
    session.note(&match (made_database, planned) {
        (true, _) => format!("made a database in {directory}"),
        (false, Some(Fate::Written)) => format!("there is a database in {directory} already"),
        (false, _) => format!("there is a database in {directory} already; nothing was changed"),
    });
    let deadline = Instant::now() + lock_wait(&effective);
    let fate = config.as_ref().map(|config| config.write(deadline)).transpose()?;
    tell_if_kept(session, config.as_ref(), fate);
    let written = config.filter(|_| fate == Some(Fate::Written));
    if let Some(config) = &written {
        session.note(&format!("wrote {}", config.path));
    }
    if mode.json {
        let written = written.as_ref().map(|config| &config.path);
        write_initialized(session.host.stdout, &directory, made_database, written)
            .map_err(Failure::Output)?;
    }
    Ok(Conclusion::DONE)
}

fn tell_if_kept(session: &mut Session<'_>, config: Option<&DefaultsFile>, fate: Option<Fate>) {
    if let (Some(config), Some(Fate::Kept)) = (config, fate) {
        session.note(&format!("{} is there already, and is kept", config.path));
    }
}
