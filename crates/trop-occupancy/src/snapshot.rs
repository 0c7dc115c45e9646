//! What the system lists, at one moment.

use std::collections::{HashMap, HashSet};
use std::net::SocketAddr;

use listeners::{Listener, SocketState};
use trop_model::Port;

use crate::conflict::may_keep_from;
use crate::probes::ProbedSocket;
use crate::{Holder, Protocol, platform};

/// A socket that holds a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Socket {
    /// Its protocol.
    pub protocol: Protocol,
    /// Its own address and port.
    pub address: SocketAddr,
    /// What it does there.
    pub role: Role,
    /// The number of the user whose socket it is, where the system tells it: on Linux, of everybody's sockets.
    pub user_id: Option<u32>,
    /// The process that has it, when this process may see that.
    pub process: Option<Holder>,
}

/// What a socket does on its port. What stands for more to those who look for a server comes first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// It waits for connections.
    Listens,
    /// It takes datagrams from everybody, or it is bound and does nothing yet.
    Bound,
    /// It is one end of a connection, or what is left of that end after its process closed it.
    Connected,
    /// It is there, since it keeps others from the port, and the system does not list it. It waits for nothing yet.
    Unlisted,
}

/// Every socket with a port that the system listed at one moment. TIME_WAIT, which is no socket any more, is not among them.
///
/// On Linux this is what the kernel lists of everybody's sockets, and only the processes of other users may be hidden; TCP sockets
/// that are bound and neither listen nor are connected are not listed (a [`sweep`](crate::sweep) finds
/// those). Elsewhere it is what this process may see.
#[derive(Debug, Clone, Default)]
pub struct Snapshot {
    /// By port, and of one port by protocol, address and role.
    sockets: Vec<Socket>,
    is_known: bool,
}

/// Reads what the system lists now, and whose it is. Nothing is opened or bound.
///
/// Of several sockets of one process with the same protocol, address and role, such as the server's ends of its connections, one
/// stands for all. What belongs to no process any longer, or not yet, is there only where no process has the port.
#[must_use]
pub fn snapshot() -> Snapshot {
    let visible = listeners::get_all().unwrap_or_default();
    Snapshot::of(platform::list_sockets(), visible)
}

/// The same without the processes, which take the most time to find.
pub(crate) fn glance() -> Snapshot {
    Snapshot::of(platform::list_sockets(), [])
}

impl Snapshot {
    fn of(listed: Option<Vec<Listed>>, visible: impl IntoIterator<Item = Listener>) -> Snapshot {
        match listed {
            Some(listed) => Snapshot { sockets: with_processes(listed, visible), is_known: true },
            None => Snapshot::default(),
        }
    }

    /// The sockets, by port.
    #[must_use]
    pub fn sockets(&self) -> &[Socket] {
        &self.sockets
    }

    /// The sockets on one port.
    #[must_use]
    pub fn on(&self, port: Port) -> &[Socket] {
        let first = self.sockets.partition_point(|socket| socket.address.port() < port.get());
        let end = self.sockets.partition_point(|socket| socket.address.port() <= port.get());
        &self.sockets[first..end]
    }

    /// Whether the system told. Where it did not, no socket is listed, and that says nothing about any port.
    #[must_use]
    pub fn is_known(&self) -> bool {
        self.is_known
    }

    /// The process to name when somebody asks who holds the port: one that listens before others, TCP before UDP, and the
    /// lowest process id.
    #[must_use]
    pub fn holder(&self, port: Port) -> Option<&Holder> {
        let visible = self.on(port).iter().filter_map(|socket| Some((socket, socket.process.as_ref()?)));
        let foremost =
            visible.min_by_key(|(socket, process)| (socket.role, socket.protocol, process.process_id));
        foremost.map(|(_, process)| process)
    }

    /// Whether a socket with the same protocol and address is among them.
    pub(crate) fn lists(&self, socket: &Socket) -> bool {
        let same_port = Port::new(socket.address.port()).map_or(&[][..], |port| self.on(port));
        same_port.iter().any(|listed| (listed.protocol, listed.address) == (socket.protocol, socket.address))
    }

    /// Whether one of the sockets may be what keeps others from `probed`.
    pub(crate) fn may_explain(&self, probed: ProbedSocket) -> bool {
        let Some(port) = Port::new(probed.address.port()) else { return false };
        self.on(port).iter().any(|socket| {
            socket.protocol == probed.protocol && may_keep_from(socket.address.ip(), probed.address.ip())
        })
    }
}

/// A socket as the system lists it, before anybody has looked for its process.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Listed {
    pub(crate) port: u16,
    pub(crate) protocol: Protocol,
    pub(crate) address: SocketAddr,
    pub(crate) role: Role,
    /// `None` where the system does not tell.
    pub(crate) user_id: Option<u32>,
    /// Whether no process has it: a connection that its process has closed, or that a server has not accepted yet.
    pub(crate) is_orphan: bool,
}

/// What a process and a listed socket are joined by; of two sockets with the same, the system does not say which is whose.
type Likeness = (Protocol, SocketAddr, bool);

fn with_processes(mut listed: Vec<Listed>, visible: impl IntoIterator<Item = Listener>) -> Vec<Socket> {
    let mut processes: HashMap<Likeness, Vec<Holder>> = HashMap::new();
    for listener in visible {
        let likeness = (listener.protocol.into(), listener.socket, listener.state == SocketState::Listen);
        let holder = Holder { process_id: listener.process.pid, process_name: listener.process.name };
        processes.entry(likeness).or_default().push(holder);
    }
    for holders in processes.values_mut() {
        holders.sort_unstable_by_key(|holder| holder.process_id);
        holders.dedup();
    }
    // What no process has says nothing where a process has the same port.
    let owned: HashSet<(Protocol, u16)> = listed
        .iter()
        .filter(|socket| !socket.is_orphan)
        .map(|socket| (socket.protocol, socket.port))
        .collect();
    listed.retain(|socket| !socket.is_orphan || !owned.contains(&(socket.protocol, socket.port)));
    listed.sort_unstable();
    listed.dedup_by_key(|socket| (socket.protocol, socket.address, socket.role));
    let mut sockets = Vec::new();
    for Listed { protocol, address, role, user_id, .. } in listed {
        let socket = |process| Socket { protocol, address, role, user_id, process };
        match processes.get(&(protocol, address, role == Role::Listens)) {
            Some(holders) => sockets.extend(holders.iter().cloned().map(|holder| socket(Some(holder)))),
            None => sockets.push(socket(None)),
        }
    }
    sockets
}

#[cfg(test)]
mod tests {
    use std::net::{Ipv4Addr, SocketAddr};

    use trop_model::Port;

    use super::{Role, Snapshot, Socket};
    use crate::{Holder, Protocol};

    #[test]
    fn the_process_that_listens_is_named_before_others() {
        #[track_caller]
        fn check(sockets: &[(Role, Protocol, Option<u32>)], expected: Option<u32>) {
            let address = SocketAddr::from((Ipv4Addr::LOCALHOST, 5000));
            let holder = |process_id| Holder { process_id, process_name: "node".to_owned() };
            let socket = |&(role, protocol, process_id): &(Role, Protocol, Option<u32>)| Socket {
                protocol,
                address,
                role,
                user_id: None,
                process: process_id.map(holder),
            };
            let snapshot = Snapshot { sockets: sockets.iter().map(socket).collect(), is_known: true };
            let named = snapshot.holder(Port::new(5000).unwrap()).map(|holder| holder.process_id);
            assert_eq!(named, expected);
        }

        let (tcp, udp) = (Protocol::Tcp, Protocol::Udp);
        check(&[], None);
        check(&[(Role::Listens, tcp, None)], None);
        check(&[(Role::Listens, tcp, None), (Role::Connected, tcp, Some(3))], Some(3));
        check(&[(Role::Connected, tcp, Some(1)), (Role::Listens, tcp, Some(9))], Some(9));
        check(&[(Role::Bound, udp, Some(1)), (Role::Listens, tcp, Some(9))], Some(9));
        check(&[(Role::Connected, tcp, Some(1)), (Role::Bound, udp, Some(9))], Some(9));
        check(&[(Role::Bound, udp, Some(1)), (Role::Bound, tcp, Some(9))], Some(9));
        check(&[(Role::Listens, tcp, Some(9)), (Role::Listens, tcp, Some(4))], Some(4));
    }
}
