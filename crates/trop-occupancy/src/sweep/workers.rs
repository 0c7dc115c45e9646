//! Tests of many ports, on several processors at once.

use std::num::NonZero;
use std::slice::Chunks;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, PoisonError};
use std::thread;

use trop_model::Port;

use crate::{Prober, Probes, Snapshot, SocketsNotPermitted};

/// How many ports a worker takes at once.
const BATCH: usize = 512;

/// From how many batches on a worker gets help. Below, a thread costs more than it saves.
const FEWEST_BATCHES: usize = 8;

/// How many workers there are at most. Nearly all that they do is done by the kernel, where they wait for each other.
const MOST_WORKERS: usize = 4;

/// What tests of ports have shown.
pub(super) struct Tests {
    /// The ports on which somebody has a socket that is not listed, or had one for an instant.
    pub(super) suspects: Vec<Port>,
    /// How many ports the system keeps from this process.
    pub(super) kept_back: usize,
    /// Whoever tested them.
    pub(super) prober: Prober,
}

/// Tests the ports. `step` is called as often as there are ports.
///
/// To open and to close sockets takes nearly all of the time, and probes of different ports do not get in each other's way.
pub(super) fn test_all(
    ports: &[Port],
    probes: Probes,
    listed: &Snapshot,
    mut step: impl FnMut(),
) -> Result<Tests, SocketsNotPermitted> {
    let work = Work { batches: Mutex::new(ports.chunks(BATCH)), done: AtomicUsize::new(0) };
    let workers = if ports.len() < FEWEST_BATCHES * BATCH { 1 } else { processors().min(MOST_WORKERS) };
    thread::scope(|scope| {
        let help = || work.test(probes, listed, || {});
        // Whatever keeps a helper from starting, this worker is there.
        let helpers = (1..workers).map_while(|_| thread::Builder::new().spawn_scoped(scope, help).ok());
        let helpers: Vec<_> = helpers.collect();
        let mut tell = || (0..work.done.swap(0, Ordering::Relaxed)).for_each(|_| step());
        let mut tests = work.test(probes, listed, &mut tell)?;
        for helper in helpers {
            tests.add(helper.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))?);
        }
        tell();
        Ok(tests)
    })
}

fn processors() -> usize {
    thread::available_parallelism().map_or(1, NonZero::get)
}

/// The ports that nobody has taken yet, and how many were tested since somebody asked.
struct Work<'p> {
    batches: Mutex<Chunks<'p, Port>>,
    done: AtomicUsize,
}

impl Work<'_> {
    /// Tests batches until none is left.
    fn test(
        &self,
        probes: Probes,
        listed: &Snapshot,
        mut after_each: impl FnMut(),
    ) -> Result<Tests, SocketsNotPermitted> {
        let mut tests = Tests { suspects: Vec::new(), kept_back: 0, prober: Prober::new(probes) };
        while let Some(batch) = self.take() {
            for port in batch {
                match tests.prober.find_unlisted(*port, listed)? {
                    Some(found) if found.is_empty() => {}
                    Some(_) => tests.suspects.push(*port),
                    None => tests.kept_back += 1,
                }
            }
            self.done.fetch_add(batch.len(), Ordering::Relaxed);
            after_each();
        }
        Ok(tests)
    }

    fn take(&self) -> Option<&[Port]> {
        self.batches.lock().unwrap_or_else(PoisonError::into_inner).next()
    }
}

impl Tests {
    fn add(&mut self, others: Tests) {
        self.suspects.extend(others.suspects);
        self.kept_back += others.kept_back;
        self.prober.join(&others.prober);
    }
}
