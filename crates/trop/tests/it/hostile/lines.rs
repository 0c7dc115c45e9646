//! Lines that are a path or a name and nothing else: exact for programs, harmless on a terminal.

use std::fs;

use trop_testkit::{need, skip_unless};

use super::scene::{Scene, labels};
use super::{HOSTILE, check_harmless, spelled_out};
use crate::terminal::{at_a_terminal, script};

#[test]
fn a_path_alone_is_exact_for_programs() {
    let scene = Scene::new();
    for (command, expected) in [
        (&["show-path"] as &[&str], &scene.directory),
        (&["show-path", "--canonicalize"], &scene.directory),
        (&["show-data-dir"], &scene.data_directory()),
        (&["assert-data-dir"], &scene.data_directory()),
    ] {
        assert_eq!(scene.trop(command).run().expect(0).stdout, format!("{expected}\n"), "{command:?}");
    }
}

#[test]
fn a_path_alone_is_harmless_on_a_terminal() {
    skip_unless!(script());
    skip_unless!(need::tool("sh"));
    let scene = Scene::new();
    for (command, expected) in [
        (&["show-path"] as &[&str], &scene.directory),
        (&["show-data-dir"], &scene.data_directory()),
        (&["assert-data-dir"], &scene.data_directory()),
    ] {
        let shown = at_a_terminal(&scene.trop(command)).output().unwrap().stdout;
        assert_eq!(String::from_utf8(shown).unwrap(), format!("{}\r\n", spelled_out(expected.as_str())));
    }
}

#[test]
fn of_several_paths_each_is_a_line() {
    for (name, is_exact) in HOSTILE.map(|name| (name, !name.contains('\n'))) {
        let scene = Scene::new();
        let home = scene.stage.directory("other");
        let directory = home.join(name);
        fs::create_dir(&directory).unwrap();
        for file in ["trop.yaml", "trop.local.yaml"] {
            fs::write(directory.join(file), "").unwrap();
        }
        let lines = scene.trop_in(&directory, &["config", "path"]).env("HOME", &home).run().expect(0).stdout;
        let expected: String = ["trop.local.yaml", "trop.yaml"]
            .map(|file| directory.join(file).into_string())
            .map(|path| format!("{}\n", if is_exact { path } else { spelled_out(&path) }))
            .concat();
        assert_eq!(lines, expected);
    }
}

#[test]
fn projects_are_exact_for_programs_and_harmless_on_a_terminal() {
    skip_unless!(script());
    skip_unless!(need::tool("sh"));
    let scene = Scene::new();
    let mut expected: Vec<&str> = labels().collect();
    expected.sort_unstable();
    let lines = scene.trop(&["list-projects"]).run().expect(0).stdout;
    assert_eq!(lines.strip_suffix('\n').unwrap().split('\n').collect::<Vec<_>>(), expected);
    let shown = at_a_terminal(&scene.trop(&["list-projects"])).output().unwrap().stdout;
    let expected: String = expected.iter().map(|label| format!("{}\r\n", spelled_out(label))).collect();
    assert_eq!(String::from_utf8(shown).unwrap(), expected);
}

#[test]
fn commands_that_are_offered_for_pasting_have_nothing_in_them_that_was_escaped() {
    let scene = Scene::new();
    let ran = scene.trop(&["doctor", "--format=json"]).run().expect(1);
    check_harmless(&ran, "doctor");
    let health: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    let checks = health["checks"].as_array().unwrap().iter();
    let commands: Vec<&str> = checks
        .flat_map(|check| check["commands"].as_array().unwrap())
        .map(|command| command.as_str().unwrap())
        .collect();
    assert!(!commands.is_empty());
    assert!(
        commands.iter().all(|command| !command.contains("\\u{") && spelled_out(command) == *command),
        "{commands:?}"
    );
}
