//! Ports that somebody else uses while the storm lasts.
//!
//! They are the first of a range that many ask for. Who wants a port there has to try them one by one, in its transaction: so these
//! are longer than they would be, and more processes can be killed inside.

use std::net::{Ipv4Addr, TcpListener};

use crate::storm::ports::OCCUPIED;

/// Sockets that are bound until they are dropped. Where another storm goes on beside, it may be that one who holds a port.
pub(crate) fn occupy() -> Vec<TcpListener> {
    OCCUPIED.ports().filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()).collect()
}
