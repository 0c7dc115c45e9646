//! Laws are checked for many random values, the same ones in every run.

use std::fmt::Debug;

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use trop_model::{Port, PortRange};

const CASES: u32 = 1_000;

/// Ports of the lowest words of a bitmap, and ports of its last one.
const LOW: std::ops::RangeInclusive<u16> = 1..=140;
const HIGH: std::ops::RangeInclusive<u16> = 65_500..=65_535;

#[track_caller]
pub(crate) fn for_all<T: Debug>(values: &impl Strategy<Value = T>, law: impl Fn(T) -> TestCaseResult) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    if let Err(failure) = runner.run(values, law) {
        panic!("{failure}");
    }
}

/// The port with that number, which must be one.
#[track_caller]
pub(crate) fn port(number: u16) -> Port {
    Port::new(number).expect("the number is not 0")
}

/// The range of that text, which must be one.
#[track_caller]
pub(crate) fn range(text: &str) -> PortRange {
    text.parse().expect("the text is a range")
}

/// So few ports that they meet.
pub(crate) fn any_port() -> impl Strategy<Value = Port> {
    prop_oneof![3 => LOW, 1 => HIGH].prop_map(port)
}

/// Every port that [`any_port`] can be.
pub(crate) fn all_such_ports() -> impl Iterator<Item = Port> {
    LOW.chain(HIGH).map(port)
}

/// Mostly short ranges, so that they are adjacent as often as they overlap.
pub(crate) fn any_range() -> impl Strategy<Value = PortRange> {
    (any_port(), prop_oneof![9 => 0..8_u16, 1 => 0..200_u16]).prop_map(|(first, more)| {
        let last = port(first.get().saturating_add(more));
        PortRange::new(first, last).expect("it ends where it begins, or later")
    })
}
