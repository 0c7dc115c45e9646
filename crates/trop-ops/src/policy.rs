//! The rules by which ports are handed out.

use trop_allocation::Probe;
use trop_model::{Exclusions, Port, PortRange};

use crate::{BoxedError, CleanUp};

/// Asks sockets about a port.
pub type ProbePort<'p> = &'p mut dyn FnMut(Port) -> Result<Probe, BoxedError>;

/// The rules by which ports are handed out.
#[derive(Debug, Clone)]
pub struct Policy {
    /// Where to look for a port.
    pub range: PortRange,
    /// What never to hand out.
    pub exclusions: Exclusions,
    /// Whether ports that web browsers refuse to open wait until nothing else is left.
    pub avoid_browser_blocked_ports: bool,
    /// How to make room when there is none.
    pub clean_up: CleanUp,
}
