//! The documented order for a group, written down a second time and as plainly as possible: describe every base, sort,
//! take the first.

use std::collections::BTreeMap;

use trop_allocation::{
    Blocked, GroupAllocation, GroupChoice, GroupExhausted, PreferredRefusal, Probe, Refusal, Wish,
};
use trop_model::{Port, PortRange};

use crate::group::cases::Case;
use crate::wishes::{had, others, preferred_refusals};
use crate::world::{Facts, World};

/// What the search must come to.
pub(crate) fn expected(case: &Case) -> GroupAllocation {
    let preferred_refusals = preferred_refusals(&case.wishes, &case.world);
    let choice = match others(&case.wishes, &preferred_refusals).is_empty() {
        true => GroupChoice::AllPreferred,
        false => best_of(case, &preferred_refusals),
    };
    GroupAllocation { preferred_refusals, choice }
}

/// What there is to say of one base.
pub(crate) struct Base {
    pub(crate) base: Port,
    /// The ports of the wishes that are not on their preferred one, with the wishes.
    pub(crate) ports: Vec<(usize, Port)>,
    facts: Vec<Facts>,
    /// The first wish whose port is refused, and why.
    pub(crate) refused: Option<(usize, Refusal)>,
}

impl Base {
    pub(crate) fn is_discouraged(&self) -> bool {
        self.facts.iter().any(|facts| facts.discouraged)
    }

    /// The first wish whose port is in use.
    fn in_use(&self) -> Option<usize> {
        let mut answers = self.ports.iter().zip(&self.facts);
        answers.find(|(_, facts)| facts.sockets == Probe::InUse).map(|((wish, _), _)| *wish)
    }

    fn lingering(&self) -> Vec<Port> {
        let answers = self.ports.iter().zip(&self.facts);
        answers.filter(|(_, facts)| facts.sockets == Probe::Lingering).map(|((_, port), _)| *port).collect()
    }

    pub(crate) fn is_good(&self) -> bool {
        self.refused.is_none()
            && !self.is_discouraged()
            && self.facts.iter().all(|facts| facts.sockets == Probe::Free)
    }
}

/// Every base that is allowed, from the lowest.
pub(crate) fn bases(case: &Case, refusals: &[Option<PreferredRefusal>]) -> Vec<Base> {
    let taken = had(&case.wishes, refusals);
    let wishes = others(&case.wishes, refusals);
    let farthest = wishes.iter().map(|(_, wish)| wish.offset).max().unwrap_or(0);
    let lowest = case.range.first().get().saturating_sub(farthest).max(case.first_base.get());
    let candidates = (lowest..=case.range.last().get()).filter_map(Port::new);
    candidates
        .filter_map(|base| {
            let ports = ports_at(base, &wishes, case.range)?;
            Some(describe(base, ports, &taken, &case.world))
        })
        .collect()
}

/// The port of each wish, when all lie in the range.
fn ports_at(base: Port, wishes: &[(usize, Wish)], range: PortRange) -> Option<Vec<(usize, Port)>> {
    let port_of = |wish: &Wish| base.get().checked_add(wish.offset).and_then(Port::new);
    let in_range = |wish: &Wish| port_of(wish).filter(|port| range.contains(*port));
    wishes.iter().map(|(index, wish)| Some((*index, in_range(wish)?))).collect()
}

fn describe(base: Port, ports: Vec<(usize, Port)>, taken: &BTreeMap<Port, usize>, world: &World) -> Base {
    let facts: Vec<Facts> = ports.iter().map(|(_, port)| world.ports[port]).collect();
    let mut answers = ports.iter().zip(&facts);
    let refused = answers.find_map(|((wish, port), facts)| {
        let refusal = if taken.contains_key(port) { Some(Refusal::Reserved) } else { facts.refusal() };
        refusal.map(|refusal| (*wish, refusal))
    });
    Base { base, ports, facts, refused }
}

fn best_of(case: &Case, refusals: &[Option<PreferredRefusal>]) -> GroupChoice {
    let bases = bases(case, refusals);
    let possible = bases.iter().filter(|base| base.refused.is_none() && base.in_use().is_none());
    let best = possible.min_by_key(|base| (!base.lingering().is_empty(), base.is_discouraged(), base.base));
    match best {
        Some(best) if best.is_good() => GroupChoice::Regular(best.base),
        Some(best) => GroupChoice::LastResort { base: best.base, lingering: best.lingering() },
        None => GroupChoice::Exhausted(GroupExhausted {
            range: case.range,
            first_base: case.first_base,
            bases: u32::try_from(bases.len()).expect("a range is small"),
            blocked: others(&case.wishes, refusals).iter().map(|(wish, _)| blocked(*wish, &bases)).collect(),
        }),
    }
}

fn blocked(wish: usize, bases: &[Base]) -> Blocked {
    let count = |belongs: &dyn Fn(&Base) -> bool| bases.iter().map(|base| u32::from(belongs(base))).sum();
    Blocked {
        wish,
        reserved: count(&|base| base.refused == Some((wish, Refusal::Reserved))),
        excluded: count(&|base| base.refused == Some((wish, Refusal::Excluded))),
        in_use: count(&|base| base.refused.is_none() && base.in_use() == Some(wish)),
    }
}
