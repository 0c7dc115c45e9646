//! What moves, what stays, and what is said of it.

use serde_json::{Value, json};

use super::Scene;
use crate::database::Database;

#[test]
fn everything_of_a_reservation_stays_but_its_path() {
    let scene = Scene::new(&["a", "a web", "ab", "a/below"]);
    let a = scene.at("a");
    let labels = ["--project=shop", "--task=fix login"];
    scene.stage.reserve(&a, 0..=99, &labels).run().expect(0);
    let database = Database::of(scene.stage.data_directory());
    let set = "UPDATE reservations SET created_at = 1000 + port, last_used_at = 2000 + port";
    assert_eq!(database.change(set, []), Ok(4));
    let before = scene.listed();
    scene.rename("a", "b");
    scene.migrated("a", "b", &[], "note: moved 2 reservations from /a to /b\n");

    let b = scene.at("b");
    let moved = |row: &Value| {
        let mut row = row.clone();
        if row["path"] == json!(a.as_str()) {
            row["path"] = json!(b.as_str());
        }
        row
    };
    let mut expected: Vec<Value> = before.iter().map(moved).collect();
    expected.sort_by_key(|row| (row["path"].to_string(), !row["tag"].is_null()));
    assert_eq!(scene.listed(), expected);
    let shop = expected.iter().find(|row| row["project"] == json!("shop")).unwrap();
    assert_eq!((&shop["path"], &shop["task"]), (&json!(b.as_str()), &json!("fix login")));
    assert_eq!(database.valid_rows().len(), 4);
    assert_eq!(scene.reserve(&b, ""), scene.stage.ports.port(0));
    assert_eq!(scene.reserve(&b, "web"), scene.stage.ports.port(1));
}

#[test]
fn a_tree_moves_by_component() {
    let scene = Scene::new(&["a", "a/b", "a/b/c web", "ab", "a-b/c"]);
    scene.rename("a", "new");
    scene.migrated("a", "new", &["--recursive"], "note: moved 3 reservations from /a to /new\n");
    assert_eq!(scene.places(), ["a-b/c 4", "ab 3", "new 0", "new/b 1", "new/b/c web 2"]);
}

#[test]
fn a_tree_moves_into_itself() {
    let scene = Scene::new(&["a", "a/b", "a/b/b"]);
    let said = "note: moved 3 reservations from /a to /a/b\n\
                note: /a is still there; a reserve in it gets another port from now on\n";
    scene.migrated("a", "a/b", &["--recursive"], said);
    assert_eq!(scene.places(), ["a/b 0", "a/b/b 1", "a/b/b/b 2"]);
    let again = scene.reserve(scene.at("a"), "");
    assert_eq!(again, scene.stage.ports.port(3));
}

#[test]
fn a_tree_moves_onto_the_directory_above_it() {
    let scene = Scene::new(&["a/b", "a/b/b", "a web"]);
    scene.migrated("a/b", "a", &["--recursive", "--quiet"], "");
    assert_eq!(scene.places(), ["a 0", "a web 2", "a/b 1"]);
}

#[test]
fn to_and_fro_changes_nothing() {
    let scene = Scene::new(&["a", "a web", "a/b", "c"]);
    let before = scene.listed();
    scene.stage.directory("elsewhere");
    for more in [&[][..], &["--recursive"]] {
        scene.migrate("a", "elsewhere", more).run().expect(0);
        assert_ne!(scene.listed(), before);
        scene.migrate("elsewhere", "a", more).run().expect(0);
        assert_eq!(scene.listed(), before);
    }
}

#[test]
fn to_where_it_is_nothing_moves() {
    let scene = Scene::new(&["a"]);
    for more in [&[][..], &["--recursive"], &["--force"]] {
        scene.migrated("a", "a", more, "note: both directories are /a; nothing was changed\n");
    }
    assert_eq!(scene.places(), ["a 0"]);
}

#[test]
fn verbose_tells_of_each_reservation() {
    let scene = Scene::new(&["a", "a web"]);
    scene.rename("a", "b");
    let told = scene.migrate("a", "b", &["--verbose"]).run().expect(0).stderr;
    for expected in
        ["note: moved port <p00> from /a to /b\n", "note: moved port <p01> from /a to /b (tag web)\n"]
    {
        assert!(scene.shown(&told).contains(expected), "{told}");
    }
}

#[test]
fn json_tells_of_each_reservation() {
    let scene = Scene::new(&["a", "a web", "b"]);
    let ran = scene.migrate("a", "b", &["--force", "--format=json", "--quiet"]).run().expect(0);
    assert_eq!(ran.stderr, "");
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let row = |offset, tag: Option<&str>, from: Option<&str>| {
        let mut row = json!({
            "port": scene.stage.ports.port(offset),
            "path": scene.at("b").as_str(),
            "tag": tag,
            "project": null,
            "task": null,
        });
        if let Some(from) = from {
            row["from_path"] = json!(scene.at(from).as_str());
        }
        row
    };
    let moved = [row(0, None, Some("a")), row(1, Some("web"), Some("a"))];
    assert_eq!(answer, json!({ "moved": moved, "replaced": [row(2, None, None)] }));
    let nothing = scene.migrate("a", "b", &["--recursive", "--format=json"]).run().expect(0);
    assert_eq!(nothing.stdout, "{\"moved\": [], \"replaced\": []}\n");
}
