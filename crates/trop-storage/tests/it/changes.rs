//! Each change, written and read again.

use trop_model::{Change, Ledger, Reservation};
use trop_storage::StorageError;

use crate::scene::{Scene, all, put, remove, row, time, touch, write};

/// A row in which every field is worth something.
fn full_row() -> Reservation {
    Reservation {
        project: Some("プロジェクト".parse().unwrap()),
        task: Some("feature/\"login\" 'x'".parse().unwrap()),
        created_at: time(0),
        last_used_at: time(253_402_300_799),
        ..row("/srv/with space/ünï\"q'x", "two words", 65_535)
    }
}

#[test]
fn what_is_written_is_read() {
    #[track_caller]
    fn check(row: Reservation) {
        let scene = Scene::new();
        write(&mut scene.store(), vec![put(&row)]).unwrap();
        assert_eq!(scene.rows(), [row]);
    }
    check(full_row());
    check(row("/", "", 1));
    check(Reservation { project: None, ..full_row() });
    check(Reservation { task: None, ..full_row() });
    check(row("/srv/a", &"é".repeat(127), 5000));
}

#[test]
fn a_put_replaces_every_field_of_its_key_and_nothing_else() {
    let (before, neighbour) = (full_row(), row("/srv/with space/ünï\"q'x", "", 5000));
    let scene = Scene::with_rows(&[before.clone(), neighbour.clone()]);
    let after = Reservation { key: before.key.clone(), ..row("/elsewhere", "", 1) };
    let change = Change::Put { row: after.clone(), replaces: Some(before) };
    write(&mut scene.store(), vec![change]).unwrap();
    assert_eq!(scene.rows(), [neighbour, after]);
}

#[test]
fn a_touch_sets_the_time_and_nothing_else() {
    let (touched, neighbour) = (row("/srv/a", "web", 5000), row("/srv/a", "api", 5001));
    let scene = Scene::with_rows(&[touched.clone(), neighbour.clone()]);
    write(&mut scene.store(), vec![touch(&touched, 3_000)]).unwrap();
    assert_eq!(scene.rows(), [neighbour, Reservation { last_used_at: time(3_000), ..touched }]);
}

#[test]
fn a_removal_takes_one_row() {
    let (gone, neighbour) = (row("/srv/a", "", 5000), row("/srv/a", "web", 5001));
    let scene = Scene::with_rows(&[gone.clone(), neighbour.clone()]);
    write(&mut scene.store(), vec![remove(&gone)]).unwrap();
    assert_eq!(scene.rows(), [neighbour]);
}

#[test]
fn changes_are_written_in_their_order() {
    let (old, new) = (row("/srv/old", "", 5000), row("/srv/new", "", 5000));
    let scene = Scene::with_rows(std::slice::from_ref(&old));
    write(&mut scene.store(), vec![remove(&old), put(&new), touch(&new, 7)]).unwrap();
    assert_eq!(scene.rows(), [Reservation { last_used_at: time(7), ..new }]);
}

#[test]
fn rows_may_exchange_their_ports() {
    let (web, api, db) = (row("/srv/a", "web", 5000), row("/srv/a", "api", 5001), row("/srv/a", "db", 5002));
    let scene = Scene::with_rows(&[web.clone(), api.clone(), db.clone()]);
    let moved = |row: &Reservation, to: &Reservation| Change::Put {
        row: Reservation { port: to.port, ..row.clone() },
        replaces: Some(row.clone()),
    };
    let changes = vec![moved(&web, &api), touch(&db, 3_000), moved(&api, &web)];
    write(&mut scene.store(), changes).unwrap();
    let touched = Reservation { last_used_at: time(3_000), ..db };
    let exchanged = [row("/srv/a", "api", 5000), touched, row("/srv/a", "web", 5001)];
    assert_eq!(scene.rows(), exchanged);
}

#[test]
fn a_change_that_cannot_be_written_undoes_the_whole_plan() {
    #[track_caller]
    fn check(changes: Vec<Change>) {
        let stored = [row("/srv/a", "", 5000), row("/srv/b", "", 5001)];
        let scene = Scene::with_rows(&stored);
        let mut plan = vec![put(&row("/srv/first", "", 6000))];
        plan.extend(changes);
        let mut store = scene.store();
        let failed = write(&mut store, plan);
        assert!(matches!(failed, Err(StorageError::Unexpected { .. })), "{failed:?}");
        assert_eq!(all(&mut store).unwrap(), stored);
    }
    // No such row.
    check(vec![touch(&row("/srv/a", "web", 5000), 9)]);
    check(vec![remove(&row("/srv/c", "", 5000))]);
    // Somebody else's port, for a new key and for one that has a port.
    check(vec![put(&row("/srv/c", "", 5001))]);
    check(vec![put(&row("/srv/a", "", 5001))]);
    // Twice the same.
    check(vec![remove(&row("/srv/a", "", 5000)), remove(&row("/srv/a", "", 5000))]);
}

#[test]
fn a_store_writes_again_and_again() {
    let scene = Scene::new();
    let mut store = scene.store();
    for number in 5000..5020 {
        write(&mut store, vec![put(&row(&format!("/srv/{number}"), "", number))]).unwrap();
    }
    let count = store.read(|rows| rows.all().map(|rows| rows.len()));
    assert_eq!(count.map_err(|error: StorageError| error.to_string()), Ok(20));
}
