//! Many processes that want to write at once.

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::Instant;

use super::build::Programs;
use super::run::Run;
use super::scenario::{Data, Key, Pace, Program, Scenario, Site};
use super::world::{Homes, World, database, shell_arguments};
use crate::outcome::Outcome;

/// How many processes there are, and how many at a time.
const PROCESSES: usize = 200;
const AT_ONCE: usize = 16;

/// Waits for the lock as long as the shell does.
const RESERVATION: Scenario = Scenario {
    name: "crowd",
    program: Program::Trop(&["reserve", "--busy-timeout", "60"]),
    site: Site::Bare,
    data: Data::Rows(0),
    key: Key::Missing,
    pace: Pace::Seldom,
};

/// In milliseconds: first reservations of directories outside git.
pub(crate) fn time_trop(world: &mut World, programs: &Programs) -> Outcome<f64> {
    let stage = world.prepare(programs, &RESERVATION, Homes::Shared, PROCESSES)?;
    time(&stage.runs)
}

/// In milliseconds: the same rows, each inserted by a shell of its own.
pub(crate) fn time_shell(world: &mut World, programs: &Programs) -> Outcome<f64> {
    let shell = programs.shell.as_ref().ok_or("sqlite3 is not installed")?;
    let mut stage = world.prepare(programs, &RESERVATION, Homes::Shared, PROCESSES)?;
    for (port, run) in (5000..).zip(&mut stage.runs) {
        run.program = shell.clone();
        run.arguments = shell_arguments(&database(&run.home), &insert(&run.directory, port));
    }
    time(&stage.runs)
}

fn insert(directory: &Path, port: u16) -> String {
    let now = "CAST(strftime('%s', 'now') AS INTEGER)";
    format!(
        "INSERT INTO reservations (path, tag, port, created_at, last_used_at) \
         VALUES ('{}', '', {port}, {now}, {now});",
        directory.display()
    )
}

/// From before the first is started until the last has ended.
fn time(runs: &[Run]) -> Outcome<f64> {
    let next = AtomicUsize::new(0);
    let begin = Instant::now();
    thread::scope(|scope| {
        let start_one_after_the_other = || -> Result<(), String> {
            while let Some(run) = runs.get(next.fetch_add(1, Ordering::Relaxed)) {
                run.time().map_err(|error| error.to_string())?;
            }
            Ok(())
        };
        let workers: Vec<_> = (0..AT_ONCE).map(|_| scope.spawn(start_one_after_the_other)).collect();
        workers.into_iter().try_for_each(|worker| worker.join().map_err(|_| "a thread panicked")?)
    })?;
    Ok(begin.elapsed().as_secs_f64() * 1e3)
}
