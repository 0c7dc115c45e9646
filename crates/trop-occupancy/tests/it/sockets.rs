//! Ports and sockets for the tests.

use std::net::SocketAddr;
use std::sync::atomic::{AtomicU16, Ordering};

use socket2::{Domain, Socket, Type};
use trop_model::Port;

/// Ports of the tests lie below the ephemeral ranges of all systems, where no other program's port 0 can lead.
const FIRST: u16 = 10_000;
const PORTS_PER_PROCESS: u16 = 100;
const PROCESSES: u16 = 220;

/// A port that nobody holds, and that no other test asks for: each test process has ports of its own, handed out once.
pub(crate) fn unused_port() -> Port {
    static HANDED_OUT: AtomicU16 = AtomicU16::new(0);
    loop {
        let offset = HANDED_OUT.fetch_add(1, Ordering::Relaxed);
        assert!(offset < PORTS_PER_PROCESS, "this process has used up its ports");
        let process = u16::try_from(std::process::id() % u32::from(PROCESSES)).unwrap();
        let port = Port::new(FIRST + process * PORTS_PER_PROCESS + offset).unwrap();
        let everywhere = if has_ipv6() { "::" } else { "0.0.0.0" };
        let nobody_holds_it = [Type::STREAM, Type::DGRAM].iter().all(|kind| {
            plain_socket(*kind, everywhere)
                .bind(&address(everywhere, port).into())
                .is_ok()
        });
        if nobody_holds_it {
            return port;
        }
    }
}

/// A socket for that address, not bound; one for `::` takes IPv4 as well.
pub(crate) fn plain_socket(kind: Type, address: &str) -> Socket {
    let domain = if address.contains(':') {
        Domain::IPV6
    } else {
        Domain::IPV4
    };
    let socket = Socket::new(domain, kind, None).unwrap();
    if domain == Domain::IPV6 {
        socket.set_only_v6(false).unwrap();
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
#[expect(
    clippy::print_stdout,
    reason = "whoever runs the tests is to know what was left out"
)]
pub(crate) fn is_skipped(address: &str) -> bool {
    let skipped = address.contains(':') && !has_ipv6();
    if skipped {
        println!("skipped: {address} (this machine has no IPv6)");
    }
    skipped
}
