//! A storm: many processes of trop at once, half of them killed, and what they leave compared with what they may leave.
//!
//! Each worker has directories and ports of its own, and a model of what must be stored for them. What a process changes that
//! came to its end is known; one that was killed left the state before it or the state after it. All random choices come from
//! one seed. (When the system lets which process run does not, so the same seed is the same storm only by and large.)

use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use crate::outcome::Outcome;
use crate::storm::alive::Alive;
use crate::storm::counts::Counts;
use crate::storm::finale::require_quiet;
use crate::storm::ground::Ground;
use crate::storm::trop::Trop;
use crate::storm::worker::{Report, Scene, work};
use crate::workspace::{cargo, run, target_directory};

mod alive;
mod answers;
mod choice;
mod counts;
mod finale;
mod ground;
mod judge;
mod labels;
mod listing;
mod model;
mod ports;
mod process;
mod random;
mod request;
mod territory;
mod trop;
mod worker;

/// What is wrong, in words.
type Checked<T = ()> = Result<T, String>;

const WORKERS: u16 = 8;
/// A storm that is shorter need not meet everything.
const SHORT: Duration = Duration::from_secs(10);

/// Builds trop, and lets the storm loose on it.
pub(crate) fn storm(options: &[&str]) -> Outcome {
    let Options { seconds, seed } = Options::parse(options)?;
    let seed = seed.unwrap_or_else(seed_of_the_clock);
    run(&mut cargo(["build", "--locked", "--package", "trop"]))?;
    let program = target_directory()?.join("debug").join(format!("trop{}", std::env::consts::EXE_SUFFIX));

    let again = format!("cargo xtask storm --seconds {seconds} --seed {seed}");
    println!("{again}");
    let ground = Ground::new(WORKERS)?;
    let duration = Duration::from_secs(seconds);
    let scene = Scene {
        trop: Trop::new(program, &ground),
        ground,
        alive: Alive::default(),
        is_over: AtomicBool::new(false),
        deadline: Instant::now() + duration,
    };
    let reports = run_workers(&scene, seed)?;
    let found = judge(&scene, reports, duration < SHORT);
    if found.is_err() {
        println!("\neverything is left in {}", scene.ground.root().display());
        found.map_err(|complaint| format!("{complaint}; {again}"))?;
    }
    scene.ground.remove()
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
fn judge(scene: &Scene, reports: Vec<Report>, is_short: bool) -> Checked {
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
    print!("{counts}");
    if has_failed {
        return Err("trop did something that it must not do".to_owned());
    }
    require_quiet(scene, models)?;
    match counts.missing(is_short).as_slice() {
        [] => Ok(()),
        missing => Err(missing.join("; ")),
    }
}

#[derive(Debug, PartialEq, Eq)]
struct Options {
    seconds: u64,
    seed: Option<u64>,
}

impl Options {
    fn parse(mut arguments: &[&str]) -> Outcome<Options> {
        let number = |name: &str, text: &str| {
            text.parse().map_err(|error| format!("{name} takes a number, not \"{text}\": {error}"))
        };
        let mut options = Options { seconds: 30, seed: None };
        loop {
            arguments = match arguments {
                [] => return Ok(options),
                ["--seconds", seconds, rest @ ..] => {
                    options.seconds = number("--seconds", seconds)?;
                    rest
                }
                ["--seed", seed, rest @ ..] => {
                    options.seed = Some(number("--seed", seed)?);
                    rest
                }
                [other, ..] => return Err(format!("storm does not understand \"{other}\"").into()),
            };
        }
    }
}

fn seed_of_the_clock() -> u64 {
    let since_1970 = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    u64::from(since_1970.subsec_micros()) + since_1970.as_secs() % 1_000 * 1_000_000
}
