//! What holds for all who join a group.

use std::collections::BTreeSet;

use proptest::prelude::*;
use trop_allocation::{Probe, place_in_group};

use super::cases::for_all;
use super::model;
use crate::world::{NotPermitted, World};

#[test]
fn it_agrees_with_the_documented_order() {
    for_all(|case, outcome| {
        prop_assert_eq!(&outcome.growth, &model::expected(case));
        Ok(())
    });
}

#[test]
fn no_two_wishes_get_one_port() {
    for_all(|case, outcome| {
        let ports: Vec<_> = outcome.growth.places.iter().flatten().collect();
        prop_assert_eq!(outcome.growth.places.len(), case.wishes.len());
        prop_assert_eq!(ports.iter().collect::<BTreeSet<_>>().len(), ports.len());
        Ok(())
    });
}

#[test]
fn every_port_is_the_preferred_one_or_keeps_its_offset_from_the_base() {
    for_all(|case, outcome| {
        let answers = outcome.growth.places.iter().zip(&outcome.growth.preferred_refusals);
        for (wish, (place, refusal)) in case.wishes.iter().zip(answers) {
            match (place, wish.preferred, refusal) {
                (place, Some(preferred), None) => prop_assert_eq!(place, &Ok(preferred.port)),
                (Ok(port), ..) => {
                    let facts = case.world.ports[port];
                    prop_assert!(case.range.contains(*port));
                    prop_assert_eq!(i32::from(port.get()), case.base + i32::from(wish.offset));
                    prop_assert!(facts.refusal().is_none() && facts.sockets != Probe::InUse);
                }
                (Err(_), ..) => {}
            }
        }
        Ok(())
    });
}

#[test]
fn no_port_is_probed_twice() {
    for_all(|_, outcome| {
        prop_assert_eq!(outcome.probed.iter().collect::<BTreeSet<_>>().len(), outcome.probed.len());
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
        let answer = place_in_group(case.range, Some(case.base), &case.wishes, &mut world);
        prop_assert_eq!(answer, Err(NotPermitted(outcome.probed[failing])));
        prop_assert_eq!(&world.probed, &outcome.probed[..=failing]);
        Ok(())
    });
}
