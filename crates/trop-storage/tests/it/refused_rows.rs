//! Rows that hold what cannot be: an error that names the place, never a panic and never a guess.

use trop_model::{Ledger, PortRange};
use trop_storage::{Damage, Rows, Spot, StorageError};

use crate::scene::{Scene, key, path, port, row, unchecked};

/// A database in which somebody who switched the checks off changed the row at `/srv/a`.
fn changed(assignment: &str) -> Scene {
    let scene = Scene::with_rows(&[row("/srv/a", "web", 5000), row("/srv/b", "", 5001)]);
    let update = format!("UPDATE reservations SET {assignment} WHERE path = '/srv/a'");
    scene.raw().execute_batch(&unchecked(&update)).unwrap();
    scene
}

#[track_caller]
fn refused<T>(
    scene: &Scene,
    question: impl FnMut(&Rows<'_>) -> Result<T, StorageError>,
) -> (String, &'static str) {
    match scene.store().read(question) {
        Err(StorageError::Damaged { database, damage }) => {
            assert_eq!(database, scene.database());
            let [Damage { place: Some(Spot { table, row: Some(row), field: Some(field) }), .. }] =
                &damage[..]
            else {
                panic!("{damage:?}")
            };
            assert_eq!(table, "reservations");
            (row.clone(), field)
        }
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("the row was believed"),
    }
}

#[track_caller]
fn check(assignment: &str, field: &str, described: &str) {
    let (row, named) = refused(&changed(assignment), |rows| rows.all());
    assert_eq!((row.as_str(), named), (described, field), "{assignment}");
}

#[test]
fn impossible_values_are_named() {
    let as_usual = "path \"/srv/a\", tag \"web\", port 5000";
    check("path = ''", "path", "path \"\", tag \"web\", port 5000");
    check("path = 'srv/a'", "path", "path \"srv/a\", tag \"web\", port 5000");
    check("path = '/srv/../a'", "path", "path \"/srv/../a\", tag \"web\", port 5000");
    check("path = '/srv/a/'", "path", "path \"/srv/a/\", tag \"web\", port 5000");
    check("path = CAST(x'2fff' AS TEXT)", "path", "path \"/\u{fffd}\", tag \"web\", port 5000");
    check("tag = char(10) || 'x'", "tag", "path \"/srv/a\", tag \"\\nx\", port 5000");
    check("tag = char(27) || '[2J'", "tag", "path \"/srv/a\", tag \"\\u{1b}[2J\", port 5000");
    check("tag = ' '", "tag", "path \"/srv/a\", tag \" \", port 5000");
    check("tag = ' web'", "tag", "path \"/srv/a\", tag \" web\", port 5000");
    check(
        "tag = replace(hex(zeroblob(128)), '00', 'tt')",
        "tag",
        &format!("path \"/srv/a\", tag \"{}\", port 5000", "t".repeat(256)),
    );
    check("port = 0", "port", "path \"/srv/a\", tag \"web\", port 0");
    check("port = 65536", "port", "path \"/srv/a\", tag \"web\", port 65536");
    check("port = -5", "port", "path \"/srv/a\", tag \"web\", port -5");
    check("project = ''", "project", as_usual);
    check("project = ' shop '", "project", as_usual);
    check("task = char(7)", "task", as_usual);
    check("created_at = -1", "created_at", as_usual);
    check("created_at = 253402300800", "created_at", as_usual);
    check("last_used_at = -1", "last_used_at", as_usual);
    check("last_used_at = 9223372036854775807", "last_used_at", as_usual);
    // Only in layout 1 that is a time.
    check("created_at = '1000'", "created_at", as_usual);
    check("last_used_at = '2000'", "last_used_at", as_usual);
}

#[test]
fn every_question_that_meets_the_row_is_refused() {
    let scene = changed("task = ''");
    let expected = ("path \"/srv/a\", tag \"web\", port 5000".to_owned(), "task");
    assert_eq!(refused(&scene, |rows| rows.all()), expected);
    assert_eq!(refused(&scene, |rows| rows.under(&path("/srv"))), expected);
    assert_eq!(refused(&scene, |rows| rows.at(&path("/srv/a"))), expected);
    assert_eq!(refused(&scene, |rows| rows.by_key(&key("/srv/a", "web"))), expected);
    assert_eq!(refused(&scene, |rows| rows.by_port(port(5000))), expected);
}

#[test]
fn a_row_that_is_not_asked_for_is_in_nobodys_way() {
    let scene = changed("port = 70000");
    let mut store = scene.store();
    let other = store.read(|rows| rows.by_key(&key("/srv/b", "")));
    assert_eq!(other.unwrap(), Some(row("/srv/b", "", 5001)));
    let all_ports = PortRange::new(port(1), port(u16::MAX)).unwrap();
    // Which port the other row had nobody knows, and so none is free.
    let ports = store.read(|rows| rows.ports_in(all_ports));
    assert!(matches!(ports, Err(StorageError::Damaged { .. })), "{ports:?}");
}
