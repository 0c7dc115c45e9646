//! Ports of which only TIME_WAIT is left.

use std::io::Read;
use std::net::{Shutdown, TcpStream};

use socket2::{Socket, Type};
use trop_model::Port;
use trop_occupancy::{Occupancy, Prober, Probes};

use crate::sockets::{address, is_skipped, plain_socket, unused_port};

/// Whether a server asks to start beside TIME_WAIT.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Server {
    Reuses,
    Waits,
}

fn listen(server: Server, host: &str, port: Port) -> Socket {
    let socket = plain_socket(Type::STREAM, host);
    socket.set_reuse_address(server == Server::Reuses).unwrap();
    socket.bind(&address(host, port).into()).unwrap();
    socket.listen(1).unwrap();
    socket
}

/// Leaves TIME_WAIT behind on the server's side of a connection. The server closes first; when it then reads the end of
/// what the client sent, its side is in TIME_WAIT.
pub(crate) fn leave_time_wait(server: Server, host: &str, client_connects_to: &str, port: Port) {
    let listener = listen(server, host, port);
    let mut client = TcpStream::connect(address(client_connects_to, port)).unwrap();
    let mut accepted = TcpStream::from(listener.accept().unwrap().0);
    accepted.shutdown(Shutdown::Write).unwrap();
    assert_eq!(client.read(&mut [0]).unwrap(), 0);
    drop(client);
    assert_eq!(accepted.read(&mut [0]).unwrap(), 0);
}

fn probe(probes: Probes, port: Port) -> Occupancy {
    Prober::new(probes).probe(port).unwrap()
}

#[test]
fn a_port_with_nothing_but_time_wait_is_lingering() {
    #[track_caller]
    fn check(host: &str, client_connects_to: &str) {
        if is_skipped(host) {
            return;
        }
        let port = unused_port();
        leave_time_wait(Server::Reuses, host, client_connects_to, port);
        assert_eq!(probe(Probes::default(), port), Occupancy::Lingering);
        assert_eq!(probe(Probes { all_interfaces: true, ..Probes::default() }, port), Occupancy::Lingering);
        assert_eq!(probe(Probes { tcp: false, ..Probes::default() }, port), Occupancy::Free);
    }

    check("127.0.0.1", "127.0.0.1");
    check("0.0.0.0", "127.0.0.1");
    check("::1", "::1");
    check("::", "::1");
    check("::", "127.0.0.1");
}

#[test]
fn a_server_beside_time_wait_is_in_use() {
    let port = unused_port();
    leave_time_wait(Server::Reuses, "127.0.0.1", "127.0.0.1", port);
    let mut prober = Prober::new(Probes::default());
    assert_eq!(prober.probe(port).unwrap(), Occupancy::Lingering);

    let _restarted = listen(Server::Reuses, "127.0.0.1", port);
    assert_eq!(prober.probe(port).unwrap(), Occupancy::InUse);
}

#[test]
fn datagrams_beside_time_wait_are_in_use() {
    let port = unused_port();
    leave_time_wait(Server::Reuses, "127.0.0.1", "127.0.0.1", port);
    let datagrams = plain_socket(Type::DGRAM, "127.0.0.1");
    datagrams.bind(&address("127.0.0.1", port).into()).unwrap();
    assert_eq!(probe(Probes::default(), port), Occupancy::InUse);
    assert_eq!(probe(Probes { udp: false, ..Probes::default() }, port), Occupancy::Lingering);
}

#[test]
fn time_wait_that_nobody_can_bind_beside_is_in_use() {
    let port = unused_port();
    leave_time_wait(Server::Waits, "127.0.0.1", "127.0.0.1", port);
    assert_eq!(probe(Probes::default(), port), Occupancy::InUse);
}
