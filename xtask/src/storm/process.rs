//! One process of trop, watched until it has ended, and killed on the way if so wished.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::time::{Duration, Instant};

use crate::storm::Checked;

/// How long a process may take before it counts as stuck: far more than any wait for a lock that it is allowed.
const LIMIT: Duration = Duration::from_secs(120);
/// How long to look away from a process that is running.
const PAUSE: Duration = Duration::from_micros(300);

/// How a process ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code. `None` when it was killed before it had one.
    pub(crate) code: Option<i32>,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Where the processes of one worker write. Files never fill up as pipes do, so nobody has to read meanwhile.
#[derive(Debug)]
pub(crate) struct Outputs {
    stdout: PathBuf,
    stderr: PathBuf,
}

impl Outputs {
    pub(crate) fn new(directory: &Path, name: &str) -> Outputs {
        Outputs {
            stdout: directory.join(format!("{name}.stdout")),
            stderr: directory.join(format!("{name}.stderr")),
        }
    }
}

/// The signal that ends a process at once (signal(7)).
const SIGKILL: i32 = 9;

/// Runs the command to its end, or kills it when it has run so long.
pub(crate) fn watch(
    command: &mut Command,
    outputs: &Outputs,
    kill_after: Option<Duration>,
) -> Checked<Ended> {
    let failed = |error: std::io::Error| format!("cannot run a process: {error}");
    let stdout = File::create(&outputs.stdout).map_err(failed)?;
    let stderr = File::create(&outputs.stderr).map_err(failed)?;
    command.stdin(Stdio::null()).stdout(stdout).stderr(stderr);
    let process = Process(command.spawn().map_err(failed)?);
    let status = process.end(kill_after)?;
    let was_killed = status.signal() == Some(SIGKILL) && kill_after.is_some();
    if status.code().is_none() && !was_killed {
        return Err(format!("it died of a signal that nobody sent: {status}"));
    }
    let read = |path| fs::read_to_string(path).map_err(|error| format!("cannot read its output: {error}"));
    Ok(Ended { code: status.code(), stdout: read(&outputs.stdout)?, stderr: read(&outputs.stderr)? })
}

/// A process that does not outlive its handle.
struct Process(Child);

impl Process {
    fn end(mut self, kill_after: Option<Duration>) -> Checked<ExitStatus> {
        let failed = |error: std::io::Error| format!("cannot watch a process: {error}");
        let started = Instant::now();
        loop {
            if let Some(status) = self.0.try_wait().map_err(failed)? {
                return Ok(status);
            }
            let running = started.elapsed();
            if LIMIT < running {
                return Err(format!("it was still running after {} seconds", LIMIT.as_secs()));
            }
            let left = kill_after.map_or(PAUSE, |moment| moment.saturating_sub(running));
            if left.is_zero() {
                self.0.kill().map_err(failed)?;
                return self.0.wait().map_err(failed);
            }
            std::thread::sleep(left.min(PAUSE));
        }
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail where it has ended, which is what they are for.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
