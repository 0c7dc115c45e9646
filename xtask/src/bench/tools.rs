//! Counting with valgrind and strace, and timing.

use std::ffi::OsStr;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use super::build::Programs;
use super::run::Run;
use super::scenario::{Pace, Scenario};
use super::spread::Spread;
use super::world::{Homes, World};
use crate::outcome::Outcome;
use crate::workspace::works;

/// What one scenario costs. None where the tool for it is missing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Figures {
    pub(crate) instructions: Option<u64>,
    pub(crate) system_calls: Option<u64>,
    /// In as many runs as the scenario's pace says.
    pub(crate) fsyncs: Option<u64>,
    /// In milliseconds.
    pub(crate) time: Option<Spread>,
}

/// The tools there are.
#[derive(Debug)]
pub(crate) struct Tools {
    has_valgrind: bool,
    has_strace: bool,
    pub(crate) sqlite3: Option<PathBuf>,
}

impl Tools {
    /// Looks for the tools, and says which are missing.
    pub(crate) fn find() -> Tools {
        let find = |tool: &str, option: &str| works(Command::new(tool).arg(option));
        let tools = Tools {
            has_valgrind: find("valgrind", "--version"),
            has_strace: find("strace", "-V"),
            sqlite3: find_program("sqlite3"),
        };
        for (is_there, what_is_missing) in [
            (tools.has_valgrind, "valgrind is not installed, so instructions are not counted"),
            (tools.has_strace, "strace is not installed, so system calls and fsyncs are not counted"),
            (tools.sqlite3.is_some(), "sqlite3 is not installed, so nothing is compared with it"),
        ] {
            if !is_there {
                println!("{what_is_missing}");
            }
        }
        tools
    }

    pub(crate) fn measure(
        &self,
        world: &mut World,
        programs: &Programs,
        scenario: &Scenario,
    ) -> Outcome<Figures> {
        let counts = scenario.pace.runs();
        let mut figures = Figures { instructions: None, system_calls: None, fsyncs: None, time: None };

        let stage = world.prepare(programs, scenario, Homes::OneEach, counts.instructions + 1)?;
        let (traced, counted) = stage.runs.split_last().ok_or("there is nothing to run")?;
        if self.has_valgrind {
            figures.instructions = Some(instructions(counted)?);
        }
        if self.has_strace {
            let trace = Trace::of(traced, &stage.scratch_file(), Calls::All)?;
            figures.system_calls = Some(trace.calls);
            figures.fsyncs = Some(trace.fsyncs);
        }
        drop(stage);

        let homes = match scenario.pace {
            Pace::Often => Homes::Shared,
            Pace::Seldom => Homes::OneEach,
        };
        let fsync_runs = if scenario.pace == Pace::Often && self.has_strace { counts.fsyncs } else { 0 };
        let stage = world.prepare(programs, scenario, homes, fsync_runs + counts.times)?;
        let (traced, timed) = stage.runs.split_at(fsync_runs);
        if !traced.is_empty() {
            let mut fsyncs = 0;
            for run in traced {
                fsyncs += Trace::of(run, &stage.scratch_file(), Calls::Fsyncs)?.fsyncs;
            }
            figures.fsyncs = Some(fsyncs);
        }
        figures.time = Spread::of(milliseconds(timed)?);
        Ok(figures)
    }
}

fn milliseconds(runs: &[Run]) -> Outcome<Vec<f64>> {
    runs.iter().map(|run| Ok(run.time()?.as_secs_f64() * 1e3)).collect()
}

/// The median.
fn instructions(runs: &[Run]) -> Outcome<u64> {
    let tool = ["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"].map(OsStr::new);
    let mut counts = Vec::new();
    for run in runs {
        let log = run.finish_under(&tool)?;
        counts.push(collected(&log).ok_or("valgrind did not say what it collected")?);
    }
    counts.sort_unstable();
    Ok(counts[counts.len() / 2])
}

/// The total in a log with a line like `==4711== Collected : 951234`.
fn collected(log: &str) -> Option<u64> {
    log.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
}

/// Which calls are looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Calls {
    All,
    Fsyncs,
}

#[derive(Debug, PartialEq, Eq)]
struct Trace {
    calls: u64,
    fsyncs: u64,
}

impl Trace {
    fn of(run: &Run, file: &Path, which: Calls) -> Outcome<Trace> {
        let which = match which {
            Calls::All => "trace=all",
            Calls::Fsyncs => "trace=fsync,fdatasync",
        };
        let mut tool =
            ["strace", "-f", "-qq", "-e", "signal=none", "-e", which, "-o"].map(OsStr::new).to_vec();
        tool.push(file.as_os_str());
        run.finish_under(&tool)?;
        Ok(Trace::read(&fs::read_to_string(file)?))
    }

    /// Each line of a trace is a call, but for the second halves of calls that another thread interrupted, and for how
    /// the process ended.
    fn read(text: &str) -> Trace {
        let mut trace = Trace { calls: 0, fsyncs: 0 };
        for line in text.lines().filter(|line| !line.contains(" resumed>") && !line.contains("+++")) {
            trace.calls += 1;
            // The number of the process comes first.
            let call = line.split_whitespace().nth(1).unwrap_or_default();
            if call.starts_with("fsync(") || call.starts_with("fdatasync(") {
                trace.fsyncs += 1;
            }
        }
        trace
    }
}

/// The program in the directories of PATH.
fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|directory| directory.join(name)).find(|program| program.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_total_is_found_in_the_log() {
        let log = "==7== Events    : Ir\n==7== Collected : 951234\n==7== \n==7== I   refs:      951,234\n";
        assert_eq!(collected(log), Some(951_234));
        assert_eq!(collected("==7== Command: trop\n"), None);
    }

    #[test]
    fn an_interrupted_call_counts_once() {
        let trace = "\
7  execve(\"trop\", [\"trop\"], 0x7f /* 2 vars */) = 0
7  futex(0x1, FUTEX_WAIT <unfinished ...>
8  fsync(3) = 0
7  <... futex resumed>) = 0
8  fdatasync(3 <unfinished ...>
7  write(1, \"fsync(3)\", 8) = 8
8  <... fdatasync resumed>) = 0
7  +++ exited with 0 +++
";
        assert_eq!(Trace::read(trace), Trace { calls: 5, fsyncs: 2 });
    }
}
