//! Which ports are held already.

use trop_model::Port;

use crate::{Probes, platform};

/// Those of the ports that some process holds now, in the way of one of the probes. Their order is kept.
///
/// On Linux the kernel's own list decides and no socket is opened, so that a server that is about to start is never in the way
/// of the question. What is left of a connection after its process has closed it, TIME_WAIT among it, does not count. The list
/// lacks TCP sockets that are bound and do not listen, and does not say whether a socket at `::` takes IPv4 too, which is then
/// assumed. Where the list cannot be read no port is held.
///
/// Elsewhere the ports are probed; where that is not permitted none is held.
#[must_use]
pub fn find_held(ports: &[Port], probes: Probes) -> Vec<Port> {
    platform::find_held(ports, probes)
}
