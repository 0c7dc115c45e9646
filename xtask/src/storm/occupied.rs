//! Ports that somebody else uses while the storm lasts.
//!
//! They are the first of ranges that many ask for. Who wants a port there has to try them one by one, in its transaction: so that
//! lasts milliseconds, as on a machine with many servers, and more processes are killed inside. Others are there for `scan` to find.

use std::net::{Ipv4Addr, TcpListener};

use crate::storm::ports::{FOUND_BY_SCAN, OCCUPIED, Range, SHARED_OCCUPIED};

/// Sockets that are bound until they are dropped. Where another storm goes on beside, it may be that one who holds a port.
pub(crate) fn occupy() -> Vec<TcpListener> {
    let ports = [OCCUPIED, SHARED_OCCUPIED, FOUND_BY_SCAN].into_iter().flat_map(Range::ports);
    ports.filter_map(|port| TcpListener::bind((Ipv4Addr::LOCALHOST, port)).ok()).collect()
}
