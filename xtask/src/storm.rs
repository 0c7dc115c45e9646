//! A storm: many processes of trop at once, half of them killed, and what they leave compared with what they may leave.
//!
//! Each worker has directories and ports of its own, and a model of what must be stored for them. What a process changes that
//! came to its end is known; one that was killed left the state before it or the state after it. Other directories are shared:
//! what processes told of these must fit together (`shared`), and while one stands still in the middle of editing a file of theirs, another
//! one wants to edit it too. Now and then all is quiet, and everything looked at (`rest`).
//! All random choices come from one seed. Which process runs when is the system's choice, so the same seed makes the same storm only by and large.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU64};
use std::thread;
use std::time::Instant;

use crate::outcome::Outcome;
use crate::storm::alive::Alive;
use crate::storm::beginning::begin;
use crate::storm::counts::Counts;
use crate::storm::finale::require_usable;
use crate::storm::ground::Ground;
use crate::storm::occupied::occupy;
use crate::storm::options::Options;
use crate::storm::random::Random;
use crate::storm::rest::rest;
use crate::storm::scene::Scene;
use crate::storm::shared::exclusions::Target;
use crate::storm::shared::realm::{ENVIRONMENT, Realm};
use crate::storm::shared::slow_reader::SlowReader;
use crate::storm::trop::Trop;
use crate::storm::worker::Worker;
use crate::workspace::{cargo, run, target_directory};

mod alive;
mod answers;
mod beginning;
mod choice;
mod counts;
mod edit_lock;
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
mod quiet;
mod random;
mod request;
mod rest;
mod scene;
mod shared;
mod territory;
mod trop;
mod worker;
mod write_lock;

/// What is wrong, in words.
type Checked<T = ()> = Result<T, String>;

const WORKERS: u16 = 8;
/// How many processes run until all is quiet for a moment, and everything is looked at.
const BETWEEN_RESTS: u64 = 500;

/// How many homes begin at every rest.
const BEGINNINGS: u64 = 4;

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
    let realm = Realm { root: ground.shared() };
    realm.make()?;
    let scene = Scene {
        trop: Trop::new(program.to_owned(), &ground),
        ground,
        alive: Alive::default(),
        is_over: AtomicBool::new(false),
        begun: AtomicU64::new(0),
        rest_at: AtomicU64::new(0),
        started: Instant::now(),
        length: options.length,
        deeds: Mutex::new(realm.beginning()),
        realm,
        exclusions: Mutex::default(),
        passing: Mutex::default(),
        occupied: occupy(),
    };
    let counts = weather(&scene, options.seed).map_err(|complaint| {
        println!("\neverything is left in {}", scene.ground.root().display());
        format!("{complaint}; {options}")
    })?;
    scene.ground.remove()?;
    Ok(counts)
}

/// Lets the workers work from rest to rest, until the end.
fn weather(scene: &Scene, seed: u64) -> Checked<Counts> {
    let mut workers: Vec<Worker<'_>> = (0..WORKERS).map(|number| Worker::new(scene, number, seed)).collect();
    let mut of_beginnings = (Random::stream(seed, WORKERS.into()), Counts::default());
    while !scene.has_ended() {
        scene.begin_chapter(BETWEEN_RESTS);
        let mut slow_readers = slow_readers(scene)?;
        thread::scope(|scope| {
            for worker in &mut workers {
                scope.spawn(move || worker.work());
            }
        });
        require_content(&workers)?;
        slow_readers.iter_mut().try_for_each(SlowReader::require_undisturbed)?;
        rest(scene, &mut workers)?;
        let (random, counts) = &mut of_beginnings;
        (0..BEGINNINGS).try_for_each(|_| begin(scene, random, counts))?;
    }
    require_usable(scene)?;
    let mut counts = counts_of(&workers);
    counts.add(&of_beginnings.1);
    let missing = counts.missing();
    if missing.is_empty() { Ok(counts) } else { Err(format!("{}\n{counts}", missing.join("; "))) }
}

/// One for each file that processes edit, if it is there yet.
fn slow_readers(scene: &Scene) -> Checked<Vec<SlowReader>> {
    let with_ports = Target::ALL.map(|target| scene.file_of(target));
    let with_blocks = ENVIRONMENT.map(|file| scene.realm.at(file).into());
    let readers = with_ports.iter().chain(&with_blocks).map(|file| SlowReader::open(file));
    readers.filter_map(Checked::transpose).collect()
}

fn counts_of(workers: &[Worker<'_>]) -> Counts {
    let mut counts = Counts::default();
    workers.iter().for_each(|worker| counts.add(&worker.counts));
    counts
}

/// Prints everything that they complain of.
fn require_content(workers: &[Worker<'_>]) -> Checked {
    let mut has_failed = false;
    for worker in workers {
        if let Some(complaint) = &worker.complaint {
            has_failed = true;
            println!("\nworker {}: {complaint}\n", worker.number);
            worker.last_runs.iter().for_each(|line| println!("  {line}"));
            println!();
        }
    }
    if has_failed {
        print!("{}", counts_of(workers));
        return Err("trop did something that it must not do".to_owned());
    }
    Ok(())
}
