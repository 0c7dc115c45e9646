//! `trop exec`: a command with its ports, in the environment and in its arguments.

mod becoming;
mod environment;
mod held;
mod not_started;
mod placeholders;
mod terminal;

use std::ffi::OsStr;
use std::fs;

use camino::{Utf8Path, Utf8PathBuf};

use trop_testkit::Invocation;
use trop_testkit::need::Need;

use crate::stage::Stage;

/// Three services: the first two beside each other, the third one further on.
pub(crate) const SERVICES: &str = "
    web: { offset: 0, env: WEB_PORT }
    api: { offset: 1, env: API_PORT }
    db: { offset: 5 }
";

/// A directory whose tropfile has these services, and the ports of the stage as its range.
pub(crate) fn project(stage: &Stage, name: &str, services: &str) -> Utf8PathBuf {
    let directory = stage.directory(name);
    let (min, max) = (stage.ports.first(), stage.ports.last());
    let tropfile = format!("ports: {{ min: {min}, max: {max} }}\nreservations:\n  services:\n{services}\n");
    fs::write(directory.join("trop.yaml"), tropfile).unwrap();
    directory
}

/// Signals that end a process. Whoever is started where they are ignored, as by nohup, ignores them too, and so do all its
/// children.
fn signals_that_end() -> Need {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let ignored = status.lines().find_map(|line| line.strip_prefix("SigIgn:"));
    let ignored = ignored.and_then(|mask| u64::from_str_radix(mask.trim(), 16).ok()).unwrap_or(0);
    // The first bit is that of SIGHUP, the second that of SIGINT.
    Need { name: "SIGHUP and SIGINT not to be ignored".to_owned(), is_met: ignored & 0b11 == 0 }
}

/// A directory whose tropfile has no services, and the ports of the stage as its range.
fn directory_without_group(stage: &Stage, name: &str) -> Utf8PathBuf {
    let directory = stage.directory(name);
    let (min, max) = (stage.ports.first(), stage.ports.last());
    fs::write(directory.join("trop.yaml"), format!("ports: {{ min: {min}, max: {max} }}\n")).unwrap();
    directory
}

/// `trop exec` in that directory.
fn exec<C: AsRef<OsStr>>(
    stage: &Stage,
    directory: impl AsRef<Utf8Path>,
    options: &[&str],
    command: &[C],
) -> Invocation {
    let mut run = stage.trop(directory, ["exec"]);
    run.command.args(options).arg("--").args(command);
    run
}

/// A command that leaves a file behind, and whether it was started.
const LEAVE_A_TRACE: [&str; 2] = ["touch", "started"];

fn was_started(directory: &Utf8Path) -> bool {
    directory.join("started").exists()
}
