//! The law, tried on what fuzzing left behind and on random paths.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use super::{cleaned, typed_path};

const CASES: u32 = 4_000;

/// Few and short names, so that paths meet; some are nearly, but not quite, special.
const COMPONENTS: [&str; 9] = [".", "..", "", "a", "b", "ab", "...", "~", "é"];

/// Absolute or not, and as untidy as can be.
fn text() -> impl Strategy<Value = String> {
    let components = proptest::collection::vec(proptest::sample::select(COMPONENTS.to_vec()), 0..7);
    components.prop_map(|components| components.join("/"))
}

#[test]
fn random_paths() {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let law = |(typed, base, home): (String, String, String)| {
        typed_path(&typed, &cleaned(&base), &cleaned(&home));
        Ok(())
    };
    if let Err(failure) = runner.run(&(text(), text(), text()), law) {
        panic!("{failure}");
    }
}

#[cfg(unix)]
#[test]
fn paths_of_the_corpus() {
    trop_testkit::replay("paths", super::paths);
}
