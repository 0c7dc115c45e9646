//! One process of trop, watched until it has ended, and stopped or killed on the way if so wished.

use std::fs::{self, File};
use std::os::unix::process::ExitStatusExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, ExitStatus, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, WaitId, WaitIdOptions, kill_process, waitid};

use crate::storm::Checked;
use crate::storm::edit_lock::{StepOfEdit, step_of_edit};
use crate::storm::write_lock::holds_write_lock;

/// How long a process may take before it counts as stuck: far more than any wait for a lock that it is allowed.
const LIMIT: Duration = Duration::from_secs(120);
/// How long to look away from a process that is running.
const PAUSE: Duration = Duration::from_micros(500);
/// The same, of one that is watched for the lock. The system makes it somewhat longer.
const STEP: Duration = Duration::from_micros(10);
const LONGEST_STEP: Duration = Duration::from_micros(160);
/// What it should have run in such a time, at least.
const SMALL_STEP: Duration = Duration::from_micros(20);

/// What happens to a process that left alone would run to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fate {
    /// Nothing.
    Spared,
    /// It is stopped when it has run so long, and continued after that time.
    Stopped { after: Duration, lasting: Duration },
    /// It is killed when it has run so long, wherever it is.
    Killed { after: Duration },
    /// It is stopped when it has run so long, looked at, and killed after that time.
    StoppedAndKilled { after: Duration, lasting: Duration },
    /// From that time on it is stopped after every small step, until it is there. Then it stands still, or makes so many steps before;
    /// unless it left the place with them: then it stands still right behind it. At last it is killed or continued.
    Aimed { at: Aim, after: Duration, deeper: u64, is_killed: bool },
}

/// Where in its work a process is to be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Aim {
    /// While it holds SQLite's write lock.
    Transaction,
    /// In the middle of an edit.
    Edit,
    /// In the middle of an edit, with a file open that it writes.
    Write,
}

impl Aim {
    fn is_met_at(self, place: Place) -> bool {
        match self {
            Aim::Transaction => place == Place::Inside,
            Aim::Edit => place.is_in_edit(),
            Aim::Write => place == Place::Edit(StepOfEdit::Writes),
        }
    }
}

/// Where a process was when it was killed, or stood still.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    /// Nobody looked.
    Unseen,
    /// It was stopped, and held no lock.
    Outside,
    /// It was stopped, and held the write lock: in the middle of its transaction.
    Inside,
    /// It was stopped in the middle of editing a file.
    Edit(StepOfEdit),
}

impl Place {
    pub(crate) fn is_in_edit(self) -> bool {
        matches!(self, Place::Edit(_))
    }
}

/// How a process ended, and what it said.
#[derive(Debug)]
pub(crate) struct Ended {
    /// The exit code. `None` when it was killed before it had one.
    pub(crate) code: Option<i32>,
    /// Where it was killed, if it was.
    pub(crate) killed: Option<Place>,
    /// How often it was stopped and continued.
    pub(crate) continued: u64,
    /// Whether others had the time to meet it in the middle of an edit.
    pub(crate) was_held_in_edit: bool,
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

/// Runs the command until it ends, or meets its fate.
pub(crate) fn watch(command: &mut Command, outputs: &Outputs, fate: Fate) -> Checked<Ended> {
    watch_beside(command, outputs, fate, |_| Ok(()))
}

/// The same, and whenever it stands still for a while, something else is done.
pub(crate) fn watch_beside(
    command: &mut Command,
    outputs: &Outputs,
    fate: Fate,
    meanwhile: impl FnMut(Place) -> Checked,
) -> Checked<Ended> {
    let failed = |error: std::io::Error| format!("cannot run a process: {error}");
    let stdout = File::create(&outputs.stdout).map_err(failed)?;
    let stderr = File::create(&outputs.stderr).map_err(failed)?;
    command.stdin(Stdio::null()).stdout(stdout).stderr(stderr);
    let mut process = Process::start(command).map_err(failed)?;
    let (status, place) = process.meet(fate, meanwhile)?;
    let was_killed = status.signal() == Some(SIGKILL);
    if status.code().is_none() && !(was_killed && place.is_some()) {
        return Err(format!("it died of a signal that nobody sent: {status}"));
    }
    let read = |path| fs::read_to_string(path).map_err(|error| format!("cannot read its output: {error}"));
    Ok(Ended {
        code: status.code(),
        killed: place.filter(|_| was_killed),
        continued: process.continued,
        was_held_in_edit: process.was_held_in_edit,
        stdout: read(&outputs.stdout)?,
        stderr: read(&outputs.stderr)?,
    })
}

/// A process that does not outlive its handle.
struct Process {
    child: Child,
    started: Instant,
    continued: u64,
    was_held_in_edit: bool,
}

impl Process {
    fn start(command: &mut Command) -> std::io::Result<Process> {
        let (child, started) = (command.spawn()?, Instant::now());
        Ok(Process { child, started, continued: 0, was_held_in_edit: false })
    }

    /// How it ended, and where it was when it was killed. It may have ended by itself before.
    fn meet(
        &mut self,
        fate: Fate,
        mut meanwhile: impl FnMut(Place) -> Checked,
    ) -> Checked<(ExitStatus, Option<Place>)> {
        match fate {
            Fate::Spared => {}
            Fate::Stopped { after, lasting } => {
                if self.runs_until(after)? && self.stop()? {
                    let place = self.look();
                    self.was_held_in_edit = place.is_in_edit();
                    meanwhile(place)?;
                    sleep(lasting);
                    self.go_on()?;
                }
            }
            Fate::Killed { after } => {
                if self.runs_until(after)? {
                    return self.kill(Place::Unseen);
                }
            }
            Fate::StoppedAndKilled { after, lasting } => {
                if self.runs_until(after)? && self.stop()? {
                    let place = self.look();
                    self.was_held_in_edit = place.is_in_edit();
                    sleep(lasting);
                    return self.kill(place);
                }
            }
            Fate::Aimed { at, after, deeper, is_killed } => {
                if self.runs_until(after)?
                    && let Some(place) = self.step_to(at, deeper)?
                {
                    self.was_held_in_edit = place.is_in_edit();
                    meanwhile(place)?;
                    if is_killed {
                        return self.kill(place);
                    }
                    self.go_on()?;
                }
            }
        }
        while self.running()? {
            sleep(PAUSE);
        }
        Ok((self.child.wait().map_err(unwatchable)?, None))
    }

    /// Lets it take small steps until it stands there, and so many more, or has just left. Says where it stands; `None`: it had ended.
    fn step_to(&mut self, aim: Aim, mut deeper: u64) -> Checked<Option<Place>> {
        let mut step = STEP;
        let mut had_run = Duration::ZERO;
        let mut was_there = false;
        while self.stop()? {
            let place = self.look_for(aim);
            let is_there = aim.is_met_at(place);
            was_there |= is_there;
            if was_there {
                if deeper == 0 || !is_there {
                    return Ok(Some(place));
                }
                deeper -= 1;
            }
            // Where others are in the way it needs longer to come as far.
            let has_run = self.has_run();
            step = if has_run - had_run < SMALL_STEP { LONGEST_STEP.min(step * 2) } else { STEP };
            had_run = has_run;
            self.go_on()?;
            sleep(step);
            if !self.running()? {
                break;
            }
        }
        Ok(None)
    }

    /// Whether it is still running at that time after its start.
    fn runs_until(&mut self, moment: Duration) -> Checked<bool> {
        while self.running()? {
            let left = moment.saturating_sub(self.started.elapsed());
            if left.is_zero() {
                return Ok(true);
            }
            sleep(left.min(PAUSE));
        }
        Ok(false)
    }

    fn running(&mut self) -> Checked<bool> {
        if self.child.try_wait().map_err(unwatchable)?.is_some() {
            return Ok(false);
        }
        if LIMIT < self.started.elapsed() {
            return Err(format!("it was still running after {} seconds", LIMIT.as_secs()));
        }
        Ok(true)
    }

    /// Stops it, and waits until it stands still. `false`: it had ended.
    fn stop(&mut self) -> Checked<bool> {
        self.send(Signal::STOP)?;
        let process = WaitId::Pid(Pid::from_child(&self.child));
        // Its end is only looked at: who waits for it later shall find it.
        let options = WaitIdOptions::STOPPED | WaitIdOptions::EXITED | WaitIdOptions::NOWAIT;
        let status = waitid(process, options).map_err(|error| unwatchable(error.into()))?;
        Ok(status.is_some_and(|status| status.stopped()))
    }

    fn go_on(&mut self) -> Checked {
        self.continued += 1;
        self.send(Signal::CONT)
    }

    /// Where it is. Only what stands still can be looked at.
    fn look(&self) -> Place {
        match self.look_for(Aim::Transaction) {
            Place::Outside => self.look_for(Aim::Edit),
            place => place,
        }
    }

    /// The same, with an eye for that alone.
    fn look_for(&self, aim: Aim) -> Place {
        let process = self.child.id();
        match aim {
            Aim::Transaction if holds_write_lock(process) => Place::Inside,
            Aim::Transaction => Place::Outside,
            Aim::Edit | Aim::Write => step_of_edit(process).map_or(Place::Outside, Place::Edit),
        }
    }

    /// How long the system let it run until it stopped (`schedstat` of proc(5), in nanoseconds). Where that is not told, it never did.
    fn has_run(&self) -> Duration {
        let told = fs::read_to_string(format!("/proc/{}/schedstat", self.child.id())).unwrap_or_default();
        let nanoseconds = told.split(' ').next().and_then(|number| number.parse().ok());
        Duration::from_nanos(nanoseconds.unwrap_or(0))
    }

    fn kill(&mut self, place: Place) -> Checked<(ExitStatus, Option<Place>)> {
        self.child.kill().map_err(unwatchable)?;
        Ok((self.child.wait().map_err(unwatchable)?, Some(place)))
    }

    /// Nobody else has its number: it is our child, and was not waited for.
    fn send(&self, signal: Signal) -> Checked {
        kill_process(Pid::from_child(&self.child), signal).map_err(|error| unwatchable(error.into()))
    }
}

fn unwatchable(error: std::io::Error) -> String {
    format!("cannot watch a process: {error}")
}

impl Drop for Process {
    fn drop(&mut self) {
        // Both fail where it has ended, which is what they are for.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
