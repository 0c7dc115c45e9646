//! What is decided against, after the steps were taken.

use trop_model::Ledger;

use super::scene::{ONE_STEP, Scene, THREE_STEPS, all, marks, marks_after, put, row, rows};
use crate::{StorageError, Verdict, WhenMissing};

/// The old schema, its rows, and nothing beside it but what SQLite keeps there and the lock.
#[track_caller]
fn check_untouched(scene: &Scene) {
    let unexpected =
        |name: &&String| !["trop.db", "trop.db-wal", "trop.db-shm", "trop.lock"].contains(&name.as_str());
    assert_eq!(scene.names().iter().filter(unexpected).count(), 0, "{:?}", scene.names());
    assert_eq!(all(&mut scene.store(&ONE_STEP)).unwrap(), rows(5000..5003));
    assert_eq!(marks(&scene.raw()), marks_after(1));
}

#[test]
fn a_decision_to_roll_back_takes_no_step() {
    let scene = Scene::with_rows(&rows(5000..5003));
    let mut store = scene.store(&THREE_STEPS);
    let seen =
        store.write(WhenMissing::Create, |rows| Ok::<_, StorageError>(Verdict::RollBack(rows.all()?.len())));
    assert_eq!(seen.unwrap(), 3);
    assert_eq!(store.take_notices(), []);
    check_untouched(&scene);

    // The same store takes them when it is decided otherwise.
    put(&mut store, &[row("/srv/new", 6000)]).unwrap();
    assert_eq!(store.take_notices().len(), 1);
    assert_eq!(all(&mut store).unwrap().len(), 4);
    drop(store);
    assert_eq!(marks(&scene.raw()), marks_after(3));
}

#[test]
fn a_decision_that_fails_takes_no_step() {
    #[derive(Debug, PartialEq)]
    struct Refused;
    impl From<StorageError> for Refused {
        fn from(error: StorageError) -> Refused {
            panic!("{error:?}")
        }
    }
    let scene = Scene::with_rows(&rows(5000..5003));
    let mut store = scene.store(&THREE_STEPS);
    let refused = store.write(WhenMissing::Create, |_| Err::<Verdict<()>, _>(Refused));
    assert_eq!(refused, Err(Refused));
    assert_eq!(store.take_notices(), []);
    check_untouched(&scene);
}

#[test]
fn changes_that_cannot_be_made_take_no_step() {
    let scene = Scene::with_rows(&rows(5000..5003));
    let mut store = scene.store(&THREE_STEPS);
    let refused = put(&mut store, &[row("/srv/other", 5001)]).unwrap_err();
    assert!(matches!(refused, StorageError::Unexpected { .. }), "{refused:?}");
    check_untouched(&scene);
}
