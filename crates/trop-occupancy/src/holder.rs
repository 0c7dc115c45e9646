//! Which process holds a port.

use trop_model::Port;

use crate::snapshot;

/// A process that holds a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// Its process id.
    pub process_id: u32,
    /// Its name, as the system shortens it: Linux gives 15 bytes.
    pub process_name: String,
}

/// The process that holds `port`, on whatever address, when this process may see it; of several the one that
/// [`Snapshot::holder`](crate::Snapshot::holder) names.
///
/// `None` never means that the port is free: the sockets of other users are often hidden, and so are TCP sockets that do
/// not listen yet.
#[must_use]
pub fn holder(port: Port) -> Option<Holder> {
    snapshot().holder(port).cloned()
}
