//! What a run of trop costs: instructions, system calls and fsyncs of the whole process. They are counted, not timed,
//! so that a busy machine counts the same.

use std::fs;
use std::path::Path;

use serde_json::Value;

use crate::outcome::Outcome;
use crate::workspace::{cargo, run, target_directory};
use measure::Counters;
use report::Row;
use scenario::{Programs, SCENARIOS, World};

mod measure;
mod report;
mod scenario;

/// Builds, counts and prints.
pub(crate) fn bench(options: &[&str]) -> Outcome {
    let options = Options::parse(options)?;
    // Read first: counting takes a while, and may be about to replace this very file.
    let earlier = options.compare.map(read_report).transpose()?;
    let target = target_directory()?;
    let rows = count(&build(&target)?)?;

    print!("{}", report::table(&rows));
    if let Some(earlier) = earlier {
        print!("\n{}", report::changes(&rows, &earlier));
    }
    if options.save {
        let path = target.join("bench.json");
        fs::write(&path, format!("{:#}\n", report::to_json(&rows)))?;
        println!("\nsaved to {}", path.display());
    }
    Ok(())
}

#[derive(Debug, PartialEq, Eq)]
struct Options<'a> {
    save: bool,
    compare: Option<&'a str>,
}

impl<'a> Options<'a> {
    fn parse(mut arguments: &[&'a str]) -> Outcome<Options<'a>> {
        let mut options = Options { save: false, compare: None };
        loop {
            arguments = match arguments {
                [] => return Ok(options),
                ["--save", rest @ ..] => {
                    options.save = true;
                    rest
                }
                ["--compare", file, rest @ ..] => {
                    options.compare = Some(file);
                    rest
                }
                [other, ..] => return Err(format!("bench does not understand \"{other}\"").into()),
            };
        }
    }
}

fn read_report(file: &str) -> Outcome<Value> {
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{file} is no report: {error}"))?)
}

fn build(target: &Path) -> Outcome<Programs> {
    run(&mut cargo(["build", "--release", "--locked", "--package", "trop"]))?;
    for example in ["bare_rusqlite", "older_database"] {
        let package = ["--package", "trop-storage", "--example", example];
        run(&mut cargo(["build", "--release", "--locked"].into_iter().chain(package)))?;
    }
    let release = target.join("release");
    Ok(Programs {
        trop: release.join("trop"),
        bare: release.join("examples/bare_rusqlite"),
        older: release.join("examples/older_database"),
    })
}

fn count(programs: &Programs) -> Outcome<Vec<Row>> {
    let counters = Counters::find();
    let mut rows = Vec::new();
    for &scenario in SCENARIOS {
        // Each begins in a world of its own, so that none depends on what was counted before.
        let mut world = World::new(programs, scenario)?;
        rows.push(Row {
            scenario: scenario.name(),
            fsync_runs: scenario.runs().fsyncs,
            figures: counters.count(&mut world, scenario)?,
        });
    }
    Ok(rows)
}
