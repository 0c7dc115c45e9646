//! The rules by which ports are handed out.

use trop_model::{Exclusions, PortRange};

use crate::CleanUp;

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
