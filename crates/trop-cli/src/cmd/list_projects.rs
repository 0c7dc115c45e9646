//! `trop list-projects`: which projects have something reserved.

use clap::{ArgMatches, Args, Command};

use trop_ops::list_projects;
use trop_output::{ProjectsFormat, write_projects};

use super::Subcommand;
use super::shared::parsed;
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::failure::Failure;
use crate::session::Session;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "list-projects",
    about: "List the projects that have something reserved",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct ListProjectsArgs {
    /// How the projects are written: one a line, or as an array
    #[arg(long, value_name = "FORMAT", value_parser = ["plain", "json"], default_value = "plain")]
    format: String,
}

fn arguments(command: Command) -> Command {
    ListProjectsArgs::augment_args(command)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ListProjectsArgs = parsed(matches)?;
    let effective = effective(session, matches)?;
    let mut store = session.store(&effective)?;
    let projects = store.read(|rows| list_projects(rows))?;
    drop(store);
    let format = match args.format.as_str() {
        "json" => ProjectsFormat::Json,
        _ if (session.host.stdout_is_terminal)() => ProjectsFormat::Terminal,
        _ => ProjectsFormat::Lines,
    };
    if projects.is_empty() && format != ProjectsFormat::Json {
        session.note("nothing that is reserved belongs to a project");
    }
    write_projects(session.host.stdout, &projects, format).map_err(Failure::Output)?;
    Ok(Conclusion::DONE)
}
