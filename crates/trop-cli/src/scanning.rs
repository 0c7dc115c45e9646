//! Finding every socket that holds a port of a range.

use trop_model::{Exclusions, Port, PortRange, PortSet};
use trop_occupancy::{Prober, Probes, Protocol, Role, Snapshot, Socket, SocketsNotPermitted};

/// What to look at, and how.
pub(crate) struct Scope {
    /// The ports to look at.
    pub(crate) range: PortRange,
    /// The ports that are handed out.
    pub(crate) handed_out: PortRange,
    /// Those of the ports to look at that are reserved.
    pub(crate) reserved: PortSet,
    /// Whether every port is tested, and not only those that could be handed out now.
    pub(crate) exact: bool,
    /// Which protocols and addresses matter.
    pub(crate) probes: Probes,
}

/// What there is.
pub(crate) struct Findings {
    /// The sockets, by port, protocol and address.
    pub(crate) sockets: Vec<Socket>,
    /// Whether the system told which sockets there are.
    pub(crate) is_list_known: bool,
    /// How many ports should have been tested, and the system keeps them from this user.
    pub(crate) kept_back: usize,
}

impl Scope {
    /// The ports that are tested by binding. A test could keep a server from starting that is expected on a reserved port.
    pub(crate) fn tested_ports(&self) -> impl Iterator<Item = Port> {
        self.range.iter().filter(|port| self.is_tested(*port))
    }

    fn is_tested(&self, port: Port) -> bool {
        self.exact || (self.handed_out.contains(port) && !self.reserved.contains(port))
    }

    /// The ports that are not tested, fit to stand after "of"; `None` when all are.
    pub(crate) fn describe_untested(&self) -> Option<String> {
        let reserved =
            self.handed_out.iter().filter(|port| self.range.contains(*port) && !self.is_tested(*port));
        let reserved = match reserved.count() {
            0 => None,
            1 => Some("the reserved port".to_owned()),
            count => Some(format!("the {count} reserved ports")),
        };
        let is_outside = |port: Port| !self.handed_out.contains(port) && !self.is_tested(port);
        let outside =
            self.range.iter().any(is_outside).then(|| format!("the ports outside {}", self.handed_out));
        let parts: Vec<String> = outside.into_iter().chain(reserved).collect();
        (!parts.is_empty()).then(|| parts.join(" and of "))
    }

    /// What the system lists, and what only tests find. `step` is told of each port that was tested.
    pub(crate) fn scan(
        &self,
        snapshot: &Snapshot,
        mut step: impl FnMut(),
    ) -> Result<Findings, SocketsNotPermitted> {
        let is_meant = |socket: &&Socket| {
            let port = Port::new(socket.address.port());
            port.is_some_and(|port| self.range.contains(port)) && self.probes.concern(socket)
        };
        let mut sockets: Vec<Socket> = snapshot.sockets().iter().filter(is_meant).cloned().collect();
        let mut prober = Prober::new(self.probes);
        let mut kept_back = 0;
        for port in self.tested_ports() {
            match prober.find_unlisted(port, snapshot)? {
                Some(unlisted) => sockets.extend(unlisted),
                None => kept_back += 1,
            }
            step();
        }
        sockets.sort_by_key(|socket| (socket.address.port(), socket.protocol, socket.address.ip()));
        Ok(Findings { sockets, is_list_known: snapshot.is_known(), kept_back })
    }

    /// The ports of servers and of sockets that are bound, but for reserved ones. A client's end of a connection soon goes away by
    /// itself, and so do the UDP sockets of name look-ups and of other probes, which are no longer listed `later`.
    pub(crate) fn excludable(&self, findings: &Findings, later: &Snapshot) -> Exclusions {
        let held = findings.sockets.iter().filter(|socket| socket.role != Role::Connected);
        let ports = held.filter_map(|socket| {
            let port = Port::new(socket.address.port())?;
            let is_still_listed = || later.on(port).iter().any(|listed| listed.address == socket.address);
            let stays = socket.protocol == Protocol::Tcp || !later.is_known() || is_still_listed();
            (stays && !self.reserved.contains(port)).then(|| PortRange::from(port))
        });
        ports.collect()
    }
}
