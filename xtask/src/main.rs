//! The project's own tools: test, ci, tidy, codegen, dist, storm, fuzz, bench, coverage, snapshots.
//!
//! One file for each task. A task says on standard output what it finds, and ends with an error when that is bad.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a tool that speaks to the people who build trop"
)]

use std::process::ExitCode;

use crate::ci::Tests;
use crate::outcome::Outcome;

mod bench;
mod ci;
mod codegen;
mod coverage;
mod dist;
mod fuzz;
mod outcome;
mod snapshots;
mod storm;
mod supply_chain;
mod test;
mod tidy;
mod workspace;

const USAGE: &str = "\
Usage: cargo xtask <task>

  test [-- <filters>]     run all tests, and say by name which were skipped
  ci [--without-test]     everything that has to hold: format, lints, tidy, supply chain, snapshots,
                          tests, storm, documentation
  tidy                    compare the crates with the rules of the house: arrows, owners, first lines, READMEs
  codegen [--check]       write the files that are made from the code: references, pages of the manual, completions;
                          --check fails when one is not fresh
  dist                    build the static program, check and try it, and pack it with pages of the manual and
                          completions; the archive and its sum are in dist/ of the target directory
  snapshots check         fail when a test left a snapshot that differs
  snapshots accept        take over what tests left
  storm [--seconds <number> | --invocations <number>] [--seed <number>] [--seeds <number>] [--release]
                          start many processes at once, kill half of them, and compare what they leave with what
                          they may leave; 30 seconds and a seed from the clock when nothing is said; with --seeds
                          one storm after the other
  fuzz [<target> [--seconds <number>]]
                          try the laws of a target on inputs that coverage leads to, 60 seconds when nothing is said;
                          without a target: which there are
  bench [--static] [--only <name>...] [--save] [--compare <file>]
                          measure a release build against what it is to cost: instructions, system calls, fsyncs and
                          times, alone and in turns with others; --static measures the static build beside it,
                          --only some of the scenarios and races (a wrong name lists them); --save writes bench.json
                          in the target directory, --compare shows the change since such a file.
                          `cargo bench -p <crate>` times the functions of a library: trop-allocation, trop-config,
                          trop-output, trop-paths, trop-storage
  coverage [--uncovered]  run all tests of an instrumented build and say how many lines of the libraries ran;
                          --uncovered lists those that did not
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("xtask: {error}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Outcome {
    match arguments {
        ["test", "--", filters @ ..] | ["test", filters @ ..] => test::test(filters),
        ["ci"] => ci::ci(Tests::Run),
        ["ci", "--without-test"] => ci::ci(Tests::LeaveOut),
        ["tidy"] => tidy::tidy(),
        ["codegen"] => codegen::write(),
        ["codegen", "--check"] => codegen::check(),
        ["dist"] => dist::dist(),
        ["snapshots", "check"] => snapshots::check(),
        ["snapshots", "accept"] => snapshots::accept(),
        ["storm", options @ ..] => storm::storm(options),
        ["fuzz", options @ ..] => fuzz::fuzz(options),
        ["bench", options @ ..] => bench::bench(options),
        ["coverage", options @ ..] => coverage::coverage(options),
        ["help" | "--help" | "-h"] => {
            print!("{USAGE}");
            Ok(())
        }
        [] => Err(format!("which task?\n\n{USAGE}").into()),
        other => Err(format!("there is no task \"{}\"\n\n{USAGE}", other.join(" ")).into()),
    }
}
