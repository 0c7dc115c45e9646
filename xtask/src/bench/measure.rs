//! Counting with valgrind and strace.

use std::ffi::OsStr;
use std::fs;
use std::process::Command;

use super::report::Figures;
use super::scenario::{Scenario, World};
use crate::outcome::Outcome;
use crate::workspace::works;

/// The tools there are.
pub(crate) struct Counters {
    has_valgrind: bool,
    has_strace: bool,
}

impl Counters {
    /// Looks for the tools, and says which are missing.
    pub(crate) fn find() -> Counters {
        let find = |tool: &str, option: &str, counts: &str| {
            let is_there = works(Command::new(tool).arg(option));
            if !is_there {
                println!("{tool} is not installed, so {counts} are not counted");
            }
            is_there
        };
        Counters {
            has_valgrind: find("valgrind", "--version", "instructions"),
            has_strace: find("strace", "-V", "system calls and fsyncs"),
        }
    }

    pub(crate) fn count(&self, world: &mut World<'_>, scenario: Scenario) -> Outcome<Figures> {
        let mut figures = Figures { instructions: None, system_calls: None, fsyncs: None };
        if self.has_valgrind {
            figures.instructions = Some(instructions(world, scenario)?);
        }
        if self.has_strace {
            figures.system_calls = Some(system_calls(world, scenario, "all")?);
            let mut fsyncs = 0;
            for _ in 0..scenario.runs().fsyncs {
                fsyncs += system_calls(world, scenario, "fsync,fdatasync")?;
            }
            figures.fsyncs = Some(fsyncs);
        }
        Ok(figures)
    }
}

fn instructions(world: &mut World<'_>, scenario: Scenario) -> Outcome<u64> {
    let mut counts = Vec::new();
    for _ in 0..scenario.runs().instructions {
        let run = world.prepare(scenario)?;
        let log = run.finish_under(["valgrind", "--tool=callgrind", "--callgrind-out-file=/dev/null"])?;
        counts.push(collected(&log).ok_or("valgrind did not say what it collected")?);
    }
    counts.sort_unstable();
    Ok(counts[counts.len() / 2])
}

/// The total in a log with a line like `==4711== Collected : 951234`.
fn collected(log: &str) -> Option<u64> {
    log.lines().find_map(|line| line.split_once("Collected :")?.1.trim().parse().ok())
}

fn system_calls(world: &mut World<'_>, scenario: Scenario, which: &str) -> Outcome<u64> {
    let run = world.prepare(scenario)?;
    let trace = world.scratch_file();
    let traced = format!("trace={which}");
    let tool = ["strace", "-f", "-qq", "-e", "signal=none", "-e", traced.as_str(), "-o"].map(OsStr::new);
    run.finish_under(tool.into_iter().chain([trace.as_os_str()]))?;
    Ok(count_calls(&fs::read_to_string(&trace)?))
}

/// Each line of a trace is a call, but for the second halves of calls that another thread interrupted, and for how
/// the process ended.
fn count_calls(trace: &str) -> u64 {
    let is_call = |line: &&str| !line.contains(" resumed>") && !line.contains("+++");
    trace.lines().filter(is_call).map(|_| 1).sum()
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
7  +++ exited with 0 +++
";
        assert_eq!(count_calls(trace), 3);
    }
}
