//! Ports and sockets for the tests.

use std::net::SocketAddr;
use std::sync::Mutex;

use socket2::{Domain, Socket, Type};

use trop_model::Port;
use trop_testkit::PortBlock;

/// A port that nobody holds, and that no other test asks for: each test process has blocks of its own, of which each port is handed
/// out once.
pub(crate) fn unused_port() -> Port {
    static BLOCKS: Mutex<Vec<PortBlock>> = Mutex::new(Vec::new());
    static LEFT: Mutex<Vec<u16>> = Mutex::new(Vec::new());

    let mut left = LEFT.lock().unwrap();
    if left.is_empty() {
        let block = PortBlock::claim();
        left.extend((block.first()..=block.last()).rev());
        // It stays ours until the process ends.
        BLOCKS.lock().unwrap().push(block);
    }
    Port::new(left.pop().unwrap()).unwrap()
}

/// A socket for that address, not bound; one for `::` takes IPv4 as well.
pub(crate) fn plain_socket(kind: Type, address: &str) -> Socket {
    let domain = if address.contains(':') { Domain::IPV6 } else { Domain::IPV4 };
    let socket = Socket::new(domain, kind, None).unwrap();
    if domain == Domain::IPV6 {
        socket.set_only_v6(false).unwrap();
    }
    socket
}

/// A socket that holds the port: a server, or one that takes datagrams.
pub(crate) fn serving_socket(kind: Type, host: &str, port: Port) -> Socket {
    let socket = plain_socket(kind, host);
    socket.bind(&address(host, port).into()).unwrap();
    if kind == Type::STREAM {
        socket.listen(2).unwrap();
    }
    socket
}

pub(crate) fn address(address: &str, port: Port) -> SocketAddr {
    SocketAddr::new(address.parse().unwrap(), port.get())
}

pub(crate) fn has_ipv6() -> bool {
    std::net::UdpSocket::bind("[::1]:0").is_ok()
}

/// Whether what needs `address` has to be left out here, which is then said.
#[expect(clippy::print_stdout, reason = "whoever runs the tests is to know what was left out")]
pub(crate) fn is_skipped(address: &str) -> bool {
    let skipped = address.contains(':') && !has_ipv6();
    if skipped {
        println!("skipped: {address} (this machine has no IPv6)");
    }
    skipped
}
