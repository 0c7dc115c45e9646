//! Which ports a scan is about.

use trop_model::{Exclusions, Port, PortRange, PortSet};
use trop_occupancy::{Role, Socket};

/// The ports to look at, and how.
pub(crate) struct Scope {
    /// The ports to look at.
    pub(crate) range: PortRange,
    /// The ports that are handed out.
    pub(crate) handed_out: PortRange,
    /// Those of the ports to look at that are reserved.
    pub(crate) reserved: PortSet,
    /// Whether every port is tested, and not only those that could be handed out now.
    pub(crate) exact: bool,
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

    /// The ports of servers and of sockets that are bound, but for reserved ones. A client's end of a connection soon goes away by
    /// itself.
    pub(crate) fn excludable(&self, sockets: &[Socket]) -> Exclusions {
        let held = sockets.iter().filter(|socket| socket.role != Role::Connected);
        let ports = held.filter_map(|socket| Port::new(socket.address.port()));
        ports.filter(|port| !self.reserved.contains(*port)).map(PortRange::from).collect()
    }
}
