//! Windows: a bind to one address succeeds beside a socket that listens on all of them, so the system's list is asked too.

use listeners::{Listener, SocketState};

use crate::Occupancy;
use crate::probes::{ProbedSocket, Protocol};

use crate::conflict::in_the_way;

/// A refused bind is believed as it is.
#[derive(Debug, Default)]
pub(crate) struct SystemList {}

impl SystemList {
    pub(crate) fn showed_holder(&self, _socket: ProbedSocket) -> bool {
        false
    }

    pub(crate) fn shows_only_time_wait(&self, _socket: ProbedSocket) -> bool {
        false
    }

    pub(crate) fn explain(&mut self, _socket: ProbedSocket) -> Option<Occupancy> {
        None
    }
}

/// Whether somebody listens where `bound` could be bound all the same.
pub(crate) fn bind_overlooks_holder(bound: ProbedSocket) -> bool {
    let protocol = match bound.protocol {
        Protocol::Tcp => listeners::Protocol::TCP,
        Protocol::Udp => listeners::Protocol::UDP,
    };
    let listens = |listener: &Listener| match listener.protocol {
        listeners::Protocol::TCP => listener.state == SocketState::Listen,
        listeners::Protocol::UDP => true,
    };
    let holds_it = |listener: &Listener| {
        let same_port = listener.protocol == protocol && listener.socket.port() == bound.address.port();
        same_port && listens(listener) && in_the_way(listener.socket.ip(), bound.address.ip())
    };
    // Naming the process of every socket takes long, so whether there is any on this port is asked first.
    listeners::get_process_by_port(bound.address.port(), protocol).is_ok()
        && listeners::get_all().is_ok_and(|listed| listed.iter().any(holds_it))
}

/// Whether "access denied" may be about `port`. On Windows it always is: ports that are set aside for others, or held by
/// one who wants nobody beside him, are denied so.
pub(crate) fn may_deny(_port: u16) -> bool {
    true
}

/// Source: "Windows Sockets Error Codes" and "System Error Codes" of the Windows documentation.
pub(crate) mod errors {
    /// WSAEACCES.
    pub(crate) const ACCESS_DENIED: i32 = 10_013;
    /// Windows has no other.
    pub(crate) const NOT_PERMITTED: &[i32] = &[];
    /// WSAEMFILE.
    pub(crate) const TOO_FEW_DESCRIPTORS: &[i32] = &[10_024];
    /// WSA_NOT_ENOUGH_MEMORY, WSAENOBUFS.
    pub(crate) const TOO_LITTLE_MEMORY: &[i32] = &[8, 10_055];
    /// WSAEPROTONOSUPPORT, WSAESOCKTNOSUPPORT, WSAEAFNOSUPPORT.
    pub(crate) const NO_SUCH_KIND: &[i32] = &[10_043, 10_044, 10_047];
}
