//! The questions of a ledger.

use trop_model::{Ledger, PortRange, Reservation};
use trop_storage::{Rows, StorageError};

use crate::scene::{Scene, key, path, port, row};

/// Directories that are near one another as text.
const DIRECTORIES: [&str; 10] =
    ["/", "/srv", "/srv/a", "/srv/a!x", "/srv/a.x", "/srv/a/b", "/srv/a/b/c", "/srv/a0", "/srv/ab", "/srv/ä"];

fn stored() -> Vec<Reservation> {
    (5000..).zip(DIRECTORIES).map(|(number, directory)| row(directory, "", number)).collect()
}

#[track_caller]
fn ask<T>(question: impl FnMut(&Rows<'_>) -> Result<T, StorageError>) -> T {
    let scene = Scene::with_rows(&stored());
    scene.store().read(question).unwrap()
}

#[test]
fn under_a_directory_goes_by_component() {
    #[track_caller]
    fn check(directory: &str, expected: &[&str]) {
        let rows = ask(|rows| rows.under(&path(directory)));
        let paths: Vec<&str> = rows.iter().map(|row| row.key.path.as_str()).collect();
        assert_eq!(paths, expected);
    }
    check("/", &DIRECTORIES);
    check("/srv", &DIRECTORIES[1..]);
    check("/srv/a", &["/srv/a", "/srv/a/b", "/srv/a/b/c"]);
    check("/srv/a/b", &["/srv/a/b", "/srv/a/b/c"]);
    check("/srv/a0", &["/srv/a0"]);
    check("/srv/ä", &["/srv/ä"]);
    check("/sr", &[]);
    check("/srv/b", &[]);
    // Nothing in a path is a pattern.
    check("/srv/%", &[]);
    check("/srv/_", &[]);
}

#[test]
fn under_and_at_tell_tags_apart_and_sort_the_untagged_first() {
    let rows = [row("/srv/a", "", 5003), row("/srv/a", "api", 5001), row("/srv/a/b", "", 5002)];
    let scene = Scene::with_rows(&[rows[2].clone(), rows[1].clone(), rows[0].clone()]);
    let mut store = scene.store();
    let under = store.read(|ledger| ledger.under(&path("/srv/a"))).map_err(|error: StorageError| error);
    assert_eq!(under.unwrap(), rows);
    let at = store.read(|ledger| ledger.at(&path("/srv/a"))).map_err(|error: StorageError| error);
    assert_eq!(at.unwrap(), rows[..2]);
}

#[test]
fn by_key() {
    #[track_caller]
    fn check(directory: &str, tag: &str, expected: Option<u16>) {
        let row = ask(|rows| rows.by_key(&key(directory, tag)));
        assert_eq!(row.map(|row| row.port.get()), expected);
    }
    check("/", "", Some(5000));
    check("/srv/a", "", Some(5002));
    check("/srv/a", "web", None);
    check("/SRV/a", "", None);
    check("/srv/b", "", None);
}

#[test]
fn by_port() {
    #[track_caller]
    fn check(number: u16, expected: Option<&str>) {
        let row = ask(|rows| rows.by_port(port(number)));
        assert_eq!(row.as_ref().map(|row| row.key.path.as_str()), expected);
    }
    check(5000, Some("/"));
    check(5009, Some("/srv/ä"));
    check(5010, None);
    check(1, None);
}

#[test]
fn ports_in_a_range() {
    #[track_caller]
    fn check(first: u16, last: u16, expected: &[u16]) {
        let range = PortRange::new(port(first), port(last)).unwrap();
        let ports = ask(|rows| rows.ports_in(range));
        let found: Vec<u16> = (1..=u16::MAX).filter(|&number| ports.contains(port(number))).collect();
        assert_eq!(found, expected);
    }
    check(5003, 5005, &[5003, 5004, 5005]);
    check(5009, 7000, &[5009]);
    check(1, 5000, &[5000]);
    check(5010, 65_535, &[]);
}
