//! One reading of the sockets that the kernel lists.

use std::fs;
use std::net::SocketAddr;

use crate::platform::conflict::in_the_way;
use crate::probes::Protocol;

use super::proc_net::{ListedSocket, State, parse};

/// The listed sockets of one protocol, by ascending port. Empty where they could not be read.
#[derive(Debug, Default)]
pub(super) struct Listing {
    sockets: Vec<ListedSocket>,
}

/// What is listed in the way of an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Trace {
    /// Nothing.
    Nothing,
    /// Closed connections that TCP still remembers, and nothing else.
    OnlyTimeWait,
    /// Some socket.
    Holder,
}

impl Listing {
    /// Reads what is listed now, IPv4 and IPv6.
    pub(super) fn read(protocol: Protocol) -> Listing {
        let files = match protocol {
            Protocol::Tcp => ["/proc/net/tcp", "/proc/net/tcp6"],
            Protocol::Udp => ["/proc/net/udp", "/proc/net/udp6"],
        };
        let texts = files.map(|file| fs::read_to_string(file).unwrap_or_default());
        Listing::of(protocol, &texts)
    }

    fn of(protocol: Protocol, texts: &[String]) -> Listing {
        let mut sockets: Vec<ListedSocket> = texts.iter().flat_map(|text| parse(protocol, text)).collect();
        sockets.sort_unstable_by_key(|socket| socket.local.port());
        Listing { sockets }
    }

    /// What is in the way of a socket at `address`.
    pub(super) fn trace_in_the_way(&self, address: SocketAddr) -> Trace {
        let states = self.in_the_way_of(address).map(|socket| match socket.state {
            State::TimeWait => Trace::OnlyTimeWait,
            State::Other => Trace::Holder,
        });
        states.max().unwrap_or(Trace::Nothing)
    }

    /// Whether some socket in the way of `address` is in both listings.
    pub(super) fn shared_with(&self, other: &Listing, address: SocketAddr) -> bool {
        self.in_the_way_of(address)
            .any(|socket| other.in_the_way_of(address).any(|before| before == socket))
    }

    fn in_the_way_of(&self, address: SocketAddr) -> impl Iterator<Item = &ListedSocket> {
        let first = self
            .sockets
            .partition_point(|socket| socket.local.port() < address.port());
        let with_its_port = self.sockets[first..]
            .iter()
            .take_while(move |socket| socket.local.port() == address.port());
        with_its_port.filter(move |socket| in_the_way(socket.local.ip(), address.ip()))
    }
}
