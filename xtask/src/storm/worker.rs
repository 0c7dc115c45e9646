//! A worker: runs one process after the other in its own directories, kills many, and knows what each must have done.

use std::collections::{BTreeMap, VecDeque};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use crate::storm::Checked;
use crate::storm::alive::Alive;
use crate::storm::choice::choose;
use crate::storm::counts::Counts;
use crate::storm::ground::Ground;
use crate::storm::judge::{change, had_answered, judge, require_calm};
use crate::storm::listing::{Format, Listed, parse};
use crate::storm::model::{Change, Left, Model, Standing};
use crate::storm::process::{Ended, Outputs, watch};
use crate::storm::random::Random;
use crate::storm::request::{Command, List, Run};
use crate::storm::territory::Territory;
use crate::storm::trop::Trop;

/// What all workers share.
#[derive(Debug)]
pub(crate) struct Scene {
    pub(crate) ground: Ground,
    pub(crate) trop: Trop,
    pub(crate) alive: Alive,
    /// Set when one of them failed.
    pub(crate) is_over: AtomicBool,
    pub(crate) deadline: Instant,
}

/// How a worker came through.
pub(crate) struct Report {
    pub(crate) model: Model,
    pub(crate) counts: Counts,
    pub(crate) failure: Option<Failure>,
}

/// What a worker found wrong, and its last runs up to that.
pub(crate) struct Failure {
    pub(crate) complaint: String,
    pub(crate) last_runs: Vec<String>,
}

/// How many runs a failure tells of.
const REMEMBERED: usize = 15;
/// How many processes of a hundred shall be killed. Some end before that.
const KILLS: u64 = 90;
/// How many of those at once.
const KILLS_AT_ONCE: u64 = 10;

/// Works until the time is over or something is wrong.
pub(crate) fn work(scene: &Scene, number: u16, seed: u64) -> Report {
    let territory = Territory::new(&scene.ground, number);
    let mut worker = Worker {
        scene,
        random: Random::stream(seed, number.into()),
        outputs: Outputs::new(&scene.ground.outputs(), &format!("worker-{number}")),
        model: territory.model(),
        territory,
        counts: Counts::default(),
        last_runs: VecDeque::new(),
        usual_times: BTreeMap::new(),
    };
    let outcome = worker.work();
    if outcome.is_err() {
        scene.is_over.store(true, Ordering::Relaxed);
    }
    let failure = outcome.err().map(|complaint| Failure { complaint, last_runs: worker.last_runs.into() });
    worker.counts.cleaned = worker.model.cleaned();
    Report { model: worker.model, counts: worker.counts, failure }
}

struct Worker<'s> {
    scene: &'s Scene,
    territory: Territory,
    random: Random,
    model: Model,
    outputs: Outputs,
    counts: Counts,
    last_runs: VecDeque<String>,
    /// How long each command took of late when nobody killed it.
    usual_times: BTreeMap<&'static str, Duration>,
}

impl Worker<'_> {
    fn work(&mut self) -> Checked {
        while Instant::now() < self.scene.deadline && !self.scene.is_over.load(Ordering::Relaxed) {
            if self.random.chance(10) {
                self.change_a_directory()?;
            }
            self.model.settle(self.scene.alive.earliest());
            let run = choose(&mut self.random, &self.territory, &self.model);
            let kill_after = self.choose_moment(&run.command);
            let ended = self.run(&run, kill_after)?;
            self.judge(&run, &ended)?;
        }
        Ok(())
    }

    fn change_a_directory(&mut self) -> Checked {
        let directory = self.random.pick(&self.territory.coming_and_going()).clone();
        if self.model.standing(&directory) != Standing::Gone {
            // Most are there most of the time: of what is gone, less is known.
            if self.random.chance(60) {
                return Ok(());
            }
            self.remember(format!("delete {directory}"));
            return self.territory.delete(&directory, &mut self.model);
        }
        self.remember(format!("make {directory}"));
        self.territory.make(&directory, &mut self.model, || self.scene.alive.next())
    }

    /// When to kill the next process, if at all: at once, or at any moment of the time that one usually takes and a little more.
    /// Half of those moments lie in the second half, where processes write.
    fn choose_moment(&mut self, command: &Command) -> Option<Duration> {
        const LAST_MOMENT: u64 = 1_100;
        let [is_killed, is_killed_at_once] =
            [KILLS, KILLS_AT_ONCE].map(|percent| self.random.chance(percent));
        let earliest = *self.random.pick(&[0, 500]);
        let moment = u32::try_from(earliest + self.random.below(LAST_MOMENT - earliest)).unwrap_or(0);
        match (is_killed, is_killed_at_once) {
            (false, _) => None,
            (true, true) => Some(Duration::ZERO),
            (true, false) => Some(self.usual_time(command) * moment / 1_000),
        }
    }

    fn usual_time(&self, command: &Command) -> Duration {
        const AT_FIRST: Duration = Duration::from_millis(10);
        self.usual_times.get(command.name()).copied().unwrap_or(AT_FIRST)
    }

    /// Runs a process of the storm.
    fn run(&mut self, run: &Run, kill_after: Option<Duration>) -> Checked<Ended> {
        let started = Instant::now();
        let ended = self.run_uncounted(run, kill_after)?;
        if kill_after.is_none() {
            let usual_time = (self.usual_time(&run.command) * 3 + started.elapsed()) / 4;
            self.usual_times.insert(run.command.name(), usual_time);
        }
        self.counts.ended(&run.command, ended.code);
        Ok(ended)
    }

    fn run_uncounted(&mut self, run: &Run, kill_after: Option<Duration>) -> Checked<Ended> {
        let arguments = run.arguments();
        self.remember(format!("cd {} && trop {}", run.working_directory, arguments.join(" ")));
        let announced = self.scene.alive.announce();
        let mut command = self.scene.trop.command(&arguments, Path::new(&run.working_directory));
        let ended = watch(&mut command, &self.outputs, kill_after)?;
        drop(announced);
        self.remember(shown_ending(&ended));
        require_calm(&ended)?;
        Ok(ended)
    }

    fn judge(&mut self, run: &Run, ended: &Ended) -> Checked {
        if let Some(code) = ended.code {
            return self.judge_code(run, code, &ended.stdout);
        }
        if had_answered(run, ended) {
            self.counts.left(Left::After);
            return self.judge_code(run, 0, &ended.stdout);
        }
        if change(&self.model, &self.territory, &run.command) == Change::Nothing && self.random.chance(70) {
            return Ok(());
        }
        let listed = self.list_all()?;
        let left = self.model.judge_by(|model| {
            let change = change(model, &self.territory, &run.command);
            model.after_kill(&change, &listed)
        })?;
        self.counts.left(left);
        Ok(())
    }

    fn judge_code(&mut self, run: &Run, code: i32, stdout: &str) -> Checked {
        let data_directory = self.scene.ground.data_directory().display().to_string();
        self.model.judge_by(|model| judge(model, &self.territory, &data_directory, run, code, stdout))
    }

    /// Everything that is stored for this worker's directories.
    fn list_all(&mut self) -> Checked<Vec<Listed>> {
        let command = Command::List(List { format: Format::Json, below: None, tag: None });
        let working_directory = self.territory.base.clone();
        let run = Run { command, working_directory, is_impatient: false };
        let ended = self.run_uncounted(&run, None)?;
        self.counts.checks += 1;
        if ended.code != Some(0) {
            return Err("a list that nobody killed failed".to_owned());
        }
        let mut listed = parse(&ended.stdout, Format::Json)?;
        listed.retain(|row| self.territory.owns(&row.key));
        Ok(listed)
    }

    fn remember(&mut self, line: String) {
        if self.last_runs.len() == 2 * REMEMBERED {
            self.last_runs.pop_front();
        }
        self.last_runs.push_back(line);
    }
}

/// The exit code and, where they are short, the words.
fn shown_ending(ended: &Ended) -> String {
    const LONG: usize = 500;
    let code = ended.code.map_or("killed".to_owned(), |code| format!("exit code {code}"));
    let outputs = [&ended.stdout, &ended.stderr];
    let shown = outputs.map(|text| match text.len() {
        0..LONG => text.trim_end().to_owned(),
        length => format!("({length} bytes)"),
    });
    format!("    {code} {}", shown.join(" | ").trim())
}
