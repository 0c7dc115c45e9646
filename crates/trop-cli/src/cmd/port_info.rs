//! `trop port-info`: everything that is known of one port.

use clap::{ArgMatches, Args, Command};

use trop_config::{Effective, settings};
use trop_model::{Exclusions, Ledger, Port, Reservation, browser};
use trop_occupancy::{Role, sweep};
use trop_output::{PortInfo, PortOccupancy, PortSocket, SocketRole, write_port_info, write_port_info_json};

use super::Subcommand;
use super::shared::parsed;
use crate::conclusion::Conclusion;
use crate::configuration::effective;
use crate::failure::Failure;
use crate::given::Given;
use crate::live::{SOCKETS_NOT_LISTED, Seen, path_exists, see};
use crate::occupancy::{KINDS_OF_PROBES, NOTHING_LOOKED_AT, kinds_of_probes, probes};
use crate::session::Session;
use crate::setting_flags::with_setting_flags;
use crate::shown_sockets::{Users, shown};

pub(super) const SUBCOMMAND: Subcommand = Subcommand {
    name: "port-info",
    about: "Tell who has a port reserved, and who uses it now",
    arguments,
    run,
};

#[derive(Debug, Args)]
struct PortInfoArgs {
    /// The port
    #[arg(value_name = "PORT")]
    port: Port,
    /// Also tell which sockets are on it now, and whose they are
    #[arg(long)]
    include_occupancy: Option<Given>,
    /// How the answer is written
    #[arg(long, value_name = "FORMAT", value_parser = ["human", "json"], default_value = "human")]
    format: String,
}

fn arguments(command: Command) -> Command {
    let probing = [&settings::SKIP_OCCUPANCY_CHECK.declaration];
    let command = with_setting_flags(PortInfoArgs::augment_args(command), &probing, |flag| flag);
    with_setting_flags(command, &KINDS_OF_PROBES, |flag| flag)
}

fn run(matches: &mut ArgMatches, session: &mut Session<'_>) -> Result<Conclusion, Failure> {
    let PortInfoArgs { port, include_occupancy, format } = parsed(matches)?;
    let effective = effective(session, matches)?;
    let mut store = session.store(&effective)?;
    let found = store.read(|rows| rows.by_port(port))?;
    drop(store);
    let reservation = found.as_ref().map(|row| (row, path_exists(&row.key.path)));
    let occupancy = if include_occupancy.is_some() {
        Some(occupancy(session, &effective, port, reservation)?)
    } else {
        None
    };
    let info = PortInfo {
        port,
        reservation,
        handed_out: effective.port_range(),
        excluded: effective.get::<Exclusions>(&settings::EXCLUDED_PORTS).contains(port),
        browser_blocked: browser::refuses(port),
        occupancy,
    };
    let written = if format == "json" {
        write_port_info_json(session.host.stdout, &info)
    } else {
        let style = session.style_of_stdout();
        write_port_info(session.host.stdout, &info, session.host.now, style)
    };
    written.map(|()| Conclusion::DONE).map_err(Failure::Output)
}

/// Who uses the port now. One that is not reserved is also tested by binding it: no server is about to start there.
fn occupancy(
    session: &mut Session<'_>,
    effective: &Effective,
    port: Port,
    reservation: Option<(&Reservation, Option<bool>)>,
) -> Result<PortOccupancy, Failure> {
    let kinds = kinds_of_probes(effective);
    let is_tested = reservation.is_none() && probes(effective).is_some();
    let mut swept = sweep(is_tested.then_some(port), kinds, || {})?;
    swept.sockets.retain(|socket| socket.address.port() == port.get());
    let seen = match reservation {
        Some((row, path_exists)) => see(&swept.sockets, &row.key.path, path_exists),
        None => swept.sockets.iter().map(|socket| Seen { socket, process_inside: None }).collect(),
    };
    let mut users = Users::default();
    let view = |Seen { socket, process_inside }: &Seen<'_>| PortSocket {
        socket: shown(socket, port, reservation.is_some(), &mut users),
        role: shown_role(socket.role),
        process_inside: *process_inside,
    };
    let sockets: Vec<PortSocket> = seen.iter().map(view).collect();
    if !swept.is_list_known {
        session.warn(SOCKETS_NOT_LISTED.to_owned());
    }
    if kinds.are_none() {
        session.warn(NOTHING_LOOKED_AT.to_owned());
    }
    let was_tested = is_tested && swept.kept_back == 0 && !swept.nothing_applied;
    // A test sees little of other addresses than its own, and the list no socket that is only bound.
    let can_be_known = !kinds.are_none() && swept.is_list_known && (was_tested || reservation.is_some());
    let occupied = (can_be_known || !sockets.is_empty()).then_some(!sockets.is_empty());
    Ok(PortOccupancy { occupied, sockets })
}

fn shown_role(role: Role) -> Option<SocketRole> {
    match role {
        Role::Listens => Some(SocketRole::Listens),
        Role::Bound => Some(SocketRole::Bound),
        Role::Connected => Some(SocketRole::Connected),
        Role::Unlisted => None,
    }
}
