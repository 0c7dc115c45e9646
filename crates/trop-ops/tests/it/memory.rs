//! A ledger in memory.

use std::collections::{BTreeMap, BTreeSet};

use trop_model::{Change, Ledger, Port, PortRange, PortSet, Reservation, ReservationKey};
use trop_paths::{AbsPath, Relation};
use trop_storage::StorageError;

/// Rows by key, as a store would have them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Memory {
    pub(crate) rows: BTreeMap<ReservationKey, Reservation>,
    /// Whether a row may be where nobody looks for it.
    pub(crate) is_out_of_order: bool,
}

impl Memory {
    pub(crate) fn of(rows: &[Reservation]) -> Memory {
        let rows = rows.iter().map(|row| (row.key.clone(), row.clone())).collect();
        Memory { rows, is_out_of_order: false }
    }

    /// Does what the changes say, one after the other, and refuses what a database would refuse. As there, all rows that change let go
    /// of their keys and ports before one takes another.
    #[track_caller]
    pub(crate) fn apply(&mut self, changes: &[Change]) {
        let before = self.rows.clone();
        for change in changes {
            match change {
                Change::Put { row, replaces: Some(_) } => drop(self.rows.remove(&row.key)),
                Change::Move { row, from } => {
                    let expected = Reservation { key: from.clone(), ..row.clone() };
                    assert_eq!(self.rows.remove(from), Some(expected), "only its key changes");
                }
                _ => {}
            }
        }
        for change in changes {
            match change {
                Change::Put { row, replaces } => {
                    assert_eq!(self.rows.insert(row.key.clone(), row.clone()), None, "the place is free");
                    assert_eq!(before.get(&row.key), replaces.as_ref(), "a change tells what it replaces");
                }
                Change::Move { row, .. } => {
                    assert_eq!(self.rows.insert(row.key.clone(), row.clone()), None, "the place is free");
                }
                Change::Touch { row, last_used_at } => {
                    let touched = Reservation { last_used_at: *last_used_at, ..row.clone() };
                    assert_eq!(self.rows.insert(row.key.clone(), touched).as_ref(), Some(row));
                }
                Change::Remove { row, .. } => assert_eq!(self.rows.remove(&row.key).as_ref(), Some(row)),
            }
            let ports: BTreeSet<Port> = self.rows.values().map(|row| row.port).collect();
            assert_eq!(ports.len(), self.rows.len(), "one key for each port");
        }
    }

    fn filtered(&self, keep: impl Fn(&Reservation) -> bool) -> Vec<Reservation> {
        self.rows.values().filter(|row| keep(row)).cloned().collect()
    }
}

impl Ledger for Memory {
    type Error = StorageError;

    fn find(&self, key: &ReservationKey) -> Result<Option<Reservation>, StorageError> {
        Ok(self.rows.get(key).cloned())
    }

    fn require_searchable(&self) -> Result<(), StorageError> {
        if self.is_out_of_order { Err(StorageError::Missing("out of order".into())) } else { Ok(()) }
    }

    fn by_port(&self, port: Port) -> Result<Option<Reservation>, StorageError> {
        Ok(self.filtered(|row| row.port == port).into_iter().next())
    }

    fn ports_in(&self, range: PortRange) -> Result<PortSet, StorageError> {
        Ok(self.rows.values().map(|row| row.port).filter(|&port| range.contains(port)).collect())
    }

    fn find_at(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        Ok(self.filtered(|row| row.key.path == *path))
    }

    fn under(&self, path: &AbsPath) -> Result<Vec<Reservation>, StorageError> {
        let is_under =
            |row: &Reservation| matches!(row.key.path.relation(path), Relation::Same | Relation::Inside);
        Ok(self.filtered(is_under))
    }

    fn all(&self) -> Result<Vec<Reservation>, StorageError> {
        Ok(self.filtered(|_| true))
    }
}
