//! Which processes are running: what one of them saw a while ago may still have consequences.
//!
//! So may what a killed one saw, until somebody has written after its end: see [`late`](super::model::late).

use std::collections::BTreeSet;
use std::sync::{Mutex, MutexGuard, PoisonError};

/// The processes of the whole storm, numbered as they start.
#[derive(Debug, Default)]
pub(crate) struct Alive(Mutex<Numbers>);

#[derive(Debug, Default)]
struct Numbers {
    next: u64,
    running: BTreeSet<u64>,
    killed: Vec<Killed>,
}

#[derive(Debug)]
struct Killed {
    number: u64,
    /// Processes from this number on started after its end.
    ended_before: u64,
}

/// A process that is about to start, or running. Drop it when the process has ended.
pub(crate) struct Announced<'a> {
    alive: &'a Alive,
    number: u64,
}

impl Alive {
    /// Announces a process. Every later number is of a process that starts later.
    pub(crate) fn announce(&self) -> Announced<'_> {
        let mut numbers = self.numbers();
        let number = numbers.next;
        numbers.next += 1;
        numbers.running.insert(number);
        Announced { alive: self, number }
    }

    /// The number of the next process.
    pub(crate) fn next(&self) -> u64 {
        self.numbers().next
    }

    /// The lowest number of those that are running or may show late what they did, or else the next number.
    pub(crate) fn earliest(&self) -> u64 {
        let numbers = self.numbers();
        let killed = numbers.killed.iter().map(|killed| killed.number);
        numbers.running.first().copied().into_iter().chain(killed).min().unwrap_or(numbers.next)
    }

    /// The process with that number has certainly written: what was killed before it started shows now, or never will.
    pub(crate) fn wrote(&self, number: u64) {
        self.numbers().killed.retain(|killed| number < killed.ended_before);
    }

    fn numbers(&self) -> MutexGuard<'_, Numbers> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Announced<'_> {
    pub(crate) fn number(&self) -> u64 {
        self.number
    }

    /// Says that the process has ended because it was killed.
    pub(crate) fn was_killed(self) {
        let mut numbers = self.alive.numbers();
        let ended_before = numbers.next;
        numbers.killed.push(Killed { number: self.number, ended_before });
    }
}

impl Drop for Announced<'_> {
    fn drop(&mut self) {
        self.alive.numbers().running.remove(&self.number);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_earliest_is_the_one_that_started_first_of_those_that_run() {
        let alive = Alive::default();
        assert_eq!(alive.earliest(), 0);
        let [first, second, third] = [alive.announce(), alive.announce(), alive.announce()];
        drop(second);
        assert_eq!((alive.earliest(), alive.next()), (0, 3));
        drop(first);
        assert_eq!(alive.earliest(), 2);
        drop(third);
        assert_eq!(alive.earliest(), 3);
    }

    #[test]
    fn a_killed_one_counts_until_somebody_who_started_later_wrote() {
        let alive = Alive::default();
        let [killed, beside] = [alive.announce(), alive.announce()];
        killed.was_killed();
        alive.wrote(beside.number());
        drop(beside);
        assert_eq!(alive.earliest(), 0);
        let later = alive.announce();
        alive.wrote(later.number());
        drop(later);
        assert_eq!(alive.earliest(), 3);
    }
}
