//! The bitmap against a set of the standard library.

use std::collections::BTreeSet;

use proptest::prelude::*;
use trop_model::{Port, PortSet};

use crate::laws::{all_such_ports, any_port, any_range, for_all, port, range};

#[derive(Debug, Clone)]
enum Step {
    Insert(Port),
    Remove(Port),
    Extend(Vec<Port>),
}

fn any_step() -> impl Strategy<Value = Step> {
    prop_oneof![
        any_port().prop_map(Step::Insert),
        any_port().prop_map(Step::Remove),
        proptest::collection::vec(any_port(), 0..5).prop_map(Step::Extend),
    ]
}

#[test]
fn it_is_a_set() {
    for_all(&proptest::collection::vec(any_step(), 0..60), |steps| {
        let mut set = PortSet::new();
        let mut model = BTreeSet::new();
        for step in steps {
            match step {
                Step::Insert(port) => {
                    prop_assert_eq!(set.insert(port), model.insert(port));
                }
                Step::Remove(port) => {
                    set.remove(port);
                    model.remove(&port);
                }
                Step::Extend(ports) => {
                    set.extend(ports.iter().copied());
                    model.extend(ports);
                }
            }
        }
        prop_assert!(set.iter().eq(model.iter().copied()));
        prop_assert_eq!(set.count(), model.len());
        for port in all_such_ports() {
            prop_assert_eq!(set.contains(port), model.contains(&port), "{}", port);
        }
        prop_assert_eq!(&model.into_iter().collect::<PortSet>(), &set);
        Ok(())
    });
}

#[test]
fn its_ports_follow_each_other_up_to_the_first_that_is_not_in_it() {
    for_all(&(proptest::collection::vec(any_range(), 0..4), any_port()), |(ranges, port)| {
        let set: PortSet = ranges.into_iter().collect();
        let run = range(&format!("{port}..65535")).iter().take_while(|port| set.contains(*port)).count();
        prop_assert_eq!(set.run_from(port), run);
        Ok(())
    });
    for (first, length) in [(1, 65_535), (63, 65_473), (64, 65_472), (65_472, 64), (65_535, 1)] {
        assert_eq!(PortSet::from_iter([range("1..65535")]).run_from(port(first)), length);
    }
}

#[test]
fn it_is_made_of_ranges() {
    for_all(&proptest::collection::vec(any_range(), 0..4), |ranges| {
        let set: PortSet = ranges.iter().copied().collect();
        let model: BTreeSet<Port> = ranges.iter().flat_map(|range| range.iter()).collect();
        prop_assert!(set.iter().eq(model));
        Ok(())
    });
}

#[test]
fn it_holds_every_port() {
    let everything = PortSet::from_iter([range("1..65535")]);
    assert!(everything.iter().eq(range("1..65535").iter()));
    assert!(range("1..65535").iter().all(|port| everything.contains(port)));
}

#[test]
fn a_new_one_is_empty() {
    assert_eq!(PortSet::new().iter().next(), None);
    assert_eq!(PortSet::default(), PortSet::new());
    assert!(range("1..65535").iter().all(|port| !PortSet::new().contains(port)));
}

#[test]
fn it_is_shown_as_a_set_of_numbers() {
    let set = PortSet::from_iter([port(64), port(1), port(65_535), port(63)]);
    assert_eq!(format!("{set:?}"), "{1, 63, 64, 65535}");
}

#[test]
fn a_part_of_a_set_has_the_ports_of_the_range() {
    #[track_caller]
    fn check(set: &str, within: &str) {
        let (set, within) = (PortSet::from_iter([range(set)]), range(within));
        let expected: PortSet = set.iter().filter(|port| within.contains(*port)).collect();
        assert_eq!(set.within(within), expected);
    }
    for within in
        ["1..65535", "1..1", "63..64", "64..127", "65..70", "5000..7000", "65535..65535", "128..191"]
    {
        check("1..65535", within);
        check("60..5100", within);
    }
}
