//! The search for the port of one reservation.

use trop_model::{Port, PortRange};

use crate::{Exhausted, Preferred, PreferredRefusal, Probe, Refusal, View, find_preferred_refusal};

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
    let Some(preferred) = preferred else {
        return Ok(Allocation { choice: sweep(range, None, view)?, preferred_refusal: None });
    };
    let Some(refusal) = find_preferred_refusal(preferred, view)? else {
        return Ok(Allocation { choice: Choice::Preferred(preferred.port), preferred_refusal: None });
    };
    let known_in_use = (refusal == PreferredRefusal::InUse).then_some(preferred.port);
    Ok(Allocation { choice: sweep(range, known_in_use, view)?, preferred_refusal: Some(refusal) })
}

/// Searches `range` from below. `known_in_use` was probed before.
fn sweep<V: View>(range: PortRange, known_in_use: Option<Port>, view: &mut V) -> Result<Choice, V::Error> {
    let counts = Exhausted { range, reserved: 0, excluded: 0, in_use: 0 };
    let mut sweep = Sweep { view, known_in_use, first_lingering: None, counts };
    let mut discouraged = Vec::new();

    for port in range.iter() {
        match sweep.view.refusal(port) {
            Some(Refusal::Reserved) => sweep.counts.reserved += 1,
            Some(Refusal::Excluded) => sweep.counts.excluded += 1,
            None if sweep.view.discouraged(port) => discouraged.push(port),
            None => {
                if sweep.is_free(port)? {
                    return Ok(Choice::Regular(port));
                }
            }
        }
    }
    for port in discouraged {
        if sweep.is_free(port)? {
            return Ok(Choice::LastResort(port));
        }
    }
    match sweep.first_lingering {
        Some(port) => Ok(Choice::LastResort(port)),
        None => Ok(Choice::Exhausted(sweep.counts)),
    }
}

/// A search under way.
struct Sweep<'view, V> {
    view: &'view mut V,
    known_in_use: Option<Port>,
    /// The best of the lingering ports: discouraged ports are probed after all others, so it is the first one met.
    first_lingering: Option<Port>,
    counts: Exhausted,
}

impl<V: View> Sweep<'_, V> {
    /// Whether `port` is free; when it is not, what was learned is noted down.
    fn is_free(&mut self, port: Port) -> Result<bool, V::Error> {
        let probe = if self.known_in_use == Some(port) { Probe::InUse } else { self.view.probe(port)? };
        match probe {
            Probe::Free => return Ok(true),
            Probe::Lingering => self.first_lingering = self.first_lingering.or(Some(port)),
            Probe::InUse => self.counts.in_use += 1,
        }
        Ok(false)
    }
}
