//! Which ports are held, by what the kernel lists.

use std::thread;

use trop_model::Port;

use crate::Probes;
use crate::prober::PAUSE;
use crate::probes::{ProbedSocket, Protocol};

use super::listing::Listing;

pub(crate) fn find_held(ports: &[Port], probes: Probes) -> Vec<Port> {
    find_held_by(Listing::read, ports, probes)
}

/// A UDP socket counts when two readings, with a pause between them, both show it: the first may have met a passing probe.
fn find_held_by(read: impl Fn(Protocol) -> Listing, ports: &[Port], probes: Probes) -> Vec<Port> {
    let read_if = |wanted: bool, protocol| if wanted { read(protocol) } else { Listing::default() };
    let tcp = read_if(probes.tcp, Protocol::Tcp);
    let udp_before = read_if(probes.udp, Protocol::Udp);
    let has_owner = |socket: ProbedSocket| match socket.protocol {
        Protocol::Tcp => tcp.has_owner(socket.address),
        Protocol::Udp => udp_before.has_owner(socket.address),
    };
    let is_seen = |port: &Port| probes.sockets(*port).any(has_owner);
    let seen: Vec<Port> = ports.iter().copied().filter(is_seen).collect();
    if seen.is_empty() || !probes.udp {
        return seen;
    }
    thread::sleep(PAUSE);
    let udp = read(Protocol::Udp);
    let is_held = |port: &Port| {
        probes.sockets(*port).any(|socket| match socket.protocol {
            Protocol::Tcp => tcp.has_owner(socket.address),
            Protocol::Udp => udp.shared_with(&udp_before, socket.address),
        })
    };
    seen.into_iter().filter(is_held).collect()
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use trop_model::Port;

    use super::{Listing, Protocol, find_held_by};
    use crate::Probes;

    #[test]
    fn datagrams_count_when_they_are_there_twice() {
        /// The number of the one socket in each reading, 0 for none.
        #[track_caller]
        fn check(readings: [u64; 2], expected: bool) {
            let readings = RefCell::new(readings.into_iter());
            let read = |protocol| match protocol {
                Protocol::Tcp => Listing::default(),
                Protocol::Udp => {
                    let inode = readings.borrow_mut().next().expect("it reads twice");
                    let line = format!("0: 0100007F:1F90 0:0 07 0:0 0:0 0 0 0 {inode}");
                    Listing::of(protocol, if inode == 0 { &[] } else { std::slice::from_ref(&line) })
                }
            };
            let port = Port::new(8080).unwrap();
            let held = find_held_by(read, &[port], Probes::default());
            assert_eq!(held, if expected { vec![port] } else { vec![] });
        }

        check([7, 7], true);
        check([7, 8], false);
        check([7, 0], false);
        check([0, 0], false);
    }
}
