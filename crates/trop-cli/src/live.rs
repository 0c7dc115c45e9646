//! What is known of ports and reservations at this moment.

use std::path::Path;

use trop_model::Reservation;
use trop_occupancy::{Protocol, Role, Snapshot, Socket, snapshot};
use trop_ops::{ServedElsewhere, Servers};
use trop_output::Live;
use trop_paths::{AbsPath, canonical_form};
use trop_system::{ProcessDirectory, process_directory};

use crate::absence::{Absence, find_absence};
use crate::occupancy::describe_process;
use crate::shown_sockets::{Users, shown_process};

/// What to say where nobody can know who uses a port.
pub(crate) const SOCKETS_NOT_LISTED: &str = "the system does not tell which sockets there are";

/// One look at what the system lists, for as many questions as there are.
pub(crate) struct Present {
    snapshot: Snapshot,
    users: Users,
}

/// A socket, seen from a directory that has its port reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Seen<'s> {
    pub(crate) socket: &'s Socket,
    /// Whether its process runs inside the directory; `None` when that cannot be known.
    pub(crate) process_inside: Option<bool>,
}

impl Present {
    /// Looks.
    pub(crate) fn look() -> Present {
        Present { snapshot: snapshot(), users: Users::default() }
    }

    /// What was seen.
    pub(crate) fn snapshot(&self) -> &Snapshot {
        &self.snapshot
    }

    /// What is known of the reservation.
    pub(crate) fn live(&mut self, row: &Reservation) -> Live {
        let path_exists = path_exists(&row.key.path);
        let seen = see(self.snapshot.on(row.port), &row.key.path, path_exists);
        let listening = self.snapshot.is_known().then(|| seen.iter().any(|seen| serves(seen.socket)));
        let Some(Seen { socket, process_inside }) = foremost(&seen) else {
            return Live { path_exists, listening, ..Live::default() };
        };
        let (process, user) = (shown_process(socket), self.users.of(socket));
        Live { path_exists, listening, process, user, process_inside }
    }
}

/// Who serves the ports of these reservations; `None` where the system does not tell who listens.
pub(crate) fn find_servers(reservations: &[Reservation]) -> Option<Servers> {
    let mut present = Present::look();
    if !present.snapshot().is_known() {
        return None;
    }
    let mut servers = Servers::default();
    for row in reservations {
        if present.snapshot().on(row.port).is_empty() {
            continue;
        }
        let live = present.live(row);
        match (&live.process, live.process_inside) {
            _ if live.listening != Some(true) => {}
            (Some(process), Some(false)) => {
                let place = process_directory(process.id)
                    .map_or(String::new(), |directory| format!(" in {}", directory.path.display()));
                let process = format!("{}{place}", describe_process(process.id, &process.name));
                let served = ServedElsewhere { key: row.key.clone(), port: row.port, process };
                servers.elsewhere.push(served);
            }
            (_, Some(_)) => {}
            (_, None) => servers.hidden += 1,
        }
    }
    Some(servers)
}

/// Whether the directory is there; `None` when it cannot be looked at.
pub(crate) fn path_exists(path: &AbsPath) -> Option<bool> {
    match find_absence(path) {
        None => Some(true),
        Some(Absence::Missing | Absence::NoDirectory) => Some(false),
        Some(Absence::Unknown(_)) => None,
    }
}

/// The sockets, seen from that directory.
pub(crate) fn see<'s>(sockets: &'s [Socket], path: &AbsPath, path_exists: Option<bool>) -> Vec<Seen<'s>> {
    if sockets.is_empty() {
        return Vec::new();
    }
    let names = [path.clone(), canonical_form(path)];
    let is_inside = |socket: &Socket| {
        let directory = process_directory(socket.process.as_ref()?.process_id)?;
        Some(runs_inside(&directory, &names, path_exists == Some(true)))
    };
    sockets.iter().map(|socket| Seen { socket, process_inside: is_inside(socket) }).collect()
}

/// Whether what runs in `process` runs inside the directory of these names. One that was made anew under the path of a deleted
/// one is another directory.
fn runs_inside(process: &ProcessDirectory, names: &[AbsPath], exists: bool) -> bool {
    let is_inside = |path: &Path| names.iter().any(|name| path.starts_with(name.as_path()));
    is_inside(&process.path) && (!exists || is_inside(&process.surviving))
}

/// The socket to name when somebody asks who serves the port: one that serves it before others, then one whose process runs
/// inside, then one whose process is visible; after that what listens, TCP, and the lowest process id.
fn foremost<'s>(seen: &[Seen<'s>]) -> Option<Seen<'s>> {
    let precedence = |Seen { socket, process_inside }: &Seen<'s>| {
        let process_id = socket.process.as_ref().map(|process| process.process_id);
        (
            !serves(socket),
            *process_inside != Some(true),
            process_id.is_none(),
            socket.role,
            socket.protocol,
            process_id,
        )
    };
    seen.iter().copied().min_by_key(precedence)
}

/// Whether others can reach somebody there.
fn serves(socket: &Socket) -> bool {
    match (socket.protocol, socket.role) {
        (_, Role::Listens) | (Protocol::Udp, Role::Bound) => true,
        (Protocol::Tcp, Role::Bound) | (_, Role::Connected | Role::Unlisted) => false,
    }
}

#[cfg(test)]
mod tests;
