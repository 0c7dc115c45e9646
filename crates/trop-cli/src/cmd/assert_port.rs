//! `trop assert-port`: whether a port is reserved.

use clap::{ArgMatches, Args, Command};

use trop_model::{Ledger, Port};

use super::Subcommand;
use super::shared::{conclude_assertion, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::failure::Failure;
use crate::given::Given;
use crate::session::Session;
use crate::telling::describe_reservation;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "assert-port",
    about: "Succeed when that port is reserved, and print it",
    arguments: |command: Command| AssertPortArgs::augment_args(command),
    run,
};

#[derive(Debug, Args)]
struct AssertPortArgs {
    /// The port
    #[arg(value_name = "PORT")]
    port: Port,
    /// Succeed when it is not, and print nothing
    #[arg(long)]
    not: Option<Given>,
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let AssertPortArgs { port, not } = parsed(matches)?;
    let effective = effective(session, matches)?;
    let mut store = session.store(&effective)?;
    let found = store.read(|rows| rows.by_port(port))?;
    drop(store);
    match &found {
        None if not.is_none() => session.note(&format!("port {port} is not reserved")),
        Some(reservation) if not.is_some() => session.note(&describe_reservation(reservation)),
        _ => {}
    }
    conclude_assertion(session, found.map(|_| port.to_string()).as_deref(), not.is_some())
}
