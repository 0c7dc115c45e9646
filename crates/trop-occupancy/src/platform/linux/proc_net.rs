//! The text in which the kernel lists its sockets: `/proc/net/tcp`, `tcp6`, `udp` and `udp6`, described in proc(5).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr};

use crate::probes::Protocol;

/// One socket that the kernel lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct ListedSocket {
    /// Its protocol.
    pub(super) protocol: Protocol,
    /// Its own address and port.
    pub(super) local: SocketAddr,
    /// Its state.
    pub(super) state: State,
    /// The number of its user.
    pub(super) user_id: u32,
    /// The number that the kernel knows it by; 0 for what belongs to no process any longer.
    pub(super) inode: u64,
}

/// The state of a listed socket.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum State {
    /// A closed connection that TCP still remembers.
    TimeWait,
    /// It waits for connections.
    Listens,
    /// It takes datagrams from everybody.
    Open,
    /// Anything else: it has a peer, or had one.
    Connected,
}

impl State {
    /// The state with that number in the kernel's `net/tcp_states.h`. UDP uses two of them: 1 with a peer, and 7 without.
    fn of(protocol: Protocol, number: u8) -> State {
        match (protocol, number) {
            (Protocol::Tcp, 6) => State::TimeWait,
            (Protocol::Tcp, 10) => State::Listens,
            (Protocol::Udp, 7) => State::Open,
            _ => State::Connected,
        }
    }
}

/// The sockets in such a text. Lines that are no socket, the headline among them, are passed over.
pub(super) fn parse(protocol: Protocol, text: &str) -> impl Iterator<Item = ListedSocket> {
    text.lines().filter_map(move |line| parse_line(protocol, line))
}

/// Reads `number local remote state queues timer retransmits user timeout inode ...`, parted by blanks.
fn parse_line(protocol: Protocol, line: &str) -> Option<ListedSocket> {
    let mut fields = line.split_ascii_whitespace();
    let local = parse_socket_address(fields.nth(1)?)?;
    let state = State::of(protocol, u8::from_str_radix(fields.nth(1)?, 16).ok()?);
    let user_id = fields.nth(3)?.parse().ok()?;
    let inode = fields.nth(1)?.parse().ok()?;
    Some(ListedSocket { protocol, local, state, user_id, inode })
}

/// Reads `0100007F:1F90`.
fn parse_socket_address(text: &str) -> Option<SocketAddr> {
    let (address, port) = text.split_once(':')?;
    let port = u16::from_str_radix(port, 16).ok()?;
    Some(SocketAddr::new(parse_address(address)?, port))
}

/// Reads 8 hexadecimal digits of IPv4 or 32 of IPv6. Each 8 of them are four bytes of the address, written as one number
/// in the byte order of this machine.
fn parse_address(text: &str) -> Option<IpAddr> {
    let word = |from: usize| {
        let digits = text.get(from..from + 8)?;
        u32::from_str_radix(digits, 16).ok().map(u32::to_ne_bytes)
    };
    match text.len() {
        8 => Some(Ipv4Addr::from(word(0)?).into()),
        32 => {
            let words = [word(0)?, word(8)?, word(16)?, word(24)?];
            let bytes: [u8; 16] = words.concat().try_into().ok()?;
            Some(Ipv6Addr::from(bytes).into())
        }
        _ => None,
    }
}

#[cfg(all(test, target_endian = "little"))]
mod tests {
    use super::{ListedSocket, State, parse};
    use crate::probes::Protocol;

    const REST: &str = "00000000:00000000 00:00000000 00000000  1000        0";

    #[test]
    fn addresses_and_states_are_read() {
        #[track_caller]
        fn check(local: &str, state: &str, expected: (&str, State)) {
            let line =
                format!("   3: {local} 00000000:0000 {state} {REST} 4711 1 0000000000000000 100 0 0 10 0");
            let (local, state) = expected;
            let socket = ListedSocket {
                protocol: Protocol::Tcp,
                local: local.parse().unwrap(),
                state,
                user_id: 1000,
                inode: 4711,
            };
            assert_eq!(parse(Protocol::Tcp, &line).collect::<Vec<_>>(), [socket]);
        }

        check("0100007F:1F90", "0A", ("127.0.0.1:8080", State::Listens));
        check("00000000:0016", "0A", ("0.0.0.0:22", State::Listens));
        check("0201A8C0:FFFF", "01", ("192.168.1.2:65535", State::Connected));
        check("0100007F:1F90", "06", ("127.0.0.1:8080", State::TimeWait));
        check("0100007F:1F90", "07", ("127.0.0.1:8080", State::Connected));
        check("00000000000000000000000001000000:1F90", "0A", ("[::1]:8080", State::Listens));
        check("00000000000000000000000000000000:1F90", "06", ("[::]:8080", State::TimeWait));
        check("0000000000000000FFFF00000100007F:1F90", "06", ("[::ffff:127.0.0.1]:8080", State::TimeWait));
        check("B80D0120000000000000000001000000:1F90", "01", ("[2001:db8::1]:8080", State::Connected));
    }

    #[test]
    fn what_is_no_socket_is_passed_over() {
        #[track_caller]
        fn check(line: &str) {
            let good = format!("0: 0100007F:1F90 00000000:0000 0A {REST} 1");
            let text = format!("{line}\n{good}\n{line}");
            assert_eq!(parse(Protocol::Udp, &text).count(), 1);
        }

        check("");
        check("   ");
        check(
            "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
        );
        check("0:");
        check("0: 0100007F:1F90");
        check("0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000 1000 0");
        check(&format!("0: 0100007F 00000000:0000 0A {REST} 1"));
        check(&format!("0: 0100007:1F90 00000000:0000 0A {REST} 1"));
        check(&format!("0: 0100007FF:1F90 00000000:0000 0A {REST} 1"));
        check(&format!("0: 010000é:1F90 00000000:0000 0A {REST} 1"));
        check(&format!("0: 0é000é7F:1F90 00000000:0000 0A {REST} 1"));
        check(&format!("0: é0000000000000000000000001000000:1F90 00000000:0000 0A {REST} 1"));
        check(&format!("0: 0100007F:11F90 00000000:0000 0A {REST} 1"));
        check(&format!("0: 0100007F:1F90 00000000:0000 100 {REST} 1"));
        check(&format!("0: 0100007F:1F90 00000000:0000 0A {REST} -1"));
    }
}
