//! `trop assert-data-dir`: whether there is a database, and whether it is good.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_storage::{Examined, StorageError, Store};

use super::Subcommand;
use super::shared::{conclude_assertion, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::failure::Failure;
use crate::given::Given;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "assert-data-dir",
    about: "Succeed when there is a database that this trop can use, and print its directory",
    arguments: |command: Command| AssertDataDirArgs::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct AssertDataDirArgs {
    /// Look for damage in it, without writing: its pages, its tables, every value
    #[arg(long)]
    validate: Option<Given>,
    /// Succeed when there is none, and print nothing
    #[arg(long)]
    not: Option<Given>,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: AssertDataDirArgs = parsed(matches)?;
    let variables = [&settings::DATA_DIR.declaration, &settings::MAXIMUM_LOCK_WAIT_SECONDS.declaration];
    let effective = given_of(session, matches, &variables).merged()?;
    let mut store = session.store(&effective)?;
    let is_there = if args.validate.is_some() {
        validate(session, &mut store)?
    } else {
        is_usable(session, &mut store)?
    };
    let directory = store.location().directory().clone();
    drop(store);
    if !is_there && args.not.is_none() {
        session.note(&format!("there is no database in {directory} that this trop can use"));
    }
    conclude_assertion(session, is_there.then_some(directory.as_str()), args.not.is_some())
}

/// Whether a command could use what is there. What is wrong with the file makes that a no; what leaves it open is an error.
fn is_usable(session: &mut Session<'_>, store: &mut Store) -> Result<bool, Failure> {
    match store.exists() {
        Ok(exists) => Ok(exists),
        Err(
            refused @ (StorageError::Corrupt { .. }
            | StorageError::Foreign { .. }
            | StorageError::Newer { .. }
            | StorageError::MarksDisagree { .. }
            | StorageError::NotAdoptable { .. }
            | StorageError::MigrationFailed { .. }
            | StorageError::Damaged { .. }),
        ) => {
            session.note(&refused.to_string());
            Ok(false)
        }
        Err(
            undecided @ (StorageError::Busy { .. }
            | StorageError::Missing(_)
            | StorageError::Unreadable { .. }
            | StorageError::Unwritable { .. }
            | StorageError::Unexpected { .. }),
        ) => Err(undecided.into()),
    }
}

/// Whether there is a database without damage. Damage is an error.
fn validate(session: &mut Session<'_>, store: &mut Store) -> Result<bool, Failure> {
    match store.examine()? {
        Examined::Nothing => Ok(false),
        Examined::Current => Ok(true),
        Examined::Older { layout } => {
            session.note(&format!(
                "{} has the older layout {layout}; the first command that changes it will migrate it, which will succeed, and keep a copy",
                store.location().database().display()
            ));
            Ok(true)
        }
    }
}
