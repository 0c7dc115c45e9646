//! Says how far a long work is, to somebody who waits at a terminal.

use std::io::Write;
use std::time::{Duration, Instant};

use trop_output::ProgressLine;

/// How many steps a work has at least for which somebody waits.
pub(crate) const FEWEST_STEPS: usize = 1_000;
/// How long what is drawn stays at least. Nobody reads faster.
const BETWEEN_DRAWINGS: Duration = Duration::from_millis(100);

/// How far a work is. What was drawn of it is erased when it is dropped.
pub(crate) struct Progress<'o>(Option<Drawn<'o>>);

struct Drawn<'o> {
    line: ProgressLine<'o>,
    done: usize,
    at: Instant,
}

impl<'o> Progress<'o> {
    /// Nobody is told.
    pub(crate) fn hidden() -> Progress<'o> {
        Progress(None)
    }

    /// A work of so many steps, none of which is done, is shown to the reader of `out`.
    pub(crate) fn shown(out: &'o mut dyn Write, work: &'static str, total: usize) -> Progress<'o> {
        let line = ProgressLine::new(out, work, total);
        Progress(Some(Drawn { line, done: 0, at: Instant::now() }))
    }

    /// One step more is done.
    pub(crate) fn step(&mut self) {
        let Some(drawn) = &mut self.0 else { return };
        drawn.done += 1;
        if BETWEEN_DRAWINGS <= drawn.at.elapsed() {
            drawn.line.draw(drawn.done);
            drawn.at = Instant::now();
        }
    }
}
