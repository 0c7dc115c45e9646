//! What a run of trop costs: instructions, system calls and fsyncs of the whole process, beside what it is to cost.
//! They are counted, so that a busy machine counts the same; times are there for reading.
//!
//! A scenario says what is run, a world is where it runs, the tools count it, and the report shows what came of it.

use std::fs;

use serde_json::Value;

use crate::outcome::Outcome;
use crate::workspace::target_directory;
use build::{Build, build};
use options::Options;
use race::Standing;
use report::Measured;
use scenario::Program;
use tools::Tools;
use world::World;

mod build;
mod crowd;
mod options;
mod race;
mod report;
mod run;
mod scenario;
mod scratch;
mod spread;
mod target;
mod tools;
mod world;

/// Builds, measures and prints.
pub(crate) fn bench(options: &[&str]) -> Outcome {
    let options = Options::parse(options)?;
    // Read first: measuring takes a while, and may be about to replace this very file.
    let earlier = options.compare.map(read_report).transpose()?;
    let measured = measure(&options)?;

    print!("{}", report::targets(&measured));
    for measured in &measured {
        println!("\n=== {}", measured.build.name());
        print!("{}", report::figures(measured));
        print_after_blank_line(&report::growth(measured));
        print_after_blank_line(&report::races(measured));
        if let Some(earlier) = &earlier {
            print_after_blank_line(&report::changes(measured, earlier));
        }
    }
    if options.save {
        let path = target_directory()?.join("bench.json");
        fs::write(&path, format!("{:#}\n", report::to_json(&measured)))?;
        println!("\nsaved to {}", path.display());
    }
    Ok(())
}

fn print_after_blank_line(table: &str) {
    if !table.is_empty() {
        print!("\n{table}");
    }
}

fn read_report(file: &str) -> Outcome<Value> {
    let text = fs::read_to_string(file).map_err(|error| format!("cannot read {file}: {error}"))?;
    Ok(serde_json::from_str(&text).map_err(|error| format!("{file} is no report: {error}"))?)
}

fn measure(options: &Options<'_>) -> Outcome<Vec<Measured>> {
    let tools = Tools::find();
    let install = build(Build::Install, tools.sqlite3.clone())?;
    let mut world = World::new(&install)?;
    let mut builds = vec![(install, unmeasured(Build::Install))];
    if options.with_static {
        builds.push((build(Build::Static, tools.sqlite3.clone())?, unmeasured(Build::Static)));
    }
    let has_shell = tools.sqlite3.is_some();
    for scenario in options.scenarios().filter(|scenario| has_shell || scenario.program != Program::Shell) {
        for (programs, measured) in &mut builds {
            announce(measured.build, scenario.name);
            let figures = tools.measure(&mut world, programs, scenario)?;
            measured.scenarios.push((scenario.name, figures));
        }
    }
    for race in options.races().filter(|race| has_shell || !race.needs_shell()) {
        for (programs, measured) in &mut builds {
            announce(measured.build, race.name);
            measured.races.push((race.name, Standing::of(&mut world, programs, race)?));
        }
    }
    Ok(builds.into_iter().map(|(_, measured)| measured).collect())
}

fn unmeasured(build: Build) -> Measured {
    Measured { build, scenarios: Vec::new(), races: Vec::new() }
}

/// A full run takes a quarter of an hour.
fn announce(build: Build, what: &str) {
    eprintln!("measuring {what} ({})", build.name());
}
