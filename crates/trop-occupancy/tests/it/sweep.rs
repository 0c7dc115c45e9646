//! Sockets found by looking and by testing.

use std::net::TcpStream;

use socket2::Type;
use trop_model::Port;
use trop_occupancy::{Probes, Protocol, Role, Sweep, sweep};

use crate::sockets::{address, is_skipped, plain_socket, unused_port};
#[cfg(target_os = "linux")]
use crate::time_wait::{Server, leave_time_wait};

const EVERYWHERE: Probes = Probes { tcp: true, udp: true, ipv4: true, ipv6: true, all_interfaces: true };

/// What is found on the port when it is tested with these probes.
fn found(port: Port, probes: Probes) -> Vec<(Protocol, String, Role)> {
    let Sweep { sockets, .. } = sweep([port], probes, || {}).unwrap();
    let on_port = sockets.iter().filter(|socket| socket.address.port() == port.get());
    on_port.map(|socket| (socket.protocol, socket.address.ip().to_string(), socket.role)).collect()
}

#[cfg(target_os = "linux")]
#[test]
fn a_socket_that_is_only_bound_is_found_where_it_is_tested_for() {
    let port = unused_port();
    let socket = plain_socket(Type::STREAM, "127.0.0.1");
    socket.bind(&address("127.0.0.1", port).into()).unwrap();
    assert_eq!(found(port, Probes::default()), [(Protocol::Tcp, "127.0.0.1".to_owned(), Role::Unlisted)]);
    let untested = sweep([], Probes::default(), || {}).unwrap();
    assert!(untested.sockets.iter().all(|socket| socket.address.port() != port.get()));
    assert_eq!(found(port, Probes { tcp: false, ..Probes::default() }), []);
}

#[test]
fn what_is_listed_is_not_found_once_more() {
    #[track_caller]
    fn check(host: &str) {
        if is_skipped(host) {
            return;
        }
        let port = unused_port();
        let server = plain_socket(Type::STREAM, host);
        server.bind(&address(host, port).into()).unwrap();
        server.listen(1).unwrap();
        assert_eq!(found(port, EVERYWHERE), [(Protocol::Tcp, host.to_owned(), Role::Listens)]);
    }

    check("127.0.0.1");
    check("0.0.0.0");
    check("::1");
    check("::");
}

#[test]
fn probes_say_which_sockets_matter() {
    let port = unused_port();
    let server = plain_socket(Type::DGRAM, "127.0.0.1");
    server.bind(&address("127.0.0.1", port).into()).unwrap();
    let udp = (Protocol::Udp, "127.0.0.1".to_owned(), Role::Bound);
    for probes in [Probes::default(), Probes { tcp: false, ipv6: false, ..Probes::default() }] {
        assert_eq!(found(port, probes), std::slice::from_ref(&udp));
    }
    assert_eq!(found(port, Probes { udp: false, ..Probes::default() }), []);
    assert_eq!(found(port, Probes { ipv4: false, ..Probes::default() }), []);
    assert!(Probes { udp: false, tcp: false, ..Probes::default() }.are_none());
    assert!(Probes { ipv4: false, ipv6: false, ..Probes::default() }.are_none());
    assert!(!Probes { udp: false, ipv4: false, ..Probes::default() }.are_none());
}

#[cfg(target_os = "linux")]
#[test]
fn time_wait_is_no_socket_whether_one_could_bind_beside_it_or_not() {
    for server in [Server::Reuses, Server::Waits] {
        let port = unused_port();
        leave_time_wait(server, "127.0.0.1", "127.0.0.1", port);
        assert_eq!(found(port, EVERYWHERE), [], "{server:?}");
    }
    // The end of a client that closed first.
    let (port, client_port) = (unused_port(), unused_port());
    let server = plain_socket(Type::STREAM, "127.0.0.1");
    server.bind(&address("127.0.0.1", port).into()).unwrap();
    server.listen(1).unwrap();
    let client = plain_socket(Type::STREAM, "127.0.0.1");
    client.bind(&address("127.0.0.1", client_port).into()).unwrap();
    client.connect(&address("127.0.0.1", port).into()).unwrap();
    let accepted = TcpStream::from(server.accept().unwrap().0);
    drop(client);
    drop(accepted);
    drop(server);
    assert_eq!(found(client_port, EVERYWHERE), []);
}

#[cfg(target_os = "linux")]
#[test]
fn what_is_there_for_an_instant_is_nobodys_socket() {
    let (passing, coming) = (unused_port(), unused_port());
    let bound = |kind, port| {
        let socket = plain_socket(kind, "127.0.0.1");
        socket.bind(&address("127.0.0.1", port).into()).unwrap();
        socket
    };
    // One is closed when its port was tested, as that of another prober is; one is opened then.
    let mut passing_socket = Some(bound(Type::STREAM, passing));
    let mut coming_socket = None;
    let swept = sweep([passing], Probes::default(), || {
        passing_socket.take();
        coming_socket = Some(bound(Type::DGRAM, coming));
    });
    let ports = [passing.get(), coming.get()];
    let mut sockets = swept.unwrap().sockets;
    sockets.retain(|socket| ports.contains(&socket.address.port()));
    assert_eq!(sockets, []);
    drop(coming_socket);
}

/// So many that several workers test them.
#[cfg(target_os = "linux")]
#[test]
fn among_thousands_of_ports_each_is_tested_once() {
    let port = unused_port();
    let socket = plain_socket(Type::STREAM, "127.0.0.1");
    socket.bind(&address("127.0.0.1", port).into()).unwrap();
    let first = port.get().min(60_000);
    let ports: Vec<Port> = (first..=first.saturating_add(5_535)).filter_map(Port::new).collect();
    let mut steps = 0;
    let probes = Probes { udp: false, ipv6: false, ..Probes::default() };
    let Sweep { sockets, nothing_applied, .. } = sweep(ports.iter().copied(), probes, || steps += 1).unwrap();
    assert_eq!(steps, ports.len());
    assert!(!nothing_applied);
    let on_port: Vec<_> = sockets.iter().filter(|socket| socket.address.port() == port.get()).collect();
    assert!(matches!(on_port[..], [socket] if socket.role == Role::Unlisted), "{on_port:?}");
    assert!(sockets.is_sorted_by_key(|socket| (socket.address.port(), socket.protocol)));
}
