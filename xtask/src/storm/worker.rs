//! A worker: runs one process after the other in its own directories, kills many, and knows what each must have done.

use std::collections::VecDeque;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::Instant;

use crate::storm::Checked;
use crate::storm::alive::Alive;
use crate::storm::choice::choose;
use crate::storm::counts::Counts;
use crate::storm::fate::{UsualTimes, choose_fate};
use crate::storm::ground::Ground;
use crate::storm::judge::{change, had_answered, judge, require_calm};
use crate::storm::listing::{Format, Listed, parse};
use crate::storm::model::{Change, Left, Model, Standing};
use crate::storm::options::Length;
use crate::storm::process::{Ended, Fate, Outputs, watch};
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
    /// How many processes were begun.
    pub(crate) begun: AtomicU64,
    pub(crate) started: Instant,
    pub(crate) length: Length,
}

impl Scene {
    /// Whether one more process is to be started, which then counts.
    fn goes_on(&self) -> bool {
        let begun = self.begun.fetch_add(1, Ordering::Relaxed);
        !self.is_over.load(Ordering::Relaxed)
            && match self.length {
                Length::Time(time) => self.started.elapsed() < time,
                Length::Invocations(count) => begun < count,
            }
    }
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
/// Works until the storm is over or something is wrong.
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
        usual_times: UsualTimes::default(),
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
    usual_times: UsualTimes,
}

impl Worker<'_> {
    fn work(&mut self) -> Checked {
        while self.scene.goes_on() {
            if self.random.chance(10) {
                self.change_a_directory()?;
            }
            self.model.settle(self.scene.alive.earliest());
            let run = choose(&mut self.random, &self.territory, &self.model);
            let ended = self.run(&run)?;
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

    /// Runs a process of the storm.
    fn run(&mut self, run: &Run) -> Checked<Ended> {
        let name = run.command.name();
        let usual = self.usual_times.of(name);
        let fate = choose_fate(&mut self.random, &self.counts, usual, run.command.writes());
        let started = Instant::now();
        let ended = self.run_uncounted(run, fate)?;
        if fate == Fate::Spared {
            self.usual_times.took(name, started.elapsed());
        }
        self.counts.ended(name, &ended);
        Ok(ended)
    }

    fn run_uncounted(&mut self, run: &Run, fate: Fate) -> Checked<Ended> {
        let arguments = run.arguments();
        self.remember(format!("cd {} && trop {}", run.working_directory, arguments.join(" ")));
        let announced = self.scene.alive.announce();
        let mut command = self.scene.trop.command(&arguments, Path::new(&run.working_directory));
        let ended = watch(&mut command, &self.outputs, fate)?;
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
        let ended = self.run_uncounted(&run, Fate::Spared)?;
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
    let code = match (ended.code, ended.killed) {
        (Some(code), _) => format!("exit code {code}"),
        (None, place) => format!("killed {place:?}"),
    };
    let outputs = [&ended.stdout, &ended.stderr];
    let shown = outputs.map(|text| match text.len() {
        0..LONG => text.trim_end().to_owned(),
        length => format!("({length} bytes)"),
    });
    format!("    {code} {}", shown.join(" | ").trim())
}
