//! One reading of the sockets that the kernel lists.

use std::fs;
use std::net::SocketAddr;

use crate::conflict::may_keep_from;
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
        Listing::read_known(protocol).unwrap_or_default()
    }

    /// The same; `None` where nothing of it can be read.
    pub(super) fn read_known(protocol: Protocol) -> Option<Listing> {
        let files = match protocol {
            Protocol::Tcp => ["/proc/net/tcp", "/proc/net/tcp6"],
            Protocol::Udp => ["/proc/net/udp", "/proc/net/udp6"],
        };
        let texts: Vec<String> = files.iter().filter_map(|file| fs::read_to_string(file).ok()).collect();
        (!texts.is_empty()).then(|| Listing::of(protocol, &texts))
    }

    /// The sockets, by ascending port.
    pub(super) fn sockets(&self) -> &[ListedSocket] {
        &self.sockets
    }

    /// What these texts list.
    pub(super) fn of(protocol: Protocol, texts: &[String]) -> Listing {
        let mut sockets: Vec<ListedSocket> = texts.iter().flat_map(|text| parse(protocol, text)).collect();
        sockets.sort_unstable_by_key(|socket| socket.local.port());
        Listing { sockets }
    }

    /// What is in the way of a socket at `address`.
    pub(super) fn trace_in_the_way(&self, address: SocketAddr) -> Trace {
        let states = self.in_the_way_of(address).map(|socket| match socket.state {
            State::TimeWait => Trace::OnlyTimeWait,
            State::Listens | State::Open | State::Connected => Trace::Holder,
        });
        states.max().unwrap_or(Trace::Nothing)
    }

    /// Whether a process has a socket in the way of `address`.
    pub(super) fn has_owner(&self, address: SocketAddr) -> bool {
        self.in_the_way_of(address).any(|socket| socket.state != State::TimeWait && socket.inode != 0)
    }

    /// Whether some socket in the way of `address` is in both listings.
    pub(super) fn shared_with(&self, other: &Listing, address: SocketAddr) -> bool {
        self.in_the_way_of(address).any(|socket| other.in_the_way_of(address).any(|before| before == socket))
    }

    fn in_the_way_of(&self, address: SocketAddr) -> impl Iterator<Item = &ListedSocket> {
        let first = self.sockets.partition_point(|socket| socket.local.port() < address.port());
        let from_there = self.sockets[first..].iter();
        let on_its_port = from_there.take_while(move |socket| socket.local.port() == address.port());
        on_its_port.filter(move |socket| may_keep_from(socket.local.ip(), address.ip()))
    }
}

#[cfg(test)]
mod tests {
    use super::{Listing, Trace};
    use crate::probes::Protocol;

    fn listing(sockets: &[(&str, &str)], inode: u64) -> Listing {
        let line = |(local, state): &(&str, &str)| format!("0: {local} 0:0 {state} 0:0 0:0 0 0 0 {inode}");
        Listing::of(Protocol::Tcp, &sockets.iter().map(line).collect::<Vec<_>>())
    }

    const HOST: &str = "0100007F";
    const HOST6: &str = "00000000000000000000000001000000";

    #[test]
    fn a_holder_counts_more_than_time_wait() {
        #[track_caller]
        fn check(sockets: &[(&str, &str)], probed: &str, expected: Trace) {
            assert_eq!(listing(sockets, 0).trace_in_the_way(probed.parse().unwrap()), expected);
        }

        let time_wait = (&*format!("{HOST}:1F90"), "06");
        let connected = (&*format!("{HOST}:1F90"), "01");
        let other_port = (&*format!("{HOST}:1F91"), "0A");
        let time_wait6 = (&*format!("{HOST6}:1F90"), "06");
        check(&[], "127.0.0.1:8080", Trace::Nothing);
        check(&[other_port], "127.0.0.1:8080", Trace::Nothing);
        check(&[time_wait], "127.0.0.1:8080", Trace::OnlyTimeWait);
        check(&[time_wait, time_wait], "0.0.0.0:8080", Trace::OnlyTimeWait);
        check(&[other_port, connected, time_wait], "127.0.0.1:8080", Trace::Holder);
        check(&[time_wait, other_port, connected], "127.0.0.1:8080", Trace::Holder);
        check(&[time_wait], "[::1]:8080", Trace::Nothing);
        check(&[time_wait6], "[::1]:8080", Trace::OnlyTimeWait);
        check(&[time_wait6], "127.0.0.1:8080", Trace::Nothing);
        check(&[time_wait6], "0.0.0.0:8080", Trace::OnlyTimeWait);
    }

    #[test]
    fn what_belongs_to_no_process_any_longer_has_no_owner() {
        #[track_caller]
        fn check(state: &str, inode: u64, probed: &str, expected: bool) {
            let listing = listing(&[(&*format!("{HOST}:1F90"), state)], inode);
            assert_eq!(listing.has_owner(probed.parse().unwrap()), expected);
        }

        check("0A", 7, "127.0.0.1:8080", true);
        check("01", 7, "127.0.0.1:8080", true);
        check("01", 7, "127.0.0.1:8081", false);
        check("01", 7, "[::1]:8080", false);
        check("05", 0, "127.0.0.1:8080", false);
        check("06", 0, "127.0.0.1:8080", false);
        check("06", 7, "127.0.0.1:8080", false);
    }

    #[test]
    fn only_the_very_same_socket_is_shared() {
        #[track_caller]
        fn check(before: &Listing, now: &Listing, expected: bool) {
            assert_eq!(now.shared_with(before, "127.0.0.1:8080".parse().unwrap()), expected);
        }

        let socket = (&*format!("{HOST}:1F90"), "07");
        let elsewhere = (&*format!("{HOST}:1F91"), "07");
        check(&listing(&[socket], 7), &listing(&[socket], 7), true);
        check(&listing(&[socket], 7), &listing(&[socket], 8), false);
        check(&listing(&[socket], 7), &listing(&[], 7), false);
        check(&listing(&[], 7), &listing(&[socket], 7), false);
        check(&listing(&[elsewhere], 7), &listing(&[elsewhere], 7), false);
    }
}
