//! The index of the ports disagrees with the table, or the table with its own order.

use std::fs;

use trop_model::{Change, Ledger, PortRange, RemovalReason, Reservation};
use trop_storage::{Rows, StorageError};

use crate::scene::{Scene, key, path, port, put, row, touch, write};

/// A database with these rows in its table, and those in its index.
fn disagreeing(table: &[Reservation], index: &[Reservation]) -> Scene {
    let (scene, other) = (Scene::with_rows(table), Scene::with_rows(index));
    let raw = scene.raw();
    let page_size: u32 = raw.pragma_query_value(None, "page_size", |row| row.get(0)).unwrap();
    let root = "SELECT rootpage FROM sqlite_schema WHERE name = 'sqlite_autoindex_reservations_1'";
    let root: u32 = raw.query_row(root, [], |row| row.get(0)).unwrap();
    drop(raw);
    let mut content = fs::read(scene.database()).unwrap();
    let page = ((root - 1) * page_size) as usize..(root * page_size) as usize;
    content[page.clone()].copy_from_slice(&fs::read(other.database()).unwrap()[page]);
    fs::write(scene.database(), content).unwrap();
    scene
}

/// The index knows nothing of port 5001, and has port 5002 where there is none.
fn scene() -> Scene {
    let table = [row("/srv/a", "", 5000), row("/srv/b", "", 5001)];
    disagreeing(&table, &[row("/srv/a", "", 5000), row("/srv/b", "", 5002)])
}

#[track_caller]
fn ask<T>(scene: &Scene, question: impl FnMut(&Rows<'_>) -> Result<T, StorageError>) -> T {
    scene.store().read(question).unwrap()
}

#[track_caller]
fn require_damaged<T>(outcome: Result<T, StorageError>) {
    match outcome {
        Err(StorageError::Damaged { damage, .. }) => assert!(!damage.is_empty()),
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("it was believed"),
    }
}

#[test]
fn the_table_answers() {
    let scene = scene();
    assert_eq!(ask(&scene, |rows| rows.by_port(port(5001))), Some(row("/srv/b", "", 5001)));
    assert_eq!(ask(&scene, |rows| rows.by_port(port(5002))), None);
    let ports = ask(&scene, |rows| rows.ports_in(PortRange::new(port(5000), port(5009)).unwrap()));
    assert_eq!(ports, [port(5000), port(5001)].into_iter().collect());
    require_damaged(scene.store().examine());
}

/// The index refuses what the table would take, and the database is to blame for that.
#[test]
fn a_port_of_the_index_alone_is_not_given_again() {
    let scene = scene();
    let before = fs::read(scene.database()).unwrap();
    require_damaged(write(&mut scene.store(), vec![put(&row("/srv/c", "", 5002))]));
    let removal = Change::Remove { row: row("/srv/b", "", 5001), reason: RemovalReason::Released };
    let refused = write(&mut scene.store(), vec![removal]);
    assert!(matches!(refused, Err(StorageError::Corrupt { .. })), "{refused:?}");
    assert_eq!(fs::read(scene.database()).unwrap(), before);
}

/// Refreshing what is stored asks no index.
#[test]
fn what_is_stored_is_refreshed() {
    write(&mut scene().store(), vec![touch(&row("/srv/b", "", 5001), 3_000)]).unwrap();
}

/// A row that is not where it is looked for is not found. That it is not there nobody says.
#[test]
fn what_is_not_found_in_a_table_without_order_is_not_denied() {
    let rows =
        ["a", "b", "c"].map(|name| row(&format!("/srv/{name}"), "", 5000 + u16::from(name.as_bytes()[0])));
    let scene = Scene::with_rows(&rows);
    let mut content = fs::read(scene.database()).unwrap();
    for at in 0..content.len() {
        if content[at..].starts_with(b"/srv/b") {
            content[at + 5] = b'z';
        }
    }
    fs::write(scene.database(), content).unwrap();
    let mut store = scene.store();
    require_damaged(store.read(|rows| rows.by_key(&key("/srv/b", ""))));
    require_damaged(store.read(|rows| rows.at(&path("/srv/b"))));
    require_damaged(store.read(|rows| rows.under(&path("/srv/b"))));
    require_damaged(store.read(|rows| rows.by_port(port(5001))));
    require_damaged(store.read(|rows| rows.ports_in(PortRange::new(port(1), port(9)).unwrap())));
    require_damaged(store.read(|rows| rows.all()));
    // What is found is there all the same.
    assert_eq!(ask(&scene, |table| table.by_key(&rows[0].key)), Some(rows[0].clone()));
}

/// An index that knows nothing of a port lets a second row have it. Whoever walks along the table meets both.
#[test]
fn two_rows_with_one_port_are_not_believed() {
    let (kept, second) = (row("/srv/a", "", 5000), row("/srv/b", "", 5000));
    let scene = disagreeing(std::slice::from_ref(&kept), &[row("/srv/a", "", 5001)]);
    let insert = "INSERT INTO reservations SELECT '/srv/b', tag, port, project, task, created_at, last_used_at FROM reservations";
    assert_eq!(scene.raw().execute(insert, []), Ok(1));
    let mut store = scene.store();
    require_damaged(store.read(|rows| rows.all()));
    require_damaged(store.read(|rows| rows.under(&path("/srv"))));
    require_damaged(store.read(|rows| rows.ports_in(PortRange::new(port(5000), port(5009)).unwrap())));
    require_damaged(store.read(|rows| rows.by_port(port(5000))));
    require_damaged(store.read(|rows| rows.by_key(&key("/srv/c", ""))));
    require_damaged(store.read(|rows| rows.at(&path("/srv/c"))));
    // What is found is there all the same.
    for row in [kept, second] {
        assert_eq!(ask(&scene, |table| table.by_key(&row.key)), Some(row));
    }
}
