//! Runs random searches, and proves that they reach every class of search worth telling apart.

use std::cell::RefCell;
use std::fmt;

use proptest::strategy::Strategy;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};

const CASES: u32 = 2_000;
const REACHED_AT_LEAST: u32 = 20;

/// The name of a class, and whether a case with that outcome belongs to it.
pub(crate) type Class<C, O> = (&'static str, fn(&C, &O) -> bool);

/// Checks a law for every case, and that the cases were worth it.
#[track_caller]
#[expect(clippy::print_stdout, reason = "the counts are part of what the test shows")]
pub(crate) fn for_all<C: fmt::Debug, O>(
    cases: impl Strategy<Value = C>,
    search: impl Fn(&C) -> O,
    classes: &[Class<C, O>],
    law: impl Fn(&C, &O) -> TestCaseResult,
) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let reached = RefCell::new(vec![0; classes.len()]);

    let verdict = runner.run(&cases, |case| {
        let outcome = search(&case);
        for (count, (_, belongs)) in reached.borrow_mut().iter_mut().zip(classes) {
            *count += u32::from(belongs(&case, &outcome));
        }
        law(&case, &outcome)
    });

    if let Err(failure) = verdict {
        panic!("{failure}");
    }
    let counts: Vec<_> = classes.iter().map(|(name, _)| *name).zip(reached.into_inner()).collect();
    println!("{counts:?}");
    let missed: Vec<_> = counts.iter().filter(|(_, count)| *count < REACHED_AT_LEAST).collect();
    assert!(missed.is_empty(), "hardly reached: {missed:?}");
}
