//! Which texts are ranges, and what is in them.

use proptest::prelude::*;
use trop_model::{InvalidRange, Port, PortRange};

use crate::laws::{all_such_ports, any_range, for_all, port, range};

#[test]
fn ranges_are_two_ports_or_one() {
    #[track_caller]
    fn check(text: &str, first: u16, last: u16) {
        let range: PortRange = text.parse().unwrap();
        assert_eq!((range.first(), range.last()), (port(first), port(last)));
    }

    check("5000..5009", 5000, 5009);
    check("5000..5000", 5000, 5000);
    check("1..65535", 1, 65_535);
    check("5001", 5001, 5001);

    check(" 5000..5009 ", 5000, 5009);
    check("5000 .. 5009", 5000, 5009);
    check(" 5 ", 5, 5);
    check("010..020", 10, 20);
}

#[test]
fn other_texts_are_no_ranges() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(text.parse::<PortRange>().unwrap_err().to_string(), expected);
    }

    check("5009..5000", "the range 5009..5000 ends before it begins");
    check("2..1", "the range 2..1 ends before it begins");

    check("", r#""" is not a port (ports are 1 to 65535)"#);
    check("..", r#""" is not a port (ports are 1 to 65535)"#);
    check("5000..", r#""" is not a port (ports are 1 to 65535)"#);
    check("..5009", r#""" is not a port (ports are 1 to 65535)"#);
    check("5000-5005", r#""5000-5005" is not a port (ports are 1 to 65535)"#);
    check("5000:5005", r#""5000:5005" is not a port (ports are 1 to 65535)"#);
    check("5000 5005", r#""5000 5005" is not a port (ports are 1 to 65535)"#);
    check("5000,5005", r#""5000,5005" is not a port (ports are 1 to 65535)"#);
    check("5000...5009", r#"".5009" is not a port (ports are 1 to 65535)"#);
    check("5000..=5009", r#""=5009" is not a port (ports are 1 to 65535)"#);
    check("1..2..3", r#""2..3" is not a port (ports are 1 to 65535)"#);
    check("0..5", r#""0" is not a port (ports are 1 to 65535)"#);
    check("5..65536", r#""65536" is not a port (ports are 1 to 65535)"#);
    check("+5..9", r#""+5" is not a port (ports are 1 to 65535)"#);
    check("５", r#""５" is not a port (ports are 1 to 65535)"#);
}

#[test]
fn a_range_does_not_end_before_it_begins() {
    assert_eq!(PortRange::new(port(5), port(5)), Ok(range("5")));
    assert_eq!(PortRange::new(port(5), port(6)), Ok(range("5..6")));
    assert_eq!(PortRange::new(port(6), port(5)), Err(InvalidRange::Backwards(port(6), port(5))));
}

#[test]
fn both_ends_are_included() {
    #[track_caller]
    fn check(text: &str, count: u32) {
        let range = range(text);
        assert_eq!(range.count(), count);
        assert_eq!(range.iter().count(), usize::try_from(count).unwrap());
        assert_eq!(range.iter().next(), Some(range.first()));
        assert_eq!(range.iter().next_back(), Some(range.last()));
    }

    check("5000", 1);
    check("5000..5001", 2);
    check("5000..7000", 2001);
    check("65535", 1);
    check("1..65535", 65_535);
}

#[test]
fn ranges_are_shown_as_they_are_written() {
    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(range(text).to_string(), expected);
        assert_eq!(format!("{:?}", range(text)), expected);
    }

    check("5000..5009", "5000..5009");
    check(" 05000 .. 5009", "5000..5009");
    check("5000..5000", "5000");
    check("5000", "5000");
}

#[test]
fn ranges_are_ordered_by_their_first_port_and_then_by_their_last() {
    let mut ranges = ["9", "5..7", "5..6", "1..65535", "5"].map(range);
    ranges.sort();
    assert_eq!(ranges, ["1..65535", "5", "5..6", "5..7", "9"].map(range));
}

#[test]
fn a_range_is_read_back_from_what_is_shown() {
    for_all(&any_range(), |range| {
        prop_assert_eq!(range.to_string().parse::<PortRange>(), Ok(range));
        Ok(())
    });
}

#[test]
fn a_range_contains_what_it_iterates_over() {
    for_all(&any_range(), |range| {
        let contained: Vec<Port> = all_such_ports().filter(|&port| range.contains(port)).collect();
        let listed: Vec<Port> =
            all_such_ports().filter(|&port| range.iter().any(|listed| listed == port)).collect();
        prop_assert_eq!(contained, listed);
        Ok(())
    });
}
