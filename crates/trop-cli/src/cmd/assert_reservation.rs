//! `trop assert-reservation`: whether a directory has a port.

use clap::{ArgMatches, Args, Command};

use trop_config::settings;
use trop_model::{Ledger, ReservationKey};
use trop_storage::StorageError;

use super::Subcommand;
use super::shared::{conclude_assertion, parsed};
use crate::conclusion::Conclusion;
use crate::configuration::{effective_in, given};
use crate::failure::Failure;
use crate::given::Given;
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::target::asked;
use crate::telling::describe_reservation;

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "assert-reservation",
    about: "Succeed when a directory has a port, and print it",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct AssertReservationArgs {
    /// Succeed when it has none, and print nothing
    #[arg(long)]
    not: Option<Given>,
}

fn arguments(command: Command) -> Command {
    let identity = [&settings::PATH.declaration, &settings::TAG.declaration];
    AssertReservationArgs::augment_args(with_setting_flags(command, &identity, |flag| flag))
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let AssertReservationArgs { not } = parsed(matches)?;
    let given = given(session, matches);
    let asked = asked(session, &given)?;
    let effective = effective_in(session, given, Some(asked.real_directory()))?;
    let tag = effective.get(&settings::TAG);
    let mut store = session.store(&effective)?;
    let (key, found) = store.read(|rows| {
        let key = ReservationKey { path: asked.target.meant(rows)?, tag: tag.clone() };
        let found = rows.by_key(&key)?;
        Ok::<_, StorageError>((key, found))
    })?;
    drop(store);
    match &found {
        None if not.is_none() => session.note(&format!("nothing is reserved for {key}")),
        Some(reservation) if not.is_some() => session.note(&describe_reservation(reservation)),
        _ => {}
    }
    conclude_assertion(session, found.map(|found| found.port.to_string()).as_deref(), not.is_some())
}
