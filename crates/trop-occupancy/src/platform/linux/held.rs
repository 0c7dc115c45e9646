//! Which ports are held, by what the kernel lists.

use std::thread;

use trop_model::Port;

use crate::Probes;
use crate::prober::PAUSE;
use crate::probes::Protocol;

use super::listing::Listing;

/// A UDP socket counts when two readings, with a pause between them, both show it: the first may have met a passing probe.
pub(crate) fn find_held(ports: &[Port], probes: Probes) -> Vec<Port> {
    let has_udp = |udp: &Listing| {
        let mut sockets = ports.iter().flat_map(|port| probes.sockets(*port));
        sockets.any(|socket| socket.protocol == Protocol::Udp && udp.has_owner(socket.address))
    };
    let tcp = read_if(probes.tcp, Protocol::Tcp);
    let udp_before = read_if(probes.udp, Protocol::Udp);
    let needs_second_look = has_udp(&udp_before);
    if needs_second_look {
        thread::sleep(PAUSE);
    }
    let udp = read_if(needs_second_look, Protocol::Udp);
    let is_held = |port: Port| {
        probes.sockets(port).any(|socket| match socket.protocol {
            Protocol::Tcp => tcp.has_owner(socket.address),
            Protocol::Udp => udp.shared_with(&udp_before, socket.address),
        })
    };
    ports.iter().copied().filter(|port| is_held(*port)).collect()
}

fn read_if(wanted: bool, protocol: Protocol) -> Listing {
    if wanted { Listing::read(protocol) } else { Listing::default() }
}
