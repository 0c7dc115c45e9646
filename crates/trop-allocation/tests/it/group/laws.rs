//! What holds for every search for a new group.

use std::collections::BTreeSet;

use proptest::prelude::*;
use trop_allocation::{
    Choice, GroupChoice, Preferred, PreferredRefusal, Probe, Refusal, Wish, allocate_group, allocate_one,
};
use trop_model::Port;

use super::cases::{Case, Outcome, for_all, found};
use super::model;
use crate::world::{NotPermitted, World};

#[test]
fn it_agrees_with_the_documented_order() {
    for_all(|case, outcome| {
        prop_assert_eq!(&outcome.allocation, &model::expected(case));
        Ok(())
    });
}

#[test]
fn no_two_wishes_get_one_port() {
    for_all(|case, outcome| {
        if let Some(ports) = outcome.allocation.ports(&case.wishes) {
            prop_assert_eq!(ports.len(), case.wishes.len());
            prop_assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), ports.len());
        }
        Ok(())
    });
}

#[test]
fn there_are_ports_unless_the_range_is_exhausted() {
    for_all(|case, outcome| {
        let exhausted = matches!(outcome.allocation.choice, GroupChoice::Exhausted(_));
        prop_assert_eq!(outcome.allocation.ports(&case.wishes).is_none(), exhausted);
        Ok(())
    });
}

#[test]
fn every_port_is_the_preferred_one_or_keeps_its_offset_from_the_base() {
    for_all(|case, outcome| {
        let Some(ports) = outcome.allocation.ports(&case.wishes) else {
            return Ok(());
        };
        for ((wish, port), refusal) in
            case.wishes.iter().zip(ports).zip(&outcome.allocation.preferred_refusals)
        {
            match (wish.preferred, refusal) {
                (Some(preferred), None) => prop_assert_eq!(port, preferred.port),
                _ => {
                    let base = found(outcome).expect("somebody is not on the preferred port");
                    prop_assert!(case.first_base <= base && case.range.contains(port));
                    prop_assert_eq!(u32::from(port.get()) - u32::from(base.get()), u32::from(wish.offset));
                }
            }
        }
        Ok(())
    });
}

#[test]
fn a_port_that_is_taken_is_never_given_away() {
    for_all(|case, outcome| {
        let ports = outcome.allocation.ports(&case.wishes).unwrap_or_default();
        for ((wish, port), refusal) in
            case.wishes.iter().zip(ports).zip(&outcome.allocation.preferred_refusals)
        {
            let lifted = wish.preferred.filter(|_| refusal.is_none());
            let facts = case.world.ports[&port];
            prop_assert!(!facts.reserved);
            prop_assert!(!facts.excluded || lifted.is_some_and(|preferred| preferred.ignore_exclusions));
            let in_use = facts.sockets == Probe::InUse;
            prop_assert!(!in_use || lifted.is_some_and(|preferred| preferred.ignore_occupied));
        }
        Ok(())
    });
}

#[test]
fn no_lower_base_would_have_been_as_good() {
    for_all(|case, outcome| {
        let bases = model::bases(case, &outcome.allocation.preferred_refusals);
        let lowest_good = bases.iter().find(|base| base.is_good()).map(|base| base.base);
        match outcome.allocation.choice {
            GroupChoice::AllPreferred => {}
            GroupChoice::Regular(base) => prop_assert_eq!(lowest_good, Some(base)),
            GroupChoice::LastResort { .. } | GroupChoice::Exhausted(_) => prop_assert_eq!(lowest_good, None),
        }
        Ok(())
    });
}

#[test]
fn every_base_of_an_exhausted_range_counts_once() {
    for_all(|_, outcome| {
        if let GroupChoice::Exhausted(exhausted) = &outcome.allocation.choice {
            let counted = exhausted.blocked.iter().map(|b| b.reserved + b.excluded + b.in_use).sum::<u32>();
            prop_assert_eq!(counted, exhausted.bases);
        }
        Ok(())
    });
}

#[test]
fn no_port_is_probed_twice_and_only_candidates_are() {
    for_all(|case, outcome| {
        prop_assert_eq!(outcome.probed.iter().collect::<BTreeSet<_>>().len(), outcome.probed.len());
        let candidates = candidates(case, outcome);
        for port in &outcome.probed {
            prop_assert!(candidates.contains(port), "{port} is no candidate");
        }
        Ok(())
    });
}

/// What may be probed: preferred ports that may be had, and the ports at bases that are not refused; at the discouraged
/// ones only where no other base is good, and none above a base that is.
fn candidates(case: &Case, outcome: &Outcome) -> BTreeSet<Port> {
    let preferred = case.wishes.iter().filter_map(|wish| wish.preferred);
    let may_be_had = |preferred: &Preferred| match case.world.ports[&preferred.port].refusal() {
        Some(Refusal::Reserved) => false,
        Some(Refusal::Excluded) => preferred.ignore_exclusions,
        None => true,
    };
    let preferred = preferred.filter(may_be_had).filter(|preferred| !preferred.ignore_occupied);
    let mut candidates: BTreeSet<Port> = preferred.map(|preferred| preferred.port).collect();

    for base in model::bases(case, &outcome.allocation.preferred_refusals) {
        let comes_too_late = match outcome.allocation.choice {
            GroupChoice::AllPreferred => true,
            GroupChoice::Regular(found) => base.is_discouraged() || found < base.base,
            GroupChoice::LastResort { .. } | GroupChoice::Exhausted(_) => false,
        };
        if base.refused.is_none() && !comes_too_late {
            candidates.extend(base.ports.iter().map(|(_, port)| *port));
        }
    }
    candidates
}

#[test]
fn the_first_probe_that_fails_is_the_last_one() {
    for_all(|case, outcome| {
        if outcome.probed.is_empty() {
            return Ok(());
        }
        let failing = case.some_probe.index(outcome.probed.len());
        let mut world = World { probes_until_failure: Some(failing), ..case.world.clone() };
        let answer = allocate_group(case.range, case.first_base, &case.wishes, &mut world);
        prop_assert_eq!(answer, Err(NotPermitted(outcome.probed[failing])));
        prop_assert_eq!(&world.probed, &outcome.probed[..=failing]);
        Ok(())
    });
}

#[test]
fn a_group_of_one_is_a_single_reservation() {
    for_all(|case, _| {
        let preferred = case.wishes[0].preferred;
        let mut alone = case.world.clone();
        let one = allocate_one(case.range, preferred, &mut alone).expect("no probe fails");

        let mut grouped = case.world.clone();
        let wishes = [Wish { offset: 0, preferred }];
        let group =
            allocate_group(case.range, case.range.first(), &wishes, &mut grouped).expect("no probe fails");

        prop_assert_eq!(&alone.probed, &grouped.probed);
        prop_assert_eq!(&group.preferred_refusals, &vec![one.preferred_refusal]);
        let alike = match (one.choice, &group.choice) {
            (Choice::Preferred(_), GroupChoice::AllPreferred) => true,
            (Choice::Regular(port), GroupChoice::Regular(base)) => port == *base,
            (Choice::LastResort(port), GroupChoice::LastResort { base, .. }) => port == *base,
            (Choice::Exhausted(one), GroupChoice::Exhausted(group)) => {
                let blocked = group.blocked[0];
                (one.reserved, one.excluded, one.in_use, one.range.count())
                    == (blocked.reserved, blocked.excluded, blocked.in_use, group.bases)
            }
            _ => false,
        };
        prop_assert!(alike, "{:?} and {:?}", one.choice, group.choice);
        Ok(())
    });
}

#[test]
fn a_refusal_is_told_only_where_there_was_a_preferred_port() {
    for_all(|case, outcome| {
        prop_assert_eq!(outcome.allocation.preferred_refusals.len(), case.wishes.len());
        for (wish, refusal) in case.wishes.iter().zip(&outcome.allocation.preferred_refusals) {
            prop_assert!(wish.preferred.is_some() || refusal.is_none());
            if let (Some(preferred), Some(PreferredRefusal::InUse)) = (wish.preferred, refusal) {
                prop_assert!(outcome.probed.contains(&preferred.port));
            }
        }
        Ok(())
    });
}
