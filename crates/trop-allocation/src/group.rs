//! The search for the ports of a new group.

use trop_model::{Port, PortRange};

use crate::search::Search;
use crate::sweep::{Seeker, Swept, port_at, sweep};
use crate::{GroupExhausted, PreferredRefusal, View, Wish};

/// What a search for a group came to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GroupAllocation {
    /// By wish: why its preferred port could not be had, when there was one and it could not.
    pub preferred_refusals: Vec<Option<PreferredRefusal>>,
    /// Where the other wishes go.
    pub choice: GroupChoice,
}

/// The base of the wishes that are not on their preferred port, by how it was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupChoice {
    /// There are no such wishes, so there is no base.
    AllPreferred,
    /// The lowest base at which every port is free and none is discouraged.
    Regular(Port),
    /// A base at which ports are discouraged, or linger, or both; there is no better one.
    LastResort {
        /// The base.
        base: Port,
        /// The ports that linger there, in the order of the wishes; none when they are merely discouraged.
        lingering: Vec<Port>,
    },
    /// There is no base. Nobody gets a port, preferred or not.
    Exhausted(GroupExhausted),
}

impl GroupAllocation {
    /// By wish: its port. `None` when there was no base. The wishes are those of the search.
    #[must_use]
    pub fn ports(&self, wishes: &[Wish]) -> Option<Vec<Port>> {
        let base = match &self.choice {
            GroupChoice::AllPreferred => None,
            GroupChoice::Regular(base) | GroupChoice::LastResort { base, .. } => Some(*base),
            GroupChoice::Exhausted(_) => return None,
        };
        let placed = |wish: &Wish| base.map(|base| port_at(base, wish.offset));
        let answers = wishes.iter().zip(&self.preferred_refusals);
        answers.map(|(wish, refusal)| wish.had(*refusal).or_else(|| placed(wish))).collect()
    }
}

/// Looks for the ports of a new group.
///
/// First each wish in turn gets its preferred port, if that can be had. For all others together it is the lowest base,
/// `first_base` or above, at which each of their ports is in `range`, not refused, not the preferred port of another
/// wish and free. Where there is none: the lowest at which all are free but some discouraged; the lowest at which some
/// linger; the lowest at which some linger and some are discouraged. Offsets are kept as they are.
///
/// A base that is refused at one port is probed at none; one that is discouraged only when no other base is free; a
/// port in use ends the probing of its base. No port is probed twice.
///
/// # Errors
/// The first error of a probe, at once.
pub fn allocate_group<V: View>(
    range: PortRange,
    first_base: Port,
    wishes: &[Wish],
    view: &mut V,
) -> Result<GroupAllocation, V::Error> {
    let mut search = Search::new(view);
    let preferred_refusals = search.claim_preferred(wishes)?;
    let mut seekers: Vec<Seeker> = (wishes.iter().zip(&preferred_refusals).enumerate())
        .filter(|(_, (wish, refusal))| wish.had(**refusal).is_none())
        .map(|(index, (wish, _))| Seeker::new(index, wish.offset))
        .collect();
    if seekers.is_empty() {
        return Ok(GroupAllocation { preferred_refusals, choice: GroupChoice::AllPreferred });
    }

    let bases = find_bases(range, first_base, &seekers);
    let swept = match bases {
        Some(bases) => sweep(bases, &mut seekers, &mut search)?,
        None => Swept::Nothing,
    };
    let choice = match swept {
        Swept::Regular(base) => GroupChoice::Regular(base),
        Swept::LastResort(base) => {
            let ports = seekers.iter().map(|seeker| port_at(base, seeker.offset));
            let lingering = ports.filter(|port| search.is_known_to_linger(*port)).collect();
            GroupChoice::LastResort { base, lingering }
        }
        Swept::Nothing => GroupChoice::Exhausted(GroupExhausted {
            range,
            first_base,
            bases: bases.map_or(0, PortRange::count),
            blocked: seekers.into_iter().map(|seeker| seeker.blocked).collect(),
        }),
    };
    Ok(GroupAllocation { preferred_refusals, choice })
}

/// The bases from `first_base` upwards at which every port lies in `range`.
fn find_bases(range: PortRange, first_base: Port, seekers: &[Seeker]) -> Option<PortRange> {
    let offsets = || seekers.iter().map(|seeker| seeker.offset);
    let (nearest, farthest) = (offsets().min()?, offsets().max()?);
    let lowest = range.first().get().saturating_sub(nearest).max(first_base.get());
    let highest = range.last().get().saturating_sub(farthest);
    PortRange::new(Port::new(lowest)?, Port::new(highest)?).ok()
}
