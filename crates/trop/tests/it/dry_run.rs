//! A dry run is the real plan, and nothing is written.

use serde_json::{Value, json};

use trop_testkit::{Invocation, Sandbox};

use crate::stage::Stage;

fn trop(sandbox: &Sandbox, arguments: &[&str]) -> Invocation {
    sandbox.trop(arguments).env("TROP_SKIP_OCCUPANCY_CHECK", "yes")
}

/// The changes that a dry run shows as JSON. In words it shows as many lines on stderr, and nothing on stdout.
#[track_caller]
fn planned(sandbox: &Sandbox, arguments: &[&str]) -> Vec<Value> {
    let in_words = trop(sandbox, &[arguments, &["--dry-run"]].concat()).run().expect(0);
    assert_eq!(in_words.stdout, "");
    let json =
        trop(sandbox, &[arguments, &["--dry-run", "--format", "json", "--quiet"]].concat()).run().expect(0);
    assert_eq!(json.stderr, "");
    let shown: Value = serde_json::from_str(&json.stdout).unwrap();
    assert_eq!((&shown["dry_run"], shown["warnings"].is_array()), (&json!(true), true));
    let changes = shown["changes"].as_array().unwrap().clone();
    let lines = in_words.stderr.lines().filter(|line| line.starts_with("would ")).count();
    assert_eq!(lines, changes.len().max(1), "{}", in_words.stderr);
    changes
}

fn summary(changes: &[Value]) -> Vec<(&str, Option<u64>, Option<&str>)> {
    changes
        .iter()
        .map(|change| {
            (change["action"].as_str().unwrap(), change["port"].as_u64(), change["reason"].as_str())
        })
        .collect()
}

#[test]
fn what_is_shown_is_what_happens() {
    let sandbox = Stage::sandbox();
    let reserve = ["reserve"];
    let first = planned(&sandbox, &reserve);
    assert_eq!(summary(&first), [("initialize", None, None), ("reserve", Some(5000), None)]);
    assert!(!sandbox.home().join(".trop").exists());

    assert_eq!(trop(&sandbox, &["reserve"]).run().expect(0).stdout, "5000\n");
    assert_eq!(summary(&planned(&sandbox, &reserve)), [("refresh", Some(5000), None)]);

    let moved = ["reserve", "--overwrite", "--port", "5005"];
    let change = planned(&sandbox, &moved).remove(0);
    assert_eq!(
        (&change["action"], &change["port"], &change["previous_port"]),
        (&json!("replace"), &json!(5005), &json!(5000))
    );
    assert_eq!(trop(&sandbox, &moved).run().expect(0).stdout, "5005\n");

    let clean = ["reserve", "--tag", "web", "--min=5005", "--max=5005"];
    trop(&sandbox, &[&clean[..], &["--dry-run"]].concat()).run().expect(8);
    let gone = sandbox.directory("site/gone");
    trop(&sandbox, &["reserve", "--port", "5006"]).in_dir(&gone).run().expect(0);
    std::fs::remove_dir(&gone).unwrap();
    let clean = ["reserve", "--tag", "web", "--min=5005", "--max=5006"];
    assert_eq!(
        summary(&planned(&sandbox, &clean)),
        [("remove", Some(5006), Some("gone")), ("reserve", Some(5006), None)]
    );
    assert_eq!(trop(&sandbox, &clean).run().expect(0).stdout, "5006\n");

    let release = ["release", "--tag", "web"];
    assert_eq!(summary(&planned(&sandbox, &release)), [("remove", Some(5006), Some("released"))]);
    trop(&sandbox, &release).run().expect(0);
    assert_eq!(summary(&planned(&sandbox, &release)), []);
}

#[test]
fn every_change_has_the_same_fields() {
    let sandbox = Stage::sandbox();
    for command in ["init", "reserve"] {
        for change in planned(&sandbox, &[command]) {
            let fields: Vec<&String> = change.as_object().unwrap().keys().collect();
            assert_eq!(fields.len(), 9, "{fields:?}");
        }
    }
}

#[test]
fn it_fails_where_the_real_run_would() {
    let sandbox = Stage::sandbox();
    trop(&sandbox, &["reserve"]).run().expect(0);
    for (arguments, code) in [
        (&["reserve", "--path", "/elsewhere"] as &[&str], 1),
        (&["reserve", "--port", "5001", "--strict-port"], 8),
        (&["reserve", "--tag", "x", "--min=5000", "--max=5000"], 8),
        (&["reserve", "--tag", "x", "--data-dir=/dev/null/x"], 5),
        (&["reserve", "--tag", "x", "--data-dir=missing", "--disable-autoinit"], 3),
    ] {
        let real = trop(&sandbox, arguments).run().expect(code);
        let dry = trop(&sandbox, &[arguments, &["--dry-run"]].concat()).run().expect(code);
        assert_eq!((dry.stdout.as_str(), dry.stderr), ("", real.stderr));
    }
}

#[test]
fn warnings_are_in_the_json() {
    let sandbox = Stage::sandbox();
    let ran = trop(&sandbox, &["reserve", "--path", "missing", "--dry-run", "--format=json"]).run().expect(0);
    let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(
        shown["warnings"],
        json!([format!("the directory {}/missing does not exist", sandbox.directory("site"))])
    );
}
