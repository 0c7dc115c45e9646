//! `trop show-data-dir`: where the reservations are kept.

use clap::{ArgMatches, Command};

use trop_config::settings;

use super::Subcommand;
use super::shared::print_path;
use crate::conclusion::Conclusion;
use crate::configuration::given_of;
use crate::data_directory::locate;
use crate::failure::Failure;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "show-data-dir",
    about: "Print the data directory that would be used",
    arguments: |command: Command| command,
    run,
};

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let effective = given_of(session, matches, &[&settings::DATA_DIR.declaration]).merged()?;
    let location = locate(session, effective.layers())?;
    print_path(session, location.directory())?;
    Ok(Conclusion::DONE)
}
