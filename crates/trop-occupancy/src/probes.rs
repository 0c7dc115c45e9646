//! Which sockets are tried for a port.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use trop_model::Port;

use crate::Socket;

/// Which probes are made. By default: TCP and UDP, on `127.0.0.1` and `::1`.
///
/// A probe is made when its protocol and its address family are both on; with none on, every port counts as free.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Probes {
    /// Try TCP.
    pub tcp: bool,
    /// Try UDP.
    pub udp: bool,
    /// Try IPv4: `127.0.0.1`.
    pub ipv4: bool,
    /// Try IPv6: `::1`. It never claims an IPv4 address.
    pub ipv6: bool,
    /// Try `0.0.0.0` and `::` as well, so that sockets on any address of this machine are seen.
    pub all_interfaces: bool,
}

impl Default for Probes {
    fn default() -> Probes {
        Probes { tcp: true, udp: true, ipv4: true, ipv6: true, all_interfaces: false }
    }
}

impl Probes {
    /// Whether there is none: both protocols are off, or both address families.
    #[must_use]
    pub fn are_none(self) -> bool {
        !(self.tcp || self.udp) || !(self.ipv4 || self.ipv6)
    }

    /// Whether such a socket is among what the probes look at: its protocol is, and one of the address families that it may take.
    #[must_use]
    pub fn concern(self, socket: &Socket) -> bool {
        let protocol = match socket.protocol {
            Protocol::Tcp => self.tcp,
            Protocol::Udp => self.udp,
        };
        let takes_both = socket.address.ip() == IpAddr::V6(Ipv6Addr::UNSPECIFIED);
        let is_ipv4 = socket.address.ip().to_canonical().is_ipv4();
        protocol && (self.ipv4 && (is_ipv4 || takes_both) || self.ipv6 && !is_ipv4)
    }

    /// The sockets to try for `port`.
    pub(crate) fn sockets(self, port: Port) -> impl Iterator<Item = ProbedSocket> {
        let protocols = [(self.tcp, Protocol::Tcp), (self.udp, Protocol::Udp)];
        let addresses: [(bool, IpAddr); 4] = [
            (self.ipv4, Ipv4Addr::LOCALHOST.into()),
            (self.ipv6, Ipv6Addr::LOCALHOST.into()),
            (self.ipv4 && self.all_interfaces, Ipv4Addr::UNSPECIFIED.into()),
            (self.ipv6 && self.all_interfaces, Ipv6Addr::UNSPECIFIED.into()),
        ];
        let wanted_addresses = addresses.into_iter().filter(|(wanted, _)| *wanted);
        let wanted_protocols = protocols.into_iter().filter(|(wanted, _)| *wanted);
        wanted_protocols.flat_map(move |(_, protocol)| {
            wanted_addresses.clone().map(move |(_, address)| ProbedSocket {
                protocol,
                address: SocketAddr::new(address, port.get()),
            })
        })
    }
}

/// The two protocols that have ports.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Protocol {
    /// Streams.
    Tcp,
    /// Datagrams.
    Udp,
}

impl From<listeners::Protocol> for Protocol {
    fn from(protocol: listeners::Protocol) -> Protocol {
        match protocol {
            listeners::Protocol::TCP => Protocol::Tcp,
            listeners::Protocol::UDP => Protocol::Udp,
        }
    }
}

/// One socket to try.
#[derive(Debug, Clone, Copy)]
pub(crate) struct ProbedSocket {
    /// Its protocol.
    pub(crate) protocol: Protocol,
    /// The address and port that it is bound to.
    pub(crate) address: SocketAddr,
}
