//! `trop show-path`: the directory under which a reservation would be made.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_paths::canonical_form;

use super::Subcommand;
use super::shared::{parsed, print_path};
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::failure::Failure;
use crate::given::Given;
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::target::asked;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "show-path", about: "Print the directory that reserve would use", arguments, run };

#[derive(Debug, Args)]
struct ShowPathArgs {
    /// Follow every symlink
    #[arg(long)]
    canonicalize: Option<Given>,
}

fn arguments(command: Command) -> Command {
    let command = with_setting_flags(command, &[&settings::PATH.declaration], |flag| flag);
    ShowPathArgs::augment_args(command)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ShowPathArgs = parsed(matches)?;
    let variables = [&settings::DATA_DIR.declaration, &settings::PATH.declaration];
    let effective = given_of(session, matches, &variables).merged()?;
    let asked = asked(session, effective.layers())?;
    if let Some(absence) = asked.absence() {
        session.warn(absence);
    }
    let path = if args.canonicalize.is_some() {
        canonical_form(&asked.target.path)
    } else if asked.target.canonical.is_none() {
        asked.target.path
    } else {
        let mut store = session.store(&effective)?;
        store.read(|rows| asked.target.meant(rows))?
    };
    print_path(session, &path)?;
    Ok(Conclusion::DONE)
}
