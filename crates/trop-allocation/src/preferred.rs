//! The port that somebody would like to have.

use trop_model::Port;

use crate::{Probe, Refusal, View};

/// A port that is tried before any other. It may lie outside the range.
///
/// What is ignored is ignored here only: when the search comes by the same port later, it is a port like any other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Preferred {
    /// The port.
    pub port: Port,
    /// Take it even when a socket has it. It is not probed then.
    pub ignore_occupied: bool,
    /// Take it even when it is excluded.
    pub ignore_exclusions: bool,
}

/// Why the preferred port could not be had.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PreferredRefusal {
    /// Another key holds it. Nothing lifts this.
    Reserved,
    /// It is excluded.
    Excluded,
    /// A socket has it.
    InUse,
}

/// Why the preferred port cannot be had, or `None` when it can.
///
/// A port whose only trace is `TIME_WAIT` can be had, and so can one that is discouraged: somebody asked for it by
/// number.
///
/// # Errors
/// When the port must be probed and that fails.
pub fn find_preferred_refusal<V: View>(
    preferred: Preferred,
    view: &mut V,
) -> Result<Option<PreferredRefusal>, V::Error> {
    match view.refusal(preferred.port) {
        Some(Refusal::Reserved) => return Ok(Some(PreferredRefusal::Reserved)),
        Some(Refusal::Excluded) if !preferred.ignore_exclusions => {
            return Ok(Some(PreferredRefusal::Excluded));
        }
        Some(Refusal::Excluded) | None => {}
    }
    if preferred.ignore_occupied {
        return Ok(None);
    }
    match view.probe(preferred.port)? {
        Probe::Free | Probe::Lingering => Ok(None),
        Probe::InUse => Ok(Some(PreferredRefusal::InUse)),
    }
}
