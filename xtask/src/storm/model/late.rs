//! Changes that show late.
//!
//! A process may be killed when its commit is in SQLite's write-ahead log but not yet in the index of the log that all processes
//! share. Nobody sees the change then, until the index is made anew, as it is when nobody has the database open for a moment; or
//! it is lost, when the next commit is written over it (<https://sqlite.org/walformat.html>).

use super::{Change, Key, Model};
use crate::storm::Checked;

/// A change of a killed process that did not show at once.
#[derive(Debug, Clone)]
pub(super) struct Late {
    change: Change,
    /// Whether something was written since: by then it had come, or it never will.
    is_decided: bool,
}

impl Model {
    /// Judges by the model, and when that finds something wrong, by the model after a change that may show late.
    ///
    /// # Errors
    /// What was found wrong at first.
    pub(crate) fn judge_by<T>(&mut self, judge: impl Fn(&mut Model) -> Checked<T>) -> Checked<T> {
        let mut as_it_was = self.clone();
        let complaint = match judge(&mut as_it_was) {
            Ok(verdict) => {
                *self = as_it_was;
                return Ok(verdict);
            }
            Err(complaint) => complaint,
        };
        let mut after_late_changes = (0..self.late.len()).flat_map(|index| self.after_late_change(index));
        let found =
            after_late_changes.find_map(|mut after| judge(&mut after).ok().map(|verdict| (after, verdict)));
        let (after, verdict) = found.ok_or(complaint)?;
        *self = after;
        Ok(verdict)
    }

    /// The change of a killed process did not show.
    pub(super) fn may_come_late(&mut self, change: &Change) {
        self.late.push(Late { change: change.clone(), is_decided: false });
    }

    /// These keys were written since.
    pub(super) fn decide_late_changes(&mut self, written: &[Key]) {
        self.written += 1;
        for late in &mut self.late {
            late.is_decided = true;
            if let Change::Remove(keys) = &mut late.change {
                keys.retain(|key| !written.contains(key));
            }
        }
        self.late.retain(|late| !matches!(&late.change, Change::Put(key, _) if written.contains(key)));
    }

    /// What was decided has not come, as far as these keys show.
    pub(super) fn refute_late_changes(&mut self, is_shown: impl Fn(&Key) -> bool) {
        let is_open = |late: &Late| match &late.change {
            _ if !late.is_decided => true,
            Change::Nothing => false,
            Change::Put(key, _) => !is_shown(key),
            Change::Remove(keys) => !keys.iter().any(&is_shown),
        };
        self.late.retain(is_open);
    }

    /// Every state in which that change has come.
    fn after_late_change(&self, index: usize) -> Vec<Model> {
        let mut after = self.clone();
        match after.late.remove(index).change {
            Change::Nothing => Vec::new(),
            Change::Put(key, possible) => {
                let put = |assigned| {
                    let mut after = after.clone();
                    after.put(&key, assigned);
                    after
                };
                possible.into_iter().map(put).collect()
            }
            Change::Remove(keys) => {
                after.remove(&keys);
                vec![after]
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::super::{Assigned, Left, Standing};
    use super::*;
    use crate::storm::labels::Labels;
    use crate::storm::listing::Listed;

    fn key(tag: &str) -> Key {
        Key { path: "/w".to_owned(), tag: Some(tag.to_owned()) }
    }

    fn assigned(port: u16) -> Assigned {
        Assigned { port, labels: Labels::default() }
    }

    fn observe(model: &mut Model, rows: &[(&str, u16)]) -> Checked {
        let row =
            |(tag, port): &(&str, u16)| Listed { key: key(tag), assigned: assigned(*port), created_at: None };
        let listed: Vec<Listed> = rows.iter().map(row).collect();
        model.judge_by(|model| model.observe(&listed, |_| true))
    }

    /// A reservation of port 1 for the tag `late` was killed, and does not show.
    fn model() -> Model {
        let mut model = Model::default();
        model.stands("/w", Standing::There);
        let put = Change::Put(key("late"), BTreeSet::from([assigned(1)]));
        assert_eq!(model.after_kill(&put, &[]), Ok(Left::Before));
        model
    }

    #[test]
    fn a_change_may_come_late_and_stays_then() {
        let mut model = model();
        assert_eq!(observe(&mut model, &[]), Ok(()));
        assert_eq!(observe(&mut model, &[("late", 1)]), Ok(()));
        assert!(observe(&mut model, &[]).is_err());
    }

    #[test]
    fn what_was_written_since_decides_and_the_next_look_tells() {
        let mut model = model();
        model.put(&key("other"), assigned(2));
        let mut came = model.clone();
        assert_eq!(observe(&mut came, &[("late", 1), ("other", 2)]), Ok(()));

        assert_eq!(observe(&mut model, &[("other", 2)]), Ok(()));
        assert!(observe(&mut model, &[("late", 1), ("other", 2)]).is_err());
    }

    #[test]
    fn what_is_written_to_the_same_key_counts() {
        let mut model = model();
        model.put(&key("late"), assigned(3));
        assert!(observe(&mut model, &[("late", 1)]).is_err());
    }
}
