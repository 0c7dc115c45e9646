//! The documented order, written down a second time and as plainly as possible: describe every candidate, sort, take the
//! first.

use trop_allocation::{Allocation, Choice, Exhausted, Preferred, PreferredRefusal, Probe, Refusal};
use trop_model::{Port, PortRange};

use crate::world::{Facts, World};

/// What the search must come to.
pub(crate) fn expected(range: PortRange, preferred: Option<Preferred>, world: &World) -> Allocation {
    let preferred_refusal =
        preferred.and_then(|preferred| refusal_of(preferred, world.ports[&preferred.port]));
    let choice = match preferred {
        Some(preferred) if preferred_refusal.is_none() => Choice::Preferred(preferred.port),
        _ => best_of(range, world),
    };
    Allocation { choice, preferred_refusal }
}

/// Why that preferred port cannot be had.
pub(crate) fn refusal_of(preferred: Preferred, facts: Facts) -> Option<PreferredRefusal> {
    let reasons = [
        (facts.reserved, PreferredRefusal::Reserved),
        (facts.excluded && !preferred.ignore_exclusions, PreferredRefusal::Excluded),
        (facts.sockets == Probe::InUse && !preferred.ignore_occupied, PreferredRefusal::InUse),
    ];
    reasons.into_iter().find_map(|(holds, reason)| holds.then_some(reason))
}

fn best_of(range: PortRange, world: &World) -> Choice {
    let mut candidates: Vec<(bool, bool, Port)> = range
        .iter()
        .map(|port| (port, world.ports[&port]))
        .filter(|(_, facts)| facts.refusal().is_none() && facts.sockets != Probe::InUse)
        .map(|(port, facts)| (facts.sockets == Probe::Lingering, facts.discouraged, port))
        .collect();
    candidates.sort_unstable();
    match candidates.first() {
        Some(&(false, false, port)) => Choice::Regular(port),
        Some(&(_, _, port)) => Choice::LastResort(port),
        None => Choice::Exhausted(Exhausted {
            range,
            reserved: count(range, world, |facts| facts.refusal() == Some(Refusal::Reserved)),
            excluded: count(range, world, |facts| facts.refusal() == Some(Refusal::Excluded)),
            in_use: count(range, world, |facts| facts.refusal().is_none() && facts.sockets == Probe::InUse),
        }),
    }
}

fn count(range: PortRange, world: &World, belongs: impl Fn(Facts) -> bool) -> u32 {
    range.iter().map(|port| u32::from(belongs(world.ports[&port]))).sum()
}
