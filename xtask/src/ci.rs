//! Everything that has to hold before a change is taken in.

use crate::outcome::Outcome;
use crate::workspace::{cargo, run};
use crate::{codegen, fuzz, snapshots, storm, supply_chain, test, tidy};

/// Whether the tests are part of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tests {
    Run,
    LeaveOut,
}

const TESTS: &str = "tests";

/// A name, and what is done.
type Step = (&'static str, fn() -> Outcome);

const STEPS: &[Step] = &[
    ("format", || run(&mut cargo(["fmt", "--all", "--check"]))),
    ("fuzz targets", fuzz::check),
    ("lints", || {
        run(&mut cargo(["clippy", "--workspace", "--all-targets", "--locked", "--", "-D", "warnings"]))
    }),
    ("tidy", tidy::tidy),
    ("supply chain", supply_chain::check),
    ("snapshots", snapshots::check),
    ("generated files", codegen::check),
    (TESTS, || test::test(&[])),
    ("storm", || storm::storm(&["--seconds", "30", "--seed", "1"])),
    ("documentation", document),
];

/// Runs the steps in order and stops at the first that fails.
pub(crate) fn ci(tests: Tests) -> Outcome {
    for (name, step) in STEPS {
        if *name == TESTS && tests == Tests::LeaveOut {
            continue;
        }
        println!("=== {name}");
        step().map_err(|error| format!("{name}: {error}"))?;
    }
    println!("=== all is well");
    Ok(())
}

fn document() -> Outcome {
    run(cargo(["doc", "--workspace", "--no-deps", "--locked"]).env("RUSTDOCFLAGS", "-D warnings"))
}
