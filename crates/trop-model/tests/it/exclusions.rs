//! The canonical form of a list of ranges.

use proptest::prelude::*;
use trop_model::{Exclusions, PortRange, PortSet};

use crate::laws::{all_such_ports, any_range, for_all, range};

fn any_ranges() -> impl Strategy<Value = Vec<PortRange>> {
    proptest::collection::vec(any_range(), 0..12)
}

#[test]
fn overlapping_and_adjacent_ranges_become_one() {
    #[track_caller]
    fn check(written: &[&str], expected: &[&str]) {
        let exclusions: Exclusions = written.iter().map(|text| range(text)).collect();
        let expected: Vec<PortRange> = expected.iter().map(|text| range(text)).collect();
        assert_eq!(exclusions.ranges(), expected);
    }

    check(&[], &[]);
    check(&["5001"], &["5001"]);
    check(&["5005..5009", "5001"], &["5001", "5005..5009"]);

    check(&["5001", "5001"], &["5001"]);
    check(&["5001..5005", "5003..5009"], &["5001..5009"]);
    check(&["5001..5009", "5003..5005"], &["5001..5009"]);
    check(&["5003..5005", "5001..5009"], &["5001..5009"]);
    check(&["5001..5005", "5005..5009"], &["5001..5009"]);
    check(&["5001..5009", "5002", "5009..5010"], &["5001..5010"]);

    check(&["5001", "5002"], &["5001..5002"]);
    check(&["5003", "5001", "5002"], &["5001..5003"]);
    check(&["5001..5004", "5005..5009"], &["5001..5009"]);
    check(&["5001", "5003"], &["5001", "5003"]);

    check(&["65534", "65535"], &["65534..65535"]);
    check(&["1..65535", "65535", "1"], &["1..65535"]);
    check(&["65535", "65535"], &["65535"]);
    check(&["1", "65535"], &["1", "65535"]);
}

#[test]
fn the_set_stays_the_same() {
    for_all(&any_ranges(), |written| {
        let exclusions: Exclusions = written.iter().copied().collect();
        let before: PortSet = written.into_iter().collect();
        let after: PortSet = exclusions.ranges().iter().copied().collect();
        prop_assert_eq!(after, before);
        Ok(())
    });
}

#[test]
fn no_shorter_ascending_list_says_the_same() {
    for_all(&any_ranges(), |written| {
        let exclusions: Exclusions = written.into_iter().collect();
        for pair in exclusions.ranges().windows(2) {
            let end = u32::from(pair[0].last().get());
            prop_assert!(end + 1 < u32::from(pair[1].first().get()), "{:?}", pair);
        }
        Ok(())
    });
}

#[test]
fn the_order_of_writing_does_not_matter() {
    let orders = any_ranges().prop_flat_map(|written| (Just(written.clone()), Just(written).prop_shuffle()));
    for_all(&orders, |(one, other)| {
        prop_assert_eq!(Exclusions::from_iter(one), Exclusions::from_iter(other));
        Ok(())
    });
}

#[test]
fn a_port_is_excluded_when_one_of_the_ranges_contains_it() {
    for_all(&any_ranges(), |written| {
        let exclusions: Exclusions = written.iter().copied().collect();
        for port in all_such_ports() {
            let expected = written.iter().any(|range| range.contains(port));
            prop_assert_eq!(exclusions.contains(port), expected, "{}", port);
        }
        Ok(())
    });
}
