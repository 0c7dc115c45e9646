//! Ports that one test has for itself.

use std::fs::{File, OpenOptions, TryLockError};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};
use std::path::Path;

use rustix::io::Errno;
use rustix::net::{AddressFamily, SocketFlags, SocketType, bind, socket_with};

/// Ports in a block.
const SIZE: u16 = 100;
/// The first port of the first block and that of the last. All lie below the ports that Linux (32768 and up) and the
/// others (49152 and up) give to outgoing connections.
const FIRST_PORTS: (u16, u16) = (20_000, 31_900);

/// A child that another thread starts must not keep a probed port bound.
#[cfg(any(target_os = "linux", target_os = "android", target_os = "freebsd"))]
const SOCKET_FLAGS: SocketFlags = SocketFlags::CLOEXEC;
#[cfg(not(any(target_os = "linux", target_os = "android", target_os = "freebsd")))]
const SOCKET_FLAGS: SocketFlags = SocketFlags::empty();

/// A hundred consecutive ports, on none of which there was a socket, and which no other test claims until this is
/// dropped.
///
/// Claims are locks on files in a directory below the temporary one, so they hold between processes and end with them.
#[derive(Debug)]
pub struct PortBlock {
    first: u16,
    _lock: File,
}

impl PortBlock {
    /// Claims the lowest block that nobody has and nobody uses.
    ///
    /// # Panics
    /// When there is none left.
    #[must_use]
    pub fn claim() -> PortBlock {
        let user = rustix::process::geteuid().as_raw();
        let directory = std::env::temp_dir().join(format!("trop-port-blocks-{user}"));
        claim_in(&directory, is_without_sockets)
    }

    /// The lowest port.
    #[must_use]
    pub fn first(&self) -> u16 {
        self.first
    }

    /// The highest port.
    #[must_use]
    pub fn last(&self) -> u16 {
        self.first + (SIZE - 1)
    }

    /// The port so many after the first.
    ///
    /// # Panics
    /// When `offset` is above 99.
    #[must_use]
    #[track_caller]
    pub fn port(&self, offset: u16) -> u16 {
        assert!(offset < SIZE, "a block has the ports 0 to 99, not {offset}");
        self.first + offset
    }
}

fn claim_in(directory: &Path, is_usable: impl Fn(u16) -> bool) -> PortBlock {
    std::fs::create_dir_all(directory).expect("a directory for claims can be made");
    let (lowest, highest) = FIRST_PORTS;
    for first in (lowest..=highest).step_by(usize::from(SIZE)) {
        let file = OpenOptions::new()
            .write(true)
            .create(true)
            .truncate(false)
            .open(directory.join(first.to_string()));
        let file = file.expect("a claim file can be opened");
        match file.try_lock() {
            Ok(()) if is_usable(first) => return PortBlock { first, _lock: file },
            Ok(()) | Err(TryLockError::WouldBlock) => {}
            Err(TryLockError::Error(error)) => panic!("cannot lock a claim file: {error}"),
        }
    }
    panic!("every block of ports is claimed or in use");
}

/// Whether every port of the block can be bound. The address is not shared, so that connections which linger count,
/// too.
fn is_without_sockets(first: u16) -> bool {
    let families = [
        (AddressFamily::INET, IpAddr::from(Ipv4Addr::UNSPECIFIED)),
        (AddressFamily::INET6, IpAddr::from(Ipv6Addr::UNSPECIFIED)),
    ];
    (first..first + SIZE).all(|port| {
        families.into_iter().all(|(family, address)| {
            let address = SocketAddr::new(address, port);
            [SocketType::STREAM, SocketType::DGRAM].into_iter().all(|kind| is_free(family, kind, address))
        })
    })
}

fn is_free(family: AddressFamily, kind: SocketType, address: SocketAddr) -> bool {
    let bound = socket_with(family, kind, SOCKET_FLAGS, None).and_then(|socket| bind(&socket, &address));
    // A machine without the address family has no socket of it either.
    matches!(bound, Ok(()) | Err(Errno::AFNOSUPPORT | Errno::ADDRNOTAVAIL))
}

#[cfg(test)]
mod tests {
    use std::net::{TcpListener, TcpStream, UdpSocket};

    use super::*;

    #[test]
    fn claims_differ_while_they_are_held_and_end_when_dropped() {
        let directory = tempfile::tempdir().unwrap();
        let claim = || claim_in(directory.path(), |_| true);
        let (first, second) = (claim(), claim());
        assert_eq!((first.first(), second.first()), (20_000, 20_100));
        drop(first);
        assert_eq!(claim().first(), 20_000);
    }

    #[test]
    fn a_block_in_use_is_passed_over() {
        let directory = tempfile::tempdir().unwrap();
        let block = claim_in(directory.path(), |first| first >= 20_300);
        assert_eq!((block.first(), block.port(7), block.last()), (20_300, 20_307, 20_399));
    }

    #[test]
    fn every_socket_on_a_block_counts() {
        #[track_caller]
        fn check(block: &PortBlock, open: impl FnOnce(u16) -> Box<dyn std::any::Any>) {
            assert!(is_without_sockets(block.first()));
            let socket = open(block.port(57));
            assert!(!is_without_sockets(block.first()));
            drop(socket);
        }
        let block = PortBlock::claim();
        check(&block, |port| Box::new(UdpSocket::bind(("127.0.0.1", port)).unwrap()));
        check(&block, |port| Box::new(TcpListener::bind(("127.0.0.1", port)).unwrap()));

        let listener = TcpListener::bind(("127.0.0.1", block.last())).unwrap();
        let client = TcpStream::connect(listener.local_addr().unwrap()).unwrap();
        let (server, _) = listener.accept().unwrap();
        // Who closes first keeps a connection that lingers.
        drop((server, client, listener));
        assert!(!is_without_sockets(block.first()));
    }
}
