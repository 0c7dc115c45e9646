//! What holds for every search.

use proptest::prelude::*;
use trop_allocation::{Choice, Probe, Refusal, allocate_one};

use crate::cases::for_all;
use crate::model;
use crate::world::{NotPermitted, World};

#[test]
fn it_agrees_with_the_documented_order() {
    for_all(|case, outcome| {
        prop_assert_eq!(outcome.allocation, model::expected(case.range, case.preferred, &case.world));
        Ok(())
    });
}

#[test]
fn a_port_that_is_taken_is_never_the_answer() {
    for_all(|case, outcome| {
        match outcome.allocation.choice {
            Choice::Preferred(port) => {
                let preferred = case.preferred.expect("there was one");
                let facts = case.facts(port);
                prop_assert_eq!(port, preferred.port);
                prop_assert!(!facts.reserved);
                prop_assert!(!facts.excluded || preferred.ignore_exclusions);
                prop_assert!(facts.sockets != Probe::InUse || preferred.ignore_occupied);
            }
            Choice::Regular(port) | Choice::LastResort(port) => {
                let facts = case.facts(port);
                prop_assert!(case.range.contains(port));
                prop_assert!(!facts.reserved && !facts.excluded && facts.sockets != Probe::InUse);
            }
            Choice::Exhausted(counts) => {
                prop_assert_eq!(counts.range, case.range);
                prop_assert_eq!(counts.reserved + counts.excluded + counts.in_use, case.range.count());
            }
        }
        Ok(())
    });
}

#[test]
fn a_refusal_is_told_exactly_when_the_preferred_port_was_not_had() {
    for_all(|case, outcome| {
        let had = matches!(outcome.allocation.choice, Choice::Preferred(_));
        prop_assert_eq!(outcome.allocation.preferred_refusal.is_some(), case.preferred.is_some() && !had);
        Ok(())
    });
}

#[test]
fn no_port_is_probed_twice_and_none_that_is_refused() {
    for_all(|case, outcome| {
        let mut distinct = outcome.probed.clone();
        distinct.sort_unstable();
        distinct.dedup();
        prop_assert_eq!(distinct.len(), outcome.probed.len());

        for &port in &outcome.probed {
            let lifted = case.preferred.is_some_and(|preferred| {
                preferred.port == port
                    && preferred.ignore_exclusions
                    && case.facts(port).refusal() == Some(Refusal::Excluded)
            });
            prop_assert!(case.facts(port).refusal().is_none() || lifted, "{} is refused", port);
        }
        Ok(())
    });
}

#[test]
fn discouraged_ports_are_probed_only_when_no_other_port_is_free() {
    for_all(|case, outcome| {
        let preferred = case.preferred.map(|preferred| preferred.port);
        let swept_discouraged =
            outcome.probed.iter().any(|&port| case.facts(port).discouraged && Some(port) != preferred);
        let settled_before = matches!(outcome.allocation.choice, Choice::Preferred(_) | Choice::Regular(_));
        prop_assert!(!(swept_discouraged && settled_before));
        Ok(())
    });
}

#[test]
fn the_first_probe_that_fails_is_the_last_one() {
    for_all(|case, outcome| {
        if outcome.probed.is_empty() {
            return Ok(());
        }
        let failing = case.some_probe.index(outcome.probed.len());
        let mut world = World { probes_until_failure: Some(failing), ..case.world.clone() };
        let answer = allocate_one(case.range, case.preferred, &mut world);
        prop_assert_eq!(answer, Err(NotPermitted(outcome.probed[failing])));
        prop_assert_eq!(&world.probed, &outcome.probed[..=failing]);
        Ok(())
    });
}
