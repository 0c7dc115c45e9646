//! Which process holds a port.

use listeners::{Listener, Protocol, SocketState};
use trop_model::Port;

/// A process that holds a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process id.
    pub process_id: u32,
    /// Its name, as the system shortens it: Linux gives 15 bytes.
    pub process_name: String,
}

/// The process that holds `port`, on whatever address, when this process may see it.
///
/// `None` never means that the port is free: the sockets of other users are often hidden, and so are TCP sockets that do
/// not listen yet. Of several holders one that listens is named before one end of a connection, TCP before UDP, and the
/// lowest process id before others.
#[must_use]
pub fn holder(port: Port) -> Option<Holder> {
    let visible = listeners::get_all().ok()?;
    let holders = visible.into_iter().filter(|listener| listener.socket.port() == port.get());
    let foremost = holders
        .filter_map(|listener| Some((precedence(&listener)?, listener.process)))
        .min_by_key(|(precedence, process)| (*precedence, process.pid));
    foremost.map(|(_, process)| Holder { process_id: process.pid, process_name: process.name })
}

/// How early a socket is named, the lowest first; `None` for what belongs to no process any longer.
fn precedence(listener: &Listener) -> Option<u8> {
    match (listener.protocol, listener.state) {
        (_, SocketState::TimeWait) => None,
        (Protocol::TCP, SocketState::Listen) => Some(0),
        (Protocol::TCP, _) => Some(1),
        (Protocol::UDP, _) => Some(2),
    }
}
