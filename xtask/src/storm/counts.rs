//! How much happened, so that a storm that became a calm does not pass for one.

use std::collections::BTreeMap;
use std::fmt;

use crate::storm::model::Left;
use crate::storm::request::Command;

/// What happened to one worker, or to all.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(crate) struct Counts {
    processes: u64,
    killed: u64,
    /// Lists that only looked what a killed process had left, beside the processes above.
    pub(crate) checks: u64,
    commands: BTreeMap<&'static str, u64>,
    exit_codes: BTreeMap<i32, u64>,
    left_before: u64,
    left_after: u64,
    /// Reservations that a clean-up removed.
    pub(crate) cleaned: u64,
}

impl Counts {
    /// A process ended, with this code unless it was killed.
    pub(crate) fn ended(&mut self, command: &Command, code: Option<i32>) {
        self.processes += 1;
        *self.commands.entry(command.name()).or_default() += 1;
        match code {
            Some(code) => *self.exit_codes.entry(code).or_default() += 1,
            None => self.killed += 1,
        }
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
        self.checks += other.checks;
        self.left_before += other.left_before;
        self.left_after += other.left_after;
        self.cleaned += other.cleaned;
        for (command, count) in &other.commands {
            *self.commands.entry(command).or_default() += count;
        }
        for (code, count) in &other.exit_codes {
            *self.exit_codes.entry(*code).or_default() += count;
        }
    }

    /// What should have happened, and did not. A short storm need not meet everything.
    pub(crate) fn missing(&self, is_short: bool) -> Vec<String> {
        let mut missing = Vec::new();
        if self.killed * 3 < self.processes {
            missing.push("fewer than a third of the processes were killed".to_owned());
        }
        if is_short {
            return missing;
        }
        let never_ran = Command::NAMES.iter().filter(|name| !self.commands.contains_key(*name));
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
        let Counts { processes, killed, checks, left_before, left_after, cleaned, .. } = self;
        writeln!(
            formatter,
            "{processes:>7} processes, {killed} of them killed, and {checks} lists to check on those"
        )?;
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
            checks: 0,
            commands: Command::NAMES.iter().map(|name| (*name, 1)).collect(),
            exit_codes: BTreeMap::from([(8, 1)]),
            left_before: 1,
            left_after: 1,
            cleaned: 1,
        }
    }

    #[test]
    fn a_calm_is_noticed() {
        #[track_caller]
        fn check(counts: Counts, is_short: bool, expected: &[&str]) {
            assert_eq!(counts.missing(is_short), expected);
        }
        let too_few = "fewer than a third of the processes were killed";
        check(counts(30, 10), false, &[]);
        check(counts(31, 10), false, &[too_few]);
        check(counts(31, 10), true, &[too_few]);
        let mut without_init = counts(30, 10);
        without_init.commands.remove("init");
        check(without_init.clone(), false, &["init never ran"]);
        check(without_init, true, &[]);
        let never_after = Counts { left_after: 0, ..counts(30, 10) };
        check(never_after, false, &["no killed process left the state after it"]);
        let plenty = Counts { exit_codes: BTreeMap::new(), ..counts(30, 10) };
        check(plenty, false, &["the ports never ran out"]);
    }
}
