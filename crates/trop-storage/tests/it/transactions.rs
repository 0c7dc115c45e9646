//! One transaction: all of it or nothing.

use std::time::Duration;

use trop_model::Ledger;
use trop_storage::{StorageError, Verdict, WhenMissing};

use crate::scene::{Scene, all, put, remove, row, write};

/// Somebody's own reason.
#[derive(Debug, PartialEq, Eq)]
enum Refusal {
    Because,
    Storage(String),
}

impl From<StorageError> for Refusal {
    fn from(error: StorageError) -> Refusal {
        Refusal::Storage(error.to_string())
    }
}

#[test]
fn an_error_of_the_closure_comes_back_and_rolls_back() {
    let stored = [row("/srv/a", "", 5000)];
    let scene = Scene::with_rows(&stored);
    let mut store = scene.store();
    let refused: Result<(), Refusal> = store.write(WhenMissing::Create, |_| Err(Refusal::Because));
    assert_eq!(refused, Err(Refusal::Because));
    assert_eq!(all(&mut store).unwrap(), stored);
}

#[test]
fn a_roll_back_leaves_the_rows_and_gives_the_answer() {
    let stored = [row("/srv/a", "", 5000)];
    let scene = Scene::with_rows(&stored);
    let before = scene.files();
    let mut store = scene.store();
    let answer: Result<usize, StorageError> =
        store.write(WhenMissing::Create, |rows| Ok(Verdict::RollBack(rows.all()?.len())));
    assert_eq!(answer.unwrap(), 1);
    drop(store);
    assert_eq!(scene.rows(), stored);
    assert_eq!(scene.files()["trop.db"], before["trop.db"]);
}

#[test]
fn the_closure_sees_what_was_committed_before() {
    let scene = Scene::new();
    let mut store = scene.store();
    let first = row("/srv/a", "", 5000);
    write(&mut store, vec![put(&first)]).unwrap();
    let seen = store.write(WhenMissing::Create, |rows| {
        Ok::<_, StorageError>(Verdict::Commit(vec![remove(&first)], rows.all()?))
    });
    assert_eq!(seen.unwrap(), [first]);
    assert_eq!(all(&mut store).unwrap(), []);
}

#[test]
fn while_one_decides_nobody_else_writes_and_everybody_reads() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut others = None;
    let outcome: Result<(), StorageError> = scene.store().write(WhenMissing::Create, |_| {
        let refused = write(&mut scene.store(), vec![put(&row("/srv/c", "", 5002))]);
        others = Some((refused, all(&mut scene.store())));
        Ok(Verdict::Commit(vec![put(&row("/srv/b", "", 5001))], ()))
    });
    outcome.unwrap();
    let (refused, read) = others.unwrap();
    assert!(matches!(refused, Err(StorageError::Busy { waited: Duration::ZERO, .. })), "{refused:?}");
    assert_eq!(read.unwrap(), [row("/srv/a", "", 5000)]);
    assert_eq!(scene.rows(), [row("/srv/a", "", 5000), row("/srv/b", "", 5001)]);
}

#[test]
fn reading_sees_one_moment() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000)]);
    let mut reader = scene.store();
    let counts = reader.read(|rows| {
        let before = rows.all()?.len();
        write(&mut scene.store(), vec![put(&row("/srv/b", "", 5001))])?;
        Ok::<_, StorageError>((before, rows.all()?.len()))
    });
    assert_eq!(counts.unwrap(), (1, 1));
    assert_eq!(all(&mut reader).unwrap().len(), 2);
}
