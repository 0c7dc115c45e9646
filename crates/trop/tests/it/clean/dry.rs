//! A dry run is the real plan.

use serde_json::{Value, json};

use super::Scene;
use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::tree::tree_without_logs;

/// Every command that cleans up, in every way.
const COMMANDS: [&[&str]; 6] = [
    &["prune"],
    &["prune", "--force"],
    &["expire"],
    &["expire", "--days=50"],
    &["autoclean"],
    &["autoclean", "--days=50"],
];

/// Something for each of them.
fn scene() -> Scene {
    let scene = Scene::new(&["alive", "both", "gone", "gone web", "old", "older"]);
    scene.remove(&["both", "gone"]);
    scene.leave_unused(&["both", "old"], 40);
    scene.leave_unused(&["older"], 60);
    let unmounted = ["--path=/mnt/trop-no-such-disk/project", "--allow-unrelated-path"];
    scene.stage.reserve(scene.at("site"), 0..=99, &unmounted).run().expect(0);
    scene
}

#[test]
fn what_is_shown_is_what_happens() {
    for command in COMMANDS {
        let scene = scene();
        let before = (tree_without_logs(scene.stage.sandbox.home()), scene.database.rows());
        let run = |more: &[&str]| scene.trop(&[command, more].concat()).run().expect(0);
        let words = run(&["--dry-run"]);
        let quiet = run(&["--dry-run", "--quiet"]);
        let json = run(&["--dry-run", "--format=json", "--quiet"]);
        assert_eq!((tree_without_logs(scene.stage.sandbox.home()), scene.database.rows()), before);
        let real = run(&["--format=json"]);

        let shown: Value = serde_json::from_str(&json.stdout).unwrap();
        let planned: Vec<Value> = shown["changes"].as_array().unwrap().iter().map(removal).collect();
        let done: Vec<Value> = serde_json::from_str(&real.stdout).unwrap();
        assert_eq!(planned, done, "{command:?}");
        assert_eq!(scene.database.rows().len(), before.1.len() - done.len());

        assert_eq!((words.stdout.as_str(), json.stderr.as_str()), ("", ""));
        assert_eq!((quiet.stdout.as_str(), quiet.stderr.as_str()), ("", ""));
        let lines =
            words.stderr.lines().filter(|line| line.starts_with("would remove the reservation of port "));
        assert_eq!(lines.count(), done.len(), "{}", words.stderr);
        let warned: Vec<&str> =
            real.stderr.lines().filter_map(|line| line.strip_prefix("warning: ")).collect();
        assert_eq!(shown["warnings"], json!(warned));
        assert!(warned.iter().all(|warning| words.stderr.contains(warning)), "{}", words.stderr);
    }
}

/// The fields of a planned removal that the real one has.
#[track_caller]
fn removal(change: &Value) -> Value {
    assert_eq!(change["action"], "remove");
    json!({
        "port": change["port"], "path": change["path"], "tag": change["tag"], "reason": change["reason"],
    })
}

#[test]
fn it_fails_where_the_real_run_would() {
    #[track_caller]
    fn check(scene: &Scene, command: &[&str], code: i32) {
        let real = scene.trop(command).run().expect(code);
        let dry = scene.trop(&[command, &["--dry-run"]].concat()).run().expect(code);
        assert_eq!((real.stdout.as_str(), dry.stdout.as_str()), ("", ""));
        // What the system says to a look and to a try differs.
        let error =
            |stderr: &str| stderr.lines().find(|line| line.starts_with("error: ")).map(ToOwned::to_owned);
        assert_eq!((error(&real.stderr).is_some(), error(&dry.stderr)), (code != 0, error(&real.stderr)));
    }
    for command in [&["prune"][..], &["expire", "--days=1"], &["autoclean"]] {
        let scene = Scene::on(Stage::of_ordinary_user(), &["alive", "gone"]);
        let data_directory = scene.stage.data_directory();
        let read_only = ReadOnly::new(&data_directory);
        let database = scene.stage.data_directory().join("trop.db");
        let read_only_file = ReadOnly::new(&database);
        check(&scene, command, 0);
        scene.remove(&["gone"]);
        drop((read_only, read_only_file));
        scene.leave_unused(&["gone"], 40);
        let before = scene.database.rows();
        let (_directory, _file) = (ReadOnly::new(&data_directory), ReadOnly::new(&database));
        check(&scene, command, 5);
        assert_eq!(scene.database.rows(), before);
    }
    let scene = Scene::new(&["gone"]);
    scene.database.tamper("UPDATE metadata SET value = '9999' WHERE key = 'schema_version'");
    check(&scene, &["autoclean"], 6);
}
