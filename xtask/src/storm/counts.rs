//! How much happened, so that a storm that became a calm does not pass for one.

use std::collections::BTreeMap;
use std::fmt;

use crate::storm::model::Left;
use crate::storm::process::{Ended, Place};
use crate::storm::request::Command;
use crate::storm::shared::errand::Errand;

/// What happened to one worker, or to all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    processes: u64,
    killed: u64,
    /// Those of them that were stopped first, and held the write lock then.
    killed_inside: u64,
    /// How many were stopped in the middle of editing a file, and how many of those were killed there.
    held_in_edit: u64,
    killed_in_edit: u64,
    /// Those that wanted to edit the file of one that stood still, beside the processes above.
    pub(crate) rivals: u64,
    /// How many were stopped and ran on, and how often that was.
    stopped: u64,
    stops: u64,
    /// Lists that only looked what a killed process had left, beside the processes above.
    pub(crate) checks: u64,
    commands: BTreeMap<&'static str, u64>,
    exit_codes: BTreeMap<i32, u64>,
    left_before: u64,
    left_after: u64,
    /// Commands that change something, and told that they had.
    pub(crate) acknowledged: u64,
    /// Reservations that a clean-up removed.
    pub(crate) cleaned: u64,
}

/// So many say nothing of the whole.
const A_FEW: u64 = 200;
/// So many have met everything.
const MANY: u64 = 4_000;

impl Counts {
    /// A process of the command with that name ended.
    pub(crate) fn ended(&mut self, name: &'static str, ended: &Ended) {
        self.processes += 1;
        *self.commands.entry(name).or_default() += 1;
        if let Some(code) = ended.code {
            *self.exit_codes.entry(code).or_default() += 1;
        }
        self.killed += u64::from(ended.killed.is_some());
        self.killed_inside += u64::from(ended.killed == Some(Place::Inside));
        self.held_in_edit += u64::from(ended.was_held_in_edit);
        self.killed_in_edit += u64::from(ended.killed.is_some_and(Place::is_in_edit));
        self.stopped += u64::from(0 < ended.continued);
        self.stops += ended.continued;
    }

    /// How many of a hundred processes were killed.
    pub(crate) fn share_killed(&self) -> u64 {
        self.killed * 100 / self.processes.max(1)
    }

    /// How many of a hundred that were killed were so inside a transaction.
    pub(crate) fn share_inside(&self) -> u64 {
        self.killed_inside * 100 / self.killed.max(1)
    }

    /// A process that was killed left this state.
    pub(crate) fn left(&mut self, left: Left) {
        match left {
            Left::Before => self.left_before += 1,
            Left::After => self.left_after += 1,
            Left::Either => {}
        }
    }

    pub(crate) fn add(&mut self, other: &Counts) {
        self.processes += other.processes;
        self.killed += other.killed;
        self.killed_inside += other.killed_inside;
        self.held_in_edit += other.held_in_edit;
        self.killed_in_edit += other.killed_in_edit;
        self.rivals += other.rivals;
        self.stopped += other.stopped;
        self.stops += other.stops;
        self.checks += other.checks;
        self.left_before += other.left_before;
        self.left_after += other.left_after;
        self.acknowledged += other.acknowledged;
        self.cleaned += other.cleaned;
        for (command, count) in &other.commands {
            *self.commands.entry(command).or_default() += count;
        }
        for (code, count) in &other.exit_codes {
            *self.exit_codes.entry(*code).or_default() += count;
        }
    }

    /// What should have happened, and did not. A few processes need not meet everything.
    pub(crate) fn missing(&self) -> Vec<String> {
        if self.processes < A_FEW {
            return Vec::new();
        }
        let mut missing = Vec::new();
        if self.killed * 2 < self.processes {
            missing.push("fewer than half of the processes were killed".to_owned());
        }
        if self.killed_inside * 4 < self.killed {
            missing.push("fewer than a quarter of the kills were inside a transaction".to_owned());
        }
        if self.processes < MANY {
            return missing;
        }
        if self.held_in_edit * 100 < self.processes {
            missing.push(
                "fewer than one of a hundred processes stood still in the middle of an edit".to_owned(),
            );
        }
        if self.killed_in_edit * 200 < self.processes {
            missing.push(
                "fewer than one of two hundred processes was killed in the middle of an edit".to_owned(),
            );
        }
        let names = Command::NAMES.iter().chain(&Errand::NAMES);
        let never_ran = names.filter(|name| !self.commands.contains_key(*name));
        missing.extend(never_ran.map(|name| format!("{name} never ran")));
        let happened = [
            (self.left_before, "no killed process left the state before it"),
            (self.left_after, "no killed process left the state after it"),
            (self.cleaned, "no reservation was cleaned up"),
            (self.exit_codes.get(&8).copied().unwrap_or(0), "the ports never ran out"),
        ];
        missing.extend(happened.iter().filter(|(count, _)| *count == 0).map(|(_, what)| (*what).to_owned()));
        missing
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Counts { processes, killed, killed_inside, stopped, stops, checks, .. } = self;
        let Counts { held_in_edit, killed_in_edit, rivals, .. } = self;
        let Counts { acknowledged, left_before, left_after, cleaned, .. } = self;
        let [share, share_inside] = [self.share_killed(), self.share_inside()];
        writeln!(
            formatter,
            "{processes:>7} processes, and {checks} lists to check on those that were killed"
        )?;
        writeln!(formatter, "{killed:>7} of them killed ({share} %)")?;
        writeln!(formatter, "{killed_inside:>7} of those while they held the write lock ({share_inside} %)")?;
        writeln!(formatter, "{acknowledged:>7} of those that change something told that they had")?;
        writeln!(
            formatter,
            "{held_in_edit:>7} stood still in the middle of an edit, {killed_in_edit} of them were killed there"
        )?;
        writeln!(formatter, "{rivals:>7} others wanted to edit the file of one that stood still")?;
        writeln!(formatter, "{stopped:>7} stopped and continued, {stops} times")?;
        writeln!(
            formatter,
            "{left_before:>7} killed ones left the state before, {left_after} the state after"
        )?;
        writeln!(formatter, "{cleaned:>7} reservations were cleaned up")?;
        for (command, count) in &self.commands {
            writeln!(formatter, "{count:>7} {command}")?;
        }
        for (code, count) in &self.exit_codes {
            writeln!(formatter, "{count:>7} exit code {code}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// So many processes, of which so many were killed, and everything that has to happen.
    fn counts(processes: u64, killed: u64) -> Counts {
        Counts {
            processes,
            killed,
            killed_inside: killed,
            held_in_edit: processes / 50,
            killed_in_edit: processes / 100,
            rivals: 1,
            stopped: 1,
            stops: 1,
            checks: 0,
            commands: Command::NAMES.iter().chain(&Errand::NAMES).map(|name| (*name, 1)).collect(),
            exit_codes: BTreeMap::from([(8, 1)]),
            left_before: 1,
            left_after: 1,
            acknowledged: 1,
            cleaned: 1,
        }
    }

    #[test]
    fn a_calm_is_noticed() {
        #[track_caller]
        fn check(counts: &Counts, expected: &[&str]) {
            assert_eq!(counts.missing(), expected);
        }
        check(&counts(4_000, 2_000), &[]);
        let too_few = "fewer than half of the processes were killed";
        check(&counts(4_001, 2_000), &[too_few]);
        check(&counts(401, 200), &[too_few]);
        check(&counts(199, 0), &[]);
        let outside = Counts { killed_inside: 49, ..counts(400, 200) };
        check(&outside, &["fewer than a quarter of the kills were inside a transaction"]);

        let not_held = Counts { held_in_edit: 39, ..counts(4_000, 2_000) };
        check(&not_held, &["fewer than one of a hundred processes stood still in the middle of an edit"]);
        let not_killed = Counts { killed_in_edit: 19, ..counts(4_000, 2_000) };
        check(&not_killed, &["fewer than one of two hundred processes was killed in the middle of an edit"]);

        let mut without_init = counts(4_000, 2_000);
        without_init.commands.remove("init");
        check(&without_init, &["init never ran"]);
        check(&Counts { processes: 3_999, ..without_init }, &[]);
        let never_after = Counts { left_after: 0, ..counts(4_000, 2_000) };
        check(&never_after, &["no killed process left the state after it"]);
        let plenty = Counts { exit_codes: BTreeMap::new(), ..counts(4_000, 2_000) };
        check(&plenty, &["the ports never ran out"]);
    }
}
