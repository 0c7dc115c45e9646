//! Rows that get other keys, all at once.

use std::collections::BTreeMap;

use trop_model::{Change, Reservation, ReservationKey};
use trop_storage::StorageError;

use crate::scene::{Scene, key, remove, row, time, write};

fn moved(row: &Reservation, to: ReservationKey) -> Change {
    Change::Move { row: Reservation { key: to, ..row.clone() }, from: row.key.clone() }
}

/// Writes the changes over these rows and compares all that is there then, key by key.
#[track_caller]
fn check(stored: &[Reservation], changes: Vec<Change>, expected: &[(&str, &str, u16)]) {
    let scene = Scene::with_rows(stored);
    write(&mut scene.store(), changes).unwrap();
    let rows = scene.rows();
    let found: BTreeMap<_, _> = rows.iter().map(|row| (row.key.clone(), row.port.get())).collect();
    let expected = expected.iter().map(|(directory, tag, port)| (key(directory, tag), *port)).collect();
    assert_eq!(found, expected);
}

#[test]
fn a_row_takes_everything_with_it() {
    let full = Reservation {
        project: Some("shop".parse().unwrap()),
        task: Some("feature".parse().unwrap()),
        created_at: time(7),
        last_used_at: time(9),
        ..row("/srv/a", "web", 5000)
    };
    let neighbour = row("/srv/a", "", 5001);
    let scene = Scene::with_rows(&[full.clone(), neighbour.clone()]);
    let change = moved(&full, key("/srv/b", "web"));
    write(&mut scene.store(), vec![change]).unwrap();
    assert_eq!(scene.rows(), [neighbour, Reservation { key: key("/srv/b", "web"), ..full }]);
}

#[test]
fn rows_change_places_in_rings_and_chains() {
    let [a, b, c] = ["/srv/a", "/srv/b", "/srv/c"].map(|directory| directory.to_owned());
    let rows = [row(&a, "", 5000), row(&b, "", 5001), row(&c, "", 5002)];
    let to = |row: &Reservation, directory: &str| moved(row, key(directory, ""));
    let swap = vec![to(&rows[0], &b), to(&rows[1], &a)];
    check(&rows, swap, &[(&a, "", 5001), (&b, "", 5000), (&c, "", 5002)]);
    let ring = vec![to(&rows[0], &b), to(&rows[1], &c), to(&rows[2], &a)];
    check(&rows, ring, &[(&a, "", 5002), (&b, "", 5000), (&c, "", 5001)]);
    let chain = vec![to(&rows[0], &b), to(&rows[1], &c), to(&rows[2], "/srv/d")];
    check(&rows, chain, &[(&b, "", 5000), (&c, "", 5001), ("/srv/d", "", 5002)]);
}

#[test]
fn a_row_takes_the_place_of_one_that_goes() {
    let (old, new) = (row("/srv/a", "", 5000), row("/srv/b", "", 5001));
    let changes = vec![remove(&new), moved(&old, new.key.clone())];
    check(&[old, new], changes, &[("/srv/b", "", 5000)]);
}

#[test]
fn a_move_that_cannot_be_made_undoes_the_whole_plan() {
    #[track_caller]
    fn check(changes: Vec<Change>) {
        let stored = [row("/srv/a", "", 5000), row("/srv/b", "", 5001)];
        let scene = Scene::with_rows(&stored);
        let first = moved(&stored[0], key("/srv/first", ""));
        let failed = write(&mut scene.store(), [vec![first], changes].concat());
        assert!(matches!(failed, Err(StorageError::Unexpected { .. })), "{failed:?}");
        assert_eq!(scene.rows(), stored);
    }
    // No such row.
    check(vec![moved(&row("/srv/c", "", 5002), key("/srv/d", ""))]);
    // Somebody stands there.
    check(vec![moved(&row("/srv/a", "", 5000), key("/srv/b", ""))]);
    check(vec![moved(&row("/srv/b", "", 5001), key("/srv/first", ""))]);
    // Another port, which somebody else has.
    check(vec![moved(&row("/srv/b", "", 5000), key("/srv/c", ""))]);
    // Twice the same.
    check(vec![moved(&row("/srv/a", "", 5000), key("/srv/c", ""))]);
}
