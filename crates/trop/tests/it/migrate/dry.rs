//! A dry run is the real plan.

use serde_json::{Value, json};

use super::Scene;
use crate::tree::tree_without_logs;

#[test]
fn what_is_shown_is_what_happens() {
    let scene = Scene::new(&["a", "a web", "a/x", "b web", "b/y"]);
    let before = tree_without_logs(scene.stage.sandbox.home());
    let options = ["--recursive", "--force"];
    let dry = scene.migrate("a", "b", &[&options[..], &["--dry-run", "--format=json", "--quiet"]].concat());
    let dry: Value = serde_json::from_str(&dry.run().expect(0).stdout).unwrap();
    let in_words = scene.migrate("a", "b", &[&options[..], &["--dry-run"]].concat()).run().expect(0);
    assert_eq!(tree_without_logs(scene.stage.sandbox.home()), before);
    assert_eq!(in_words.stdout, "");
    assert_eq!(
        scene.shown(&in_words.stderr),
        "would remove the reservation of port <p03> for /b (tag web): another one takes its place\n\
         would move port <p00> from /a to /b\n\
         would move port <p01> from /a to /b (tag web)\n\
         would move port <p02> from /a/x to /b/x\n"
    );

    let real = scene.migrate("a", "b", &[&options[..], &["--format=json"]].concat()).run().expect(0);
    let real: Value = serde_json::from_str(&real.stdout).unwrap();
    let planned = |action: &str| -> Vec<&Value> {
        let changes = dry["changes"].as_array().unwrap();
        changes.iter().filter(|change| change["action"] == json!(action)).collect()
    };
    let check = |planned: &[&Value], done: &Value, fields: &[&str]| {
        assert_eq!(planned.len(), done.as_array().unwrap().len());
        for (planned, done) in planned.iter().zip(done.as_array().unwrap()) {
            for field in fields {
                assert_eq!(planned[field], done[field], "{field} of {done}");
            }
        }
    };
    let fields = ["port", "path", "tag", "project", "task", "from_path"];
    check(&planned("move"), &real["moved"], &fields);
    check(&planned("remove"), &real["replaced"], &fields);
    assert_eq!(planned("remove")[0]["reason"], json!("replaced"));
    assert_eq!((planned("move").len(), planned("remove").len()), (3, 1));
}

#[test]
fn nothing_to_do_is_said() {
    let scene = Scene::new(&["a"]);
    scene.stage.directory("b");
    for (from, to) in [("a", "a"), ("b", "a")] {
        scene.migrated(from, to, &["--recursive", "--dry-run"], "would change nothing\n");
    }
}
