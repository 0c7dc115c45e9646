//! All tests, and a word on each that was skipped.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::outcome::Outcome;
use crate::snapshots;
use crate::workspace::{cargo, run, target_directory, works};

/// Runs the tests, under cargo-nextest where that is installed, and the examples of the documentation. Both run even
/// when the first fails.
pub(crate) fn test(filters: &[&str]) -> Outcome {
    let target = target_directory()?;
    let skipped = fresh_file(&target, "skipped-tests")?;
    let snapshots_seen = fresh_file(&target, "snapshots-seen")?;
    let run_recorded = |mut command: Command| {
        command.env("TROP_TEST_SKIPPED", &skipped);
        // insta appends the path of every snapshot that is compared.
        command.env("INSTA_SNAPSHOT_REFERENCES_FILE", &snapshots_seen);
        command.args(["--workspace", "--locked", "--no-fail-fast", "--"]).args(filters);
        run(&mut command)
    };

    let tests = run_recorded(tests_command());
    let examples = run_recorded(cargo(["test", "--doc"]));
    let skipped = fs::read_to_string(&skipped)?;
    for line in skipped.lines() {
        println!("skipped: {line}");
    }
    println!("{} skipped", count_of_tests(skipped.lines().count()));
    tests.and(examples)?;

    let everything_ran = filters.is_empty() && skipped.is_empty();
    if everything_ran { snapshots::require_used(&paths_in(&snapshots_seen)?) } else { Ok(()) }
}

/// All tests but the examples, under cargo-nextest where that is installed.
pub(crate) fn tests_command() -> Command {
    if !works(&mut cargo(["nextest", "--version"])) {
        println!("cargo-nextest is not installed, so plain cargo runs the tests");
        return cargo(["test", "--lib", "--bins", "--tests", "--examples"]);
    }
    let is_ci = std::env::var("CI").is_ok_and(|value| value == "true");
    cargo(["nextest", "run", "--profile", if is_ci { "ci" } else { "default" }])
}

fn count_of_tests(count: usize) -> String {
    match count {
        0 => "no test was".to_owned(),
        1 => "1 test was".to_owned(),
        count => format!("{count} tests were"),
    }
}

fn fresh_file(target: &Path, name: &str) -> Outcome<PathBuf> {
    fs::create_dir_all(target)?;
    let path = target.join(name);
    fs::write(&path, "")?;
    Ok(path)
}

fn paths_in(file: &Path) -> Outcome<BTreeSet<PathBuf>> {
    Ok(fs::read_to_string(file)?.lines().map(PathBuf::from).collect())
}
