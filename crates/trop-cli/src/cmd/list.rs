//! `trop list`: what is reserved.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_model::{Project, Reservation, Tag};
use trop_ops::{Filter, list};
use trop_output::{ListFormat, LiveReservation, TableView, write_live_reservations, write_reservations};

use super::Subcommand;
use super::shared::{list_format, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::data_directory::home;
use crate::failure::Failure;
use crate::given::Given;
use crate::live::{Present, SOCKETS_NOT_LISTED};
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::target::typed;

pub(super) const SUBCOMMAND: Subcommand =
    Subcommand { name: "list", about: "List what is reserved", arguments, run };

#[derive(Debug, Args)]
struct ListArgs {
    /// Only reservations of this project
    #[arg(long, value_name = "PROJECT")]
    filter_project: Option<Project>,
    /// Only reservations with this tag
    #[arg(long, value_name = "TAG")]
    filter_tag: Option<Tag>,
    /// Only reservations of this directory and of everything below it
    #[arg(long, value_name = "DIR")]
    filter_path: Option<String>,
    /// Do not shorten the home directory to ~ in the table
    #[arg(long)]
    show_full_paths: Option<Given>,
    /// Also tell whether the directory exists, and who serves the port now, inside the directory or elsewhere
    #[arg(long)]
    live: Option<Given>,
}

fn arguments(command: Command) -> Command {
    let settings = [&settings::OUTPUT_FORMAT.declaration];
    with_setting_flags(ListArgs::augment_args(command), &settings, |flag| flag)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let args: ListArgs = parsed(matches)?;
    let effective = effective(session, matches)?;
    let is_filtered =
        args.filter_project.is_some() || args.filter_tag.is_some() || args.filter_path.is_some();
    let filter = Filter {
        project: args.filter_project,
        tag: args.filter_tag,
        path: args.filter_path.as_deref().map(|path| typed(session, path)).transpose()?,
    };
    let mut store = session.store(&effective)?;
    let rows = store.read(|rows| list(rows, &filter))?;
    drop(store);
    let format = list_format(&effective);
    if rows.is_empty() && format == ListFormat::Table {
        session.note(if is_filtered { "nothing that is reserved matches" } else { "nothing is reserved" });
    }
    let live = if args.live.is_some() { Some(look_at(session, &rows)) } else { None };
    let home = if args.show_full_paths.is_some() { None } else { home(session) };
    let view = TableView { now: session.host.now, home: home.as_ref(), style: session.style_of_stdout() };
    let written = match live {
        Some(rows) => write_live_reservations(session.host.stdout, &rows, format, view),
        None => write_reservations(session.host.stdout, &rows, format, view),
    };
    written.map(|()| Conclusion::DONE).map_err(Failure::Output)
}

/// What is known of the reservations now. Looking at directories may take its time; by now nobody waits for the store.
fn look_at<'r>(session: &mut Session<'_>, rows: &'r [Reservation]) -> Vec<LiveReservation<'r>> {
    let mut present = Present::look();
    if !present.snapshot().is_known() {
        session.warn(format!("{SOCKETS_NOT_LISTED}, so nothing is known of who serves what"));
    }
    let mut progress = session.progress("looking at reservations", rows.len());
    let mut live = |row| {
        progress.step();
        LiveReservation { reservation: row, live: present.live(row) }
    };
    rows.iter().map(&mut live).collect()
}
