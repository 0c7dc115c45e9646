//! Which ports are held already.

use std::net::{TcpListener, TcpStream, UdpSocket};

use trop_model::Port;
use trop_occupancy::{Probes, find_held};

use crate::sockets::{address, is_skipped, unused_port};

const ALL: Probes = Probes { tcp: true, udp: true, ipv4: true, ipv6: true, all_interfaces: false };

/// Everything that may be looked at, and what is left when one thing is left out.
const CHOICES: [(&str, Probes); 6] = [
    ("nothing", ALL),
    ("tcp", Probes { tcp: false, ..ALL }),
    ("udp", Probes { udp: false, ..ALL }),
    ("ipv4", Probes { ipv4: false, ..ALL }),
    ("ipv6", Probes { ipv6: false, ..ALL }),
    ("single addresses", Probes { all_interfaces: true, ..ALL }),
];

/// Holds the port, and checks that it is held until one of these is left out.
#[track_caller]
fn check<S>(host: &str, hold: impl Fn(&str, Port) -> S, unseen_without: &[&str]) {
    if is_skipped(host) {
        return;
    }
    let (port, unheld) = (unused_port(), unused_port());
    let _holder = hold(host, port);
    for (left_out, probes) in CHOICES {
        let expected = if unseen_without.contains(&left_out) { vec![] } else { vec![port] };
        assert_eq!(find_held(&[unheld, port], probes), expected, "without {left_out}");
    }
}

fn listen(host: &str, port: Port) -> TcpListener {
    TcpListener::bind(address(host, port)).unwrap()
}

fn bind_udp(host: &str, port: Port) -> UdpSocket {
    UdpSocket::bind(address(host, port)).unwrap()
}

#[test]
fn servers_hold_their_ports() {
    check("127.0.0.1", listen, &["tcp", "ipv4"]);
    check("::1", listen, &["tcp", "ipv6"]);
    check("0.0.0.0", listen, &["tcp", "ipv4"]);
    check("::", listen, &["tcp"]);

    check("127.0.0.1", bind_udp, &["udp", "ipv4"]);
    check("::1", bind_udp, &["udp", "ipv6"]);
    check("0.0.0.0", bind_udp, &["udp", "ipv4"]);
    check("::", bind_udp, &["udp"]);
}

#[test]
fn both_ends_of_a_connection_hold_their_ports() {
    let listener = listen("127.0.0.1", unused_port());
    let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
    let accepted = listener.accept().unwrap().0;
    drop(listener);
    let port_of = |end: &TcpStream| Port::new(end.local_addr().unwrap().port()).unwrap();
    let ports = [port_of(&accepted), port_of(&client)];
    assert_eq!(find_held(&ports, ALL), ports);
    assert_eq!(find_held(&ports, Probes { tcp: false, ..ALL }), []);
}

#[test]
fn ports_keep_their_order() {
    let held = [unused_port(), unused_port(), unused_port()];
    let _servers =
        (listen("127.0.0.1", held[0]), bind_udp("127.0.0.1", held[1]), listen("127.0.0.1", held[2]));
    let [first, second, third] = held;
    let ports = [third, unused_port(), second, first];
    assert_eq!(find_held(&ports, ALL), [third, second, first]);
    assert_eq!(find_held(&ports, Probes { tcp: false, udp: false, ..ALL }), []);
    assert_eq!(find_held(&[], ALL), []);
}

#[cfg(target_os = "linux")]
mod on_linux {
    use std::net::Ipv4Addr;

    use socket2::Type;

    use super::*;
    use crate::sockets::plain_socket;
    use crate::time_wait::{Server, leave_time_wait};

    #[test]
    fn other_addresses_are_in_the_way_of_all_interfaces_only() {
        let [tcp, udp] = [unused_port(), unused_port()];
        let _holders = (listen("127.0.0.2", tcp), bind_udp("127.0.0.2", udp));
        assert_eq!(find_held(&[tcp, udp], ALL), []);
        assert_eq!(find_held(&[tcp, udp], Probes { all_interfaces: true, ..ALL }), [tcp, udp]);
    }

    #[test]
    fn time_wait_does_not_count() {
        let port = unused_port();
        leave_time_wait(Server::Reuses, "127.0.0.1", "127.0.0.1", port);
        assert_eq!(find_held(&[port], ALL), []);
        assert_eq!(find_held(&[port], Probes { all_interfaces: true, ..ALL }), []);

        let _datagrams = bind_udp("127.0.0.1", port);
        assert_eq!(find_held(&[port], ALL), [port]);
    }

    #[test]
    fn a_connection_that_its_server_has_closed_does_not_count() {
        let port = unused_port();
        let listener = listen("127.0.0.1", port);
        let _client = TcpStream::connect((Ipv4Addr::LOCALHOST, port.get())).unwrap();
        drop(listener.accept().unwrap());
        drop(listener);
        assert_eq!(find_held(&[port], ALL), []);
    }

    #[test]
    fn nothing_is_bound_to_find_out() {
        let port = unused_port();
        let bound = plain_socket(Type::STREAM, "127.0.0.1");
        bound.bind(&address("127.0.0.1", port).into()).unwrap();
        assert_eq!(find_held(&[port], ALL), [], "a bind alone could have told");
    }
}
