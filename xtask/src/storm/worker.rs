//! A worker: runs one process after the other in its own directories, kills many, and knows what each must have done.

use std::collections::VecDeque;
use std::fs;
use std::path::Path;
use std::sync::atomic::Ordering;
use std::time::Instant;

use crate::storm::Checked;
use crate::storm::choice::choose;
use crate::storm::counts::Counts;
use crate::storm::fate::{UsualTimes, choose_fate};
use crate::storm::judge::{change, had_answered, judge, require_calm};
use crate::storm::listing::{Format, Listed, parse};
use crate::storm::model::{Change, Left, Model, Standing as OfDirectory};
use crate::storm::ports::{Range, SCANNED};
use crate::storm::process::{Aim, Ended, Fate, Outputs, watch_beside};
use crate::storm::random::Random;
use crate::storm::request::{Command, List, Run};
use crate::storm::scene::Scene;
use crate::storm::shared::answer::{Standing, testimony};
use crate::storm::shared::choice::choose as choose_errand;
use crate::storm::shared::errand::{Action, Errand};
use crate::storm::shared::exclusions::Target;
use crate::storm::shared::history::Span;
use crate::storm::shared::realm::PASSING;
use crate::storm::shared::rival::Rival;
use crate::storm::territory::Territory;

/// How many runs a failure tells of.
const REMEMBERED: usize = 15;
/// How many of a hundred processes are about directories that all share.
const SHARED: u64 = 55;

/// What a worker knows and has.
pub(crate) struct Worker<'s> {
    pub(crate) scene: &'s Scene,
    pub(crate) number: u16,
    pub(crate) territory: Territory,
    pub(crate) model: Model,
    pub(crate) counts: Counts,
    /// What it found wrong.
    pub(crate) complaint: Option<String>,
    /// Its last runs up to that.
    pub(crate) last_runs: VecDeque<String>,
    random: Random,
    outputs: Outputs,
    rival: Rival<'s>,
    usual_times: UsualTimes,
    /// The number of the process that it started last.
    last_process: u64,
}

impl<'s> Worker<'s> {
    pub(crate) fn new(scene: &'s Scene, number: u16, seed: u64) -> Worker<'s> {
        let territory = Territory::new(&scene.ground, number);
        Worker {
            scene,
            number,
            model: territory.model(),
            territory,
            counts: Counts::default(),
            complaint: None,
            last_runs: VecDeque::new(),
            random: Random::stream(seed, number.into()),
            outputs: Outputs::new(&scene.ground.outputs(), &format!("worker-{number}")),
            rival: Rival::new(scene, number, seed),
            usual_times: UsualTimes::default(),
            last_process: 0,
        }
    }

    /// Works until the next rest, or something is wrong.
    pub(crate) fn work(&mut self) {
        self.complaint = self.work_on().err();
        if self.complaint.is_some() {
            self.scene.is_over.store(true, Ordering::Relaxed);
        }
        self.counts.cleaned = self.model.cleaned();
    }

    fn work_on(&mut self) -> Checked {
        while self.scene.goes_on() {
            if self.random.chance(SHARED) {
                self.work_on_shared()?;
                continue;
            }
            if self.random.chance(10) {
                self.change_a_directory()?;
            }
            self.model.settle(self.scene.alive.earliest());
            let run = choose(&mut self.random, &self.territory, &self.model);
            let ended = self.run(&Start::of(&run))?;
            let process = self.last_process;
            let written = self.model.written();
            self.judge(&run, &ended)?;
            if self.model.written() != written {
                self.scene.alive.wrote(process);
            }
        }
        Ok(())
    }

    fn change_a_directory(&mut self) -> Checked {
        let directory = self.random.pick(&self.territory.coming_and_going()).clone();
        if self.model.standing(&directory) != OfDirectory::Gone {
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

    fn work_on_shared(&mut self) -> Checked {
        if self.random.chance(5) {
            self.change_a_shared_directory()?;
        }
        let errand = choose_errand(&mut self.random, self.scene);
        if let Action::Exclude { target, ports, .. } = errand.action {
            self.scene.exclusions().ask(target, ports);
        }
        if let Action::Scan { target, .. } = errand.action {
            self.scene.exclusions().ask(target, SCANNED);
        }
        let from = self.scene.now();
        let start = Start {
            name: errand.name(),
            arguments: errand.arguments(),
            working_directory: &errand.working_directory,
            writes: errand.writes(),
            edits: errand.edits(),
        };
        let ended = self.run(&start)?;
        let span = Span { from, to: self.scene.now() };
        match testimony(&errand, &self.scene.realm, &ended, span)? {
            Standing::Refused => {}
            Standing::Open(deed) => self.scene.deeds().push(deed),
            Standing::Acknowledged(deed) => {
                self.counts.acknowledged += u64::from(errand.changes_something());
                self.scene.deeds().push(deed);
                self.acknowledge_exclusions(&errand, span);
            }
        }
        errand.edits().map_or(Ok(()), |target| self.scene.require_exclusions(target))
    }

    fn acknowledge_exclusions(&mut self, errand: &Errand, span: Span) {
        let mut exclusions = self.scene.exclusions();
        match errand.action {
            Action::Exclude { target, ports, .. } => exclusions.acknowledge(target, ports, span.to),
            Action::Scan { target, .. } => {
                let bound = self.scene.occupied.iter().filter_map(|socket| socket.local_addr().ok());
                for port in bound.map(|address| address.port()).filter(|port| SCANNED.contains(*port)) {
                    exclusions.acknowledge(target, Range { first: port, last: port }, span.to);
                }
            }
            _ => {}
        }
    }

    fn change_a_shared_directory(&mut self) -> Checked {
        let _alone = self.scene.alone();
        let directory = self.scene.realm.at(self.random.pick::<&str>(&PASSING));
        let path = Path::new(&directory);
        let changed = if path.exists() { fs::remove_dir_all(path) } else { fs::create_dir_all(path) };
        changed.map_err(|error| format!("cannot make or delete {directory}: {error}"))
    }

    /// Runs a process of the storm.
    fn run(&mut self, start: &Start<'_>) -> Checked<Ended> {
        let Start { name, writes, edits, .. } = *start;
        let usual = self.usual_times.of(name);
        let aim = match edits {
            Some(_) => Some(*self.random.pick(&[Aim::Edit, Aim::Write])),
            None => writes.then_some(Aim::Transaction),
        };
        let fate = choose_fate(&mut self.random, &self.counts, usual, aim);
        let started = Instant::now();
        let ended = self.run_uncounted(start, fate)?;
        if fate == Fate::Spared {
            self.usual_times.took(name, started.elapsed());
        }
        self.counts.ended(name, &ended);
        Ok(ended)
    }

    fn run_uncounted(&mut self, start: &Start<'_>, fate: Fate) -> Checked<Ended> {
        let Start { arguments, working_directory, .. } = start;
        self.remember(format!("cd {working_directory} && trop {}", arguments.join(" ")));
        let announced = self.scene.alive.announce();
        self.last_process = announced.number();
        let mut command = self.scene.trop.command(arguments, Path::new(working_directory));
        let ended = watch_beside(&mut command, &self.outputs, fate, |place| {
            let Some(target) = start.edits else {
                return Ok(());
            };
            self.counts.rivals += 1;
            self.rival.try_to_edit(target, place)
        })?;
        if ended.code.is_none() {
            announced.was_killed();
        } else {
            drop(announced);
        }
        self.remember(shown_ending(&ended));
        require_calm(&ended)?;
        Ok(ended)
    }

    fn judge(&mut self, run: &Run, ended: &Ended) -> Checked {
        if let Some(code) = ended.code {
            self.counts.acknowledged += u64::from(code == 0 && run.command.writes());
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
        let ended = self.run_uncounted(&Start::of(&run), Fate::Spared)?;
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

/// A process that is to be started.
struct Start<'r> {
    name: &'static str,
    arguments: Vec<String>,
    working_directory: &'r str,
    /// Whether it may come to a transaction.
    writes: bool,
    /// The file that it edits, if that is what it does.
    edits: Option<Target>,
}

impl Start<'_> {
    fn of(run: &Run) -> Start<'_> {
        Start {
            name: run.command.name(),
            arguments: run.arguments(),
            working_directory: &run.working_directory,
            writes: run.command.writes(),
            edits: None,
        }
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
