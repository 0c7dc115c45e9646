//! What the system lists, and what it does not.

use std::net::{TcpStream, UdpSocket};

use socket2::Type;
use trop_model::Port;
use trop_occupancy::{Protocol, Role, Snapshot, snapshot};

use crate::sockets::{address, is_skipped, plain_socket, serving_socket, unused_port};
#[cfg(target_os = "linux")]
use crate::time_wait::{Server, leave_time_wait};

/// The owner of what this process makes.
fn own_user_id() -> u32 {
    let metadata = std::fs::metadata("/proc/self").unwrap();
    std::os::unix::fs::MetadataExt::uid(&metadata)
}

/// What is listed on the port: protocol, address and role, each of this process and this user.
fn listed(snapshot: &Snapshot, port: Port) -> Vec<(Protocol, String, Role)> {
    let own = snapshot.on(port).iter().inspect(|socket| {
        let process = socket.process.as_ref().expect("a process sees its own sockets");
        assert_eq!(process.process_id, std::process::id());
        if cfg!(target_os = "linux") {
            assert_eq!(socket.user_id, Some(own_user_id()));
        }
    });
    own.map(|socket| (socket.protocol, socket.address.ip().to_string(), socket.role)).collect()
}

#[test]
fn servers_are_listed_with_their_own_addresses() {
    #[track_caller]
    fn check(kind: Type, host: &str, expected: (Protocol, Role)) {
        if is_skipped(host) {
            return;
        }
        let port = unused_port();
        let _socket = serving_socket(kind, host, port);
        let (protocol, role) = expected;
        assert_eq!(listed(&snapshot(), port), [(protocol, host.to_owned(), role)]);
    }

    check(Type::STREAM, "127.0.0.1", (Protocol::Tcp, Role::Listens));
    check(Type::STREAM, "0.0.0.0", (Protocol::Tcp, Role::Listens));
    check(Type::STREAM, "::1", (Protocol::Tcp, Role::Listens));
    check(Type::STREAM, "::", (Protocol::Tcp, Role::Listens));
    check(Type::DGRAM, "127.0.0.1", (Protocol::Udp, Role::Bound));
    check(Type::DGRAM, "::1", (Protocol::Udp, Role::Bound));
}

#[test]
fn the_ends_of_connections_are_told_from_servers() {
    let (server_port, udp_port) = (unused_port(), unused_port());
    let server = serving_socket(Type::STREAM, "127.0.0.1", server_port);
    let client = TcpStream::connect(address("127.0.0.1", server_port)).unwrap();
    let second = TcpStream::connect(address("127.0.0.1", server_port)).unwrap();
    let accepted = [server.accept().unwrap(), server.accept().unwrap()];
    let udp = UdpSocket::bind(address("127.0.0.1", udp_port)).unwrap();
    udp.connect(address("127.0.0.1", server_port)).unwrap();

    let snapshot = snapshot();
    let host = || "127.0.0.1".to_owned();
    assert_eq!(
        listed(&snapshot, server_port),
        [(Protocol::Tcp, host(), Role::Listens), (Protocol::Tcp, host(), Role::Connected)],
        "the two ends at the server's are alike and stand for each other"
    );
    let client_port = Port::new(client.local_addr().unwrap().port()).unwrap();
    assert_eq!(listed(&snapshot, client_port), [(Protocol::Tcp, host(), Role::Connected)]);
    assert_eq!(listed(&snapshot, udp_port), [(Protocol::Udp, host(), Role::Connected)]);
    drop((accepted, second));
}

#[cfg(target_os = "linux")]
#[test]
fn what_no_process_has_is_listed_only_where_no_process_has_the_port() {
    let (port, client_port) = (unused_port(), unused_port());
    let server = serving_socket(Type::STREAM, "127.0.0.1", port);
    let client = plain_socket(Type::STREAM, "127.0.0.1");
    client.bind(&address("127.0.0.1", client_port).into()).unwrap();
    client.connect(&address("127.0.0.1", port).into()).unwrap();
    // The server's end belongs to nobody until it is accepted.
    assert_eq!(listed(&snapshot(), port), [(Protocol::Tcp, "127.0.0.1".to_owned(), Role::Listens)]);

    let accepted = server.accept().unwrap();
    drop(client);
    // The client's end waits for the server's to be closed.
    let left: Vec<_> = snapshot().on(client_port).to_vec();
    assert_eq!(left.len(), 1, "{left:?}");
    assert_eq!((left[0].role, left[0].user_id, &left[0].process), (Role::Connected, None, &None));
    drop(accepted);
}

#[test]
fn all_is_in_the_order_of_ports() {
    let sockets: Vec<_> =
        (0..3).map(|_| UdpSocket::bind(address("127.0.0.1", unused_port())).unwrap()).collect();
    let snapshot = snapshot();
    assert!(snapshot.is_known());
    assert!(sockets.len() <= snapshot.sockets().len());
    assert!(snapshot.sockets().is_sorted_by_key(|socket| socket.address.port()));
}

#[cfg(target_os = "linux")]
#[test]
fn time_wait_is_no_socket() {
    let port = unused_port();
    leave_time_wait(Server::Reuses, "127.0.0.1", "127.0.0.1", port);
    let snapshot = snapshot();
    assert_eq!(snapshot.on(port), []);
}
