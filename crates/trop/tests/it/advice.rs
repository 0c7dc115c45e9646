//! Commands that errors offer: pasted into another shell, they reach the data directory that was meant, and no other.

use std::fs;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};

use crate::database::Database;
use crate::stage::Stage;

/// The command in that text that begins so, up to the end of its last word in quotation marks.
#[track_caller]
fn command_in<'t>(text: &'t str, beginning: &str) -> &'t str {
    let start = text.find(beginning).unwrap_or_else(|| panic!("no {beginning:?} in {text}"));
    let mut quotes = text[start..].match_indices('\'').map(|(at, _)| start + at);
    let end = quotes.nth(1).unwrap_or_else(|| panic!("{beginning:?} names no directory in {text}"));
    &text[start..=end]
}

/// Runs the command in a shell that has a home, and no variable of trop's.
#[track_caller]
fn paste(stage: &Stage, command: &str) {
    let trop = stage.trop("/", [""; 0]).command;
    let directory = Utf8Path::from_path(trop.get_program().as_ref()).unwrap().parent().unwrap().to_owned();
    let mut shell = Command::new("sh");
    shell.args(["-c", command]).current_dir("/").env_clear();
    shell.env("HOME", stage.sandbox.home()).env("PATH", format!("{directory}:/usr/bin:/bin"));
    let output = shell.output().unwrap();
    assert!(output.status.success(), "{command}: {output:?}");
}

/// A healthy database in the home, and a junk one in another place.
fn junk_elsewhere(stage: &Stage) -> Utf8PathBuf {
    stage.reserved(stage.directory("project"), 0..=9);
    let elsewhere = stage.directory("else where");
    fs::write(elsewhere.join("trop.db"), "junk").unwrap();
    elsewhere
}

#[test]
fn a_database_that_is_started_over_as_advised_is_the_damaged_one() {
    let stage = Stage::new();
    let elsewhere = junk_elsewhere(&stage);
    let rows = Database::of(stage.data_directory()).valid_rows();
    let ran = stage.trop("/", ["list"]).env("TROP_DATA_DIR", &elsewhere).run().expect(6);
    paste(&stage, command_in(&ran.stderr, "trop init --overwrite"));
    assert_eq!(Database::of(stage.data_directory()).valid_rows(), rows);
    assert_eq!(Database::of(&elsewhere).valid_rows(), []);
}

#[test]
fn starting_over_names_the_directory_even_where_it_is_the_usual_one() {
    let stage = Stage::new();
    fs::create_dir(stage.data_directory()).unwrap();
    fs::write(stage.data_directory().join("trop.db"), "junk").unwrap();
    let ran = stage.trop("/", ["list"]).run().expect(6);
    let expected = format!("trop init --overwrite --data-dir='{}'", stage.data_directory());
    assert_eq!(command_in(&ran.stderr, "trop init"), expected);
}

/// With the data directory named in either way, every command that the error mentions names it.
#[track_caller]
fn check(arguments: &[&str], code: i32, commands: &[&str]) {
    let stage = Stage::new();
    let (project, data) = (stage.directory("project"), stage.sandbox.root().join("da ta"));
    let reserve = |name: &str| stage.reserve(stage.directory(name), 0..=0, &[]).env("TROP_DATA_DIR", &data);
    if code == 8 {
        reserve("other").run().expect(0);
    }
    let run = || {
        let port = stage.ports.port(0).to_string();
        stage.trop(&project, arguments).env("TROP_PORT_MIN", &port).env("TROP_PORT_MAX", &port)
    };
    let mut by_flag = run();
    by_flag.command.arg("--data-dir=../da ta");
    for ran in [by_flag, run().env("TROP_DATA_DIR", &data)] {
        let ran = ran.run().expect(code);
        for command in commands {
            assert_eq!(command_in(&ran.stderr, command), format!("{command} --data-dir='{data}'"));
        }
    }
}

#[test]
fn whatever_command_is_mentioned_names_the_data_directory_that_was_named() {
    check(&["reserve", "--disable-autoinit"], 3, &["trop init"]);
    check(&["reserve"], 8, &["trop list", "trop release"]);
    check(&["autoreserve"], 7, &["trop reserve-group"]);
}

#[test]
fn a_file_that_can_be_no_configuration_comes_with_a_way_out() {
    let stage = Stage::new();
    let project = stage.directory("project");
    let nested = format!("project: {}\n", "[".repeat(40) + &"]".repeat(40));
    for (content, help) in [
        (vec![b'#'; (1 << 20) + 1], "make it shorter"),
        (b"project: caf\xe9\n".to_vec(), "UTF-8"),
        (nested.into_bytes(), "leave out"),
    ] {
        fs::write(project.join("trop.yaml"), content).unwrap();
        let ran = stage.trop(&project, ["list", "--error-format=json"]).run().expect(7);
        let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
        assert!(error["help"].as_str().is_some_and(|said| said.contains(help)), "{error}");
    }
}

#[test]
fn flags_that_contradict_each_other_come_with_one_way_out() {
    let stage = Stage::new();
    let ran = stage.trop(stage.directory("project"), ["reserve", "--min=6000", "--max=5000"]).run().expect(4);
    let help: Vec<&str> = ran.stderr.lines().filter(|line| line.contains("help: ")).collect();
    assert_eq!(help.len(), 1, "{}", ran.stderr);
    assert!(help[0].contains("lower the one or raise the other"), "{}", ran.stderr);
}
