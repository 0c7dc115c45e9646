//! What one worker knows of its own keys. Nobody else touches these, but for a clean-up that removes what belongs to a directory
//! that is gone.

use std::collections::{BTreeMap, BTreeSet};
use std::{fmt, slice};

use crate::storm::Checked;
use crate::storm::labels::Labels;
use crate::storm::listing::Listed;
use late::Late;

/// The identity of a reservation.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Key {
    pub(crate) path: String,
    pub(crate) tag: Option<String>,
}

impl fmt::Display for Key {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.tag {
            Some(tag) => write!(formatter, "{} (tag {tag})", self.path),
            None => write!(formatter, "{}", self.path),
        }
    }
}

/// What a key has.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Assigned {
    pub(crate) port: u16,
    pub(crate) labels: Labels,
}

impl fmt::Display for Assigned {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Assigned { port, labels: Labels { project, task } } = self;
        let [project, task] = [project, task].map(|label| label.as_deref().unwrap_or("-"));
        write!(formatter, "port {port}, project {project}, task {task}")
    }
}

/// A reservation that must be stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Row {
    pub(crate) assigned: Assigned,
    /// Known once it was seen.
    pub(crate) created_at: Option<String>,
    /// Whether a clean-up may have removed it since.
    pub(crate) perhaps: bool,
}

/// What became of a directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It is there.
    There,
    /// It is certainly gone: any clean-up removes its reservations.
    Gone,
    /// It is there again, but processes before the one with this number may have seen it gone.
    Back { since: u64 },
    /// It is not there, and what should hold it is not there either: no clean-up may touch it.
    Unmounted,
}

/// What a command changes when it comes to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Change {
    Nothing,
    /// The key gets, or keeps, one of these.
    Put(Key, BTreeSet<Assigned>),
    Remove(Vec<Key>),
}

/// Which state a killed command left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Left {
    Before,
    After,
    /// One looks like the other.
    Either,
}

/// The keys of one worker, and its directories.
#[derive(Debug, Clone, Default)]
pub(crate) struct Model {
    rows: BTreeMap<Key, Row>,
    directories: BTreeMap<String, Standing>,
    cleaned: u64,
    /// How often something was certainly written.
    written: u64,
    /// What killed processes may still turn out to have done.
    late: Vec<Late>,
}

impl Model {
    /// How many reservations were found cleaned up.
    pub(crate) fn cleaned(&self) -> u64 {
        self.cleaned
    }

    /// How often something was certainly written for its keys.
    pub(crate) fn written(&self) -> u64 {
        self.written
    }

    pub(crate) fn rows(&self) -> &BTreeMap<Key, Row> {
        &self.rows
    }

    pub(crate) fn standing(&self, path: &str) -> Standing {
        self.directories.get(path).copied().unwrap_or(Standing::Unmounted)
    }

    /// Notes what became of a directory. To be said before it is removed, and after it is made.
    pub(crate) fn stands(&mut self, path: &str, standing: Standing) {
        self.directories.insert(path.to_owned(), standing);
        if self.may_be_cleaned(path) {
            self.rows.iter_mut().filter(|(key, _)| key.path == path).for_each(|(_, row)| row.perhaps = true);
        }
    }

    /// Notes that all processes before this one have ended.
    pub(crate) fn settle(&mut self, earliest_running: u64) {
        for standing in self.directories.values_mut() {
            if matches!(standing, Standing::Back { since } if *since <= earliest_running) {
                *standing = Standing::There;
            }
        }
    }

    /// The reservation of this key was made or kept. Whatever else had its port was cleaned up.
    pub(crate) fn put(&mut self, key: &Key, assigned: Assigned) {
        let has_same_port = |(other, row): &(&Key, &Row)| *other != key && row.assigned.port == assigned.port;
        let cleaned: Vec<Key> = self.rows.iter().filter(has_same_port).map(|(key, _)| key.clone()).collect();
        self.clean(&cleaned);
        let known = self.rows.get(key).filter(|row| !row.perhaps);
        let created_at = known.and_then(|row| row.created_at.clone());
        let perhaps = self.may_be_cleaned(&key.path);
        // The same again need not be written.
        if self.rows.get(key).is_none_or(|row| row.assigned != assigned) {
            self.decide_late_changes(slice::from_ref(key));
        }
        self.rows.insert(key.clone(), Row { assigned, created_at, perhaps });
    }

    /// These reservations were released.
    pub(crate) fn remove(&mut self, keys: &[Key]) {
        if keys.iter().any(|key| self.rows.get(key).is_some_and(|row| !row.perhaps)) {
            self.decide_late_changes(keys);
        }
        self.rows.retain(|key, _| !keys.contains(key));
    }

    /// Compares the model with what is listed of its keys, where `is_shown` tells which of them the list is about.
    pub(crate) fn observe(&mut self, listed: &[Listed], is_shown: impl Fn(&Key) -> bool) -> Checked {
        for found in listed {
            let Some(row) = self.rows.get(&found.key) else {
                return Err(format!("{} has port {}, and should have none", found.key, found.assigned.port));
            };
            row.require_same(found)?;
        }
        let listed: BTreeMap<&Key, &Listed> = listed.iter().map(|found| (&found.key, found)).collect();
        let mut cleaned = Vec::new();
        for (key, row) in self.rows.iter_mut().filter(|(key, _)| is_shown(key)) {
            match listed.get(key) {
                Some(found) => {
                    row.perhaps = may_be_cleaned(&self.directories, &key.path);
                    row.created_at = found.created_at.clone().or(row.created_at.take());
                }
                None if row.perhaps => cleaned.push(key.clone()),
                None => return Err(format!("{key} has no port, and should have {}", row.assigned.port)),
            }
        }
        self.clean(&cleaned);
        self.refute_late_changes(is_shown);
        Ok(())
    }

    /// Finds out from a full list of its keys which state a killed command left, and requires that it is one of the two, whole.
    pub(crate) fn after_kill(&mut self, change: &Change, listed: &[Listed]) -> Checked<Left> {
        let left = match change {
            Change::Nothing => Left::Either,
            Change::Put(key, possible) => self.after_killed_put(key, possible, listed)?,
            Change::Remove(keys) if keys.iter().all(|key| self.rows[key].perhaps) => Left::Either,
            Change::Remove(keys) if listed.iter().any(|found| keys.contains(&found.key)) => Left::Before,
            Change::Remove(keys) => {
                self.remove(keys);
                Left::After
            }
        };
        self.observe(listed, |_| true)?;
        if left == Left::Before {
            self.may_come_late(change);
        }
        Ok(left)
    }

    fn after_killed_put(
        &mut self,
        key: &Key,
        possible: &BTreeSet<Assigned>,
        listed: &[Listed],
    ) -> Checked<Left> {
        let Some(found) = listed.iter().find(|found| found.key == *key) else {
            return Ok(Left::Before);
        };
        let is_possible = possible.contains(&found.assigned);
        if self.rows.get(key).is_some_and(|row| row.require_same(found).is_ok()) {
            return Ok(if is_possible { Left::Either } else { Left::Before });
        }
        if !is_possible {
            return Err(format!("{key} has {}, which is neither as before nor as after", found.assigned));
        }
        self.put(key, found.assigned.clone());
        Ok(Left::After)
    }

    fn clean(&mut self, keys: &[Key]) {
        self.rows.retain(|key, _| !keys.contains(key));
        self.cleaned += keys.len() as u64;
    }

    fn may_be_cleaned(&self, path: &str) -> bool {
        may_be_cleaned(&self.directories, path)
    }
}

impl Row {
    fn require_same(&self, found: &Listed) -> Checked {
        if found.assigned != self.assigned {
            return Err(format!("{} has {}, and should have {}", found.key, found.assigned, self.assigned));
        }
        match (&self.created_at, &found.created_at) {
            (Some(known), Some(found_at)) if known != found_at => {
                Err(format!("{} was made at {found_at}, and before at {known}", found.key))
            }
            _ => Ok(()),
        }
    }
}

fn may_be_cleaned(directories: &BTreeMap<String, Standing>, path: &str) -> bool {
    matches!(directories.get(path), Some(Standing::Gone | Standing::Back { .. }))
}

pub(crate) mod late;
#[cfg(test)]
mod tests;
