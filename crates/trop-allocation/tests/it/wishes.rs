//! Random wishes, and what the documented rules say of their preferred ports.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use proptest::sample::Index;
use trop_allocation::{Preferred, PreferredRefusal, Wish};
use trop_model::Port;

use crate::model::refusal_of;
use crate::world::World;

const MOST: usize = 5;

/// Wishes without ports: what [`among`] needs to make some for a world.
pub(crate) type Sketch = Vec<(u16, Option<(Index, bool, bool)>)>;

/// One wish to five, with such offsets.
pub(crate) fn any_sketch(offset: impl Strategy<Value = u16>) -> impl Strategy<Value = Sketch> {
    let preferred = prop::option::weighted(0.4, any::<(Index, bool, bool)>());
    prop::collection::vec((offset, preferred), 1..=MOST)
}

/// Wishes for ports that the world knows, no two with the same offset or the same preferred port.
pub(crate) fn among(sketch: Sketch, world: &World) -> Vec<Wish> {
    let known: Vec<Port> = world.ports.keys().copied().collect();
    let mut offsets = BTreeSet::new();
    let mut ports = BTreeSet::new();
    let mut wishes = Vec::new();
    for (offset, preferred) in sketch {
        if !offsets.insert(offset) {
            continue;
        }
        let preferred = preferred.map(|(index, ignore_occupied, ignore_exclusions)| Preferred {
            port: *index.get(&known),
            ignore_occupied,
            ignore_exclusions,
        });
        let preferred = preferred.filter(|preferred| ports.insert(preferred.port));
        wishes.push(Wish { offset, preferred });
    }
    wishes
}

/// By wish: why its preferred port cannot be had.
pub(crate) fn preferred_refusals(wishes: &[Wish], world: &World) -> Vec<Option<PreferredRefusal>> {
    let preferred = wishes.iter().map(|wish| wish.preferred);
    preferred.map(|preferred| preferred.and_then(|p| refusal_of(p, world.ports[&p.port]))).collect()
}

/// The wishes that have their preferred port, by that port.
pub(crate) fn had(wishes: &[Wish], refusals: &[Option<PreferredRefusal>]) -> BTreeMap<Port, usize> {
    let answers = wishes.iter().zip(refusals).enumerate();
    let unrefused = answers.filter(|(_, (_, refusal))| refusal.is_none());
    unrefused.filter_map(|(index, (wish, _))| wish.preferred.map(|p| (p.port, index))).collect()
}

/// The wishes that do not have their preferred port.
pub(crate) fn others(wishes: &[Wish], refusals: &[Option<PreferredRefusal>]) -> Vec<(usize, Wish)> {
    let on_preferred: BTreeSet<usize> = had(wishes, refusals).into_values().collect();
    wishes.iter().copied().enumerate().filter(|(index, _)| !on_preferred.contains(index)).collect()
}
