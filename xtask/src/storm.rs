//! A storm: many processes of trop at once, half of them killed, and what they leave compared with what they may leave.
//!
//! Each worker has directories and ports of its own, and a model of what must be stored for them. What a process changes that
//! came to its end is known; one that was killed left the state before it or the state after it. All random choices come from
//! one seed. (When the system lets which process run does not, so the same seed is the same storm only by and large.)

use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::thread;
use std::time::Instant;

use crate::outcome::Outcome;
use crate::storm::alive::Alive;
use crate::storm::counts::Counts;
use crate::storm::finale::require_quiet;
use crate::storm::ground::Ground;
use crate::storm::occupied::occupy;
use crate::storm::options::Options;
use crate::storm::trop::Trop;
use crate::storm::worker::{Report, Scene, work};
use crate::workspace::{cargo, run, target_directory};

mod alive;
mod answers;
mod choice;
mod counts;
mod fate;
mod finale;
mod ground;
mod judge;
mod labels;
mod listing;
mod model;
mod occupied;
mod options;
mod ports;
mod process;
mod random;
mod request;
mod territory;
mod trop;
mod worker;
mod write_lock;

/// What is wrong, in words.
type Checked<T = ()> = Result<T, String>;

const WORKERS: u16 = 8;

/// Builds trop, and lets one storm after the other loose on it.
pub(crate) fn storm(options: &[&str]) -> Outcome {
    let options = Options::parse(options)?;
    let mut build = cargo(["build", "--locked", "--package", "trop"]);
    run(if options.release { build.arg("--release") } else { &mut build })?;
    let profile = if options.release { "release" } else { "debug" };
    let program = target_directory()?.join(profile).join(format!("trop{}", std::env::consts::EXE_SUFFIX));

    let mut total = Counts::default();
    for storm in options.storms() {
        println!("{storm}");
        let counts = one_storm(&program, storm)?;
        print!("{counts}");
        total.add(&counts);
    }
    if options.seeds != 1 {
        print!("{} storms\n{total}", options.seeds);
    }
    Ok(())
}

fn one_storm(program: &Path, options: Options) -> Outcome<Counts> {
    let ground = Ground::new(WORKERS)?;
    let _occupied = occupy();
    let scene = Scene {
        trop: Trop::new(program.to_owned(), &ground),
        ground,
        alive: Alive::default(),
        is_over: AtomicBool::new(false),
        begun: AtomicU64::new(0),
        started: Instant::now(),
        length: options.length,
    };
    let reports = run_workers(&scene, options.seed)?;
    let counts = judge(&scene, reports).map_err(|complaint| {
        println!("\neverything is left in {}", scene.ground.root().display());
        format!("{complaint}; {options}")
    })?;
    scene.ground.remove()?;
    Ok(counts)
}

fn run_workers(scene: &Scene, seed: u64) -> Outcome<Vec<Report>> {
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..WORKERS).map(|number| scope.spawn(move || work(scene, number, seed))).collect();
        let reports = workers.into_iter().map(thread::ScopedJoinHandle::join);
        reports.collect::<Result<_, _>>().map_err(|_| "a worker panicked".into())
    })
}

/// Prints what happened, and complains of everything that was wrong.
fn judge(scene: &Scene, reports: Vec<Report>) -> Checked<Counts> {
    let mut counts = Counts::default();
    let mut models = Vec::new();
    let mut has_failed = false;
    for (number, report) in reports.into_iter().enumerate() {
        counts.add(&report.counts);
        models.push(report.model);
        if let Some(failure) = report.failure {
            has_failed = true;
            println!("\nworker {number}: {}\n", failure.complaint);
            failure.last_runs.iter().for_each(|line| println!("  {line}"));
            println!();
        }
    }
    if has_failed {
        print!("{counts}");
        return Err("trop did something that it must not do".to_owned());
    }
    require_quiet(scene, models)?;
    let missing = counts.missing();
    if missing.is_empty() { Ok(counts) } else { Err(format!("{}\n{counts}", missing.join("; "))) }
}
