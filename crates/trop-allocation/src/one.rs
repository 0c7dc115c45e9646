//! The search for the port of one reservation.

use trop_model::{Port, PortRange};

use crate::search::Search;
use crate::sweep::{Seeker, Swept, sweep};
use crate::{Blocked, Exhausted, Preferred, PreferredRefusal, View};

/// What a search came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allocation {
    /// The port, or that there is none.
    pub choice: Choice,
    /// Why the preferred port could not be had, when there was one and it could not.
    pub preferred_refusal: Option<PreferredRefusal>,
}

/// The port that was found, by how it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// The preferred port.
    Preferred(Port),
    /// The lowest port of the range that is free and not discouraged.
    Regular(Port),
    /// A port of the range that is discouraged, or lingers, or both; there is no better one.
    LastResort(Port),
    /// No port of the range can be had.
    Exhausted(Exhausted),
}

/// Looks for the port of one reservation.
///
/// In this order: the preferred port; the lowest port of `range` that is free; the lowest that is free but
/// discouraged; the lowest that lingers; the lowest that lingers and is discouraged. Discouraged ports are probed only
/// when no other port is free. No port is probed twice.
///
/// # Errors
/// The first error of a probe, at once.
pub fn allocate_one<V: View>(
    range: PortRange,
    preferred: Option<Preferred>,
    view: &mut V,
) -> Result<Allocation, V::Error> {
    let mut search = Search::new(view);
    let preferred_refusal = match preferred {
        Some(preferred) => search.claim(0, preferred)?,
        None => None,
    };
    if let (Some(preferred), None) = (preferred, preferred_refusal) {
        return Ok(Allocation { choice: Choice::Preferred(preferred.port), preferred_refusal });
    }

    let mut seekers = [Seeker::new(0, 0)];
    let choice = match sweep(range, &mut seekers, &mut search)? {
        Swept::Regular(port) => Choice::Regular(port),
        Swept::LastResort(port) => Choice::LastResort(port),
        Swept::Nothing => {
            let [Seeker { blocked, .. }] = seekers;
            let Blocked { reserved, excluded, in_use, .. } = blocked;
            Choice::Exhausted(Exhausted { range, reserved, excluded, in_use })
        }
    };
    Ok(Allocation { choice, preferred_refusal })
}
