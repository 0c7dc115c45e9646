//! The sweep over the bases of a pattern, from below.

use trop_model::{Port, PortRange};

use crate::search::Search;
use crate::{Blocked, Probe, Refusal, View};

/// A wish that is to be placed at its distance from the base, and what stood in its way.
pub(crate) struct Seeker {
    pub(crate) offset: u16,
    pub(crate) blocked: Blocked,
}

impl Seeker {
    pub(crate) fn new(wish: usize, offset: u16) -> Seeker {
        Seeker { offset, blocked: Blocked { wish, reserved: 0, excluded: 0, in_use: 0 } }
    }
}

/// The base that was found, by how it was found.
pub(crate) enum Swept {
    /// The lowest one at which every port is free and none discouraged.
    Regular(Port),
    /// One at which ports are discouraged, or linger, or both; there is no better one.
    LastResort(Port),
    /// There is none.
    Nothing,
}

/// Searches `bases` from below for all `seekers` at once. At every base, every offset must lead to a port.
pub(crate) fn sweep<V: View>(
    bases: PortRange,
    seekers: &mut [Seeker],
    search: &mut Search<'_, V>,
) -> Result<Swept, V::Error> {
    let mut sweep = Sweep { seekers, search, first_lingering: None };
    let mut discouraged = Vec::new();

    let mut next = Some(bases.first());
    while let Some(base) = next.filter(|base| *base <= bases.last()) {
        let reserved = sweep.pass_over_reserved(base, bases.last());
        if 0 < reserved {
            next = base.get().checked_add(reserved).and_then(Port::new);
            continue;
        }
        next = base.next();
        if sweep.is_refused(base) {
            continue;
        }
        if sweep.is_discouraged(base) {
            discouraged.push(base);
        } else if sweep.is_free(base)? {
            return Ok(Swept::Regular(base));
        }
    }
    for base in discouraged {
        if sweep.is_free(base)? {
            return Ok(Swept::LastResort(base));
        }
    }
    Ok(sweep.first_lingering.map_or(Swept::Nothing, Swept::LastResort))
}

/// The port `offset` above `base`. The caller knows that there is one.
pub(crate) fn port_at(base: Port, offset: u16) -> Port {
    Port::new(base.get().saturating_add(offset)).unwrap_or(Port::MAX)
}

/// A sweep under way.
struct Sweep<'s, 'v, V> {
    seekers: &'s mut [Seeker],
    search: &'s mut Search<'v, V>,
    /// The best of the lingering bases: discouraged ones are probed after all others, so it is the first one met.
    first_lingering: Option<Port>,
}

impl<V: View> Sweep<'_, '_, V> {
    /// How many bases from `base` up to `last` are passed over because the first seeker's port is reserved at each of them, which
    /// settles it there. That is noted down.
    fn pass_over_reserved(&mut self, base: Port, last: Port) -> u16 {
        let Some(Seeker { offset, blocked }) = self.seekers.first_mut() else { return 0 };
        let bases = PortRange::new(base, last).map_or(0, PortRange::count);
        let reserved = self.search.reserved_from(port_at(base, *offset));
        let passed_over =
            u16::try_from(reserved).unwrap_or(u16::MAX).min(u16::try_from(bases).unwrap_or(u16::MAX));
        blocked.reserved += u32::from(passed_over);
        passed_over
    }

    /// Whether a port at `base` is refused; when it is, that is noted down against the first one.
    fn is_refused(&mut self, base: Port) -> bool {
        for Seeker { offset, blocked } in &mut *self.seekers {
            match self.search.refusal(port_at(base, *offset)) {
                Some(Refusal::Reserved) => {
                    blocked.reserved += 1;
                    return true;
                }
                Some(Refusal::Excluded) => {
                    blocked.excluded += 1;
                    return true;
                }
                None => {}
            }
        }
        false
    }

    fn is_discouraged(&self, base: Port) -> bool {
        self.seekers.iter().any(|seeker| self.search.discouraged(port_at(base, seeker.offset)))
    }

    /// Whether every port at `base` is free; when not, what was learned is noted down. The first one in use settles it.
    fn is_free(&mut self, base: Port) -> Result<bool, V::Error> {
        let mut lingers = false;
        for Seeker { offset, blocked } in &mut *self.seekers {
            match self.search.probe(port_at(base, *offset))? {
                Probe::Free => {}
                Probe::Lingering => lingers = true,
                Probe::InUse => {
                    blocked.in_use += 1;
                    return Ok(false);
                }
            }
        }
        if lingers {
            self.first_lingering = self.first_lingering.or(Some(base));
        }
        Ok(!lingers)
    }
}
