//! The JSON of single commands.

use serde_json::{Value, from_str, json};
use trop_model::{Change, RemovalReason};
use trop_output::{DryRun, write_initialized, write_migrated, write_removed, write_reserved};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, changes, files, path, row, written};

#[test]
fn reserve_answers_in_one_line() {
    let row = row(5000, "/srv/a", ["web", "", "main"]);
    assert_eq!(
        written(|out| write_reserved(out, &row, true)),
        r#"{"port": 5000, "path": "/srv/a", "tag": "web", "project": null, "task": "main", "created": true}"#
            .to_owned()
            + "\n"
    );
}

#[test]
fn reserve_answers_exactly() {
    let directory = format!("/srv/{HOSTILE}");
    let row = row(5000, &directory, ["a\u{202e}b", "", ""]);
    let text = written(|out| write_reserved(out, &row, false));
    assert_eq!(text.lines().count(), 1);
    assert_eq!(
        from_str::<Value>(&text).unwrap(),
        json!({
            "port": 5000,
            "path": directory,
            "tag": "a\u{202e}b",
            "project": null,
            "task": null,
            "created": false,
        })
    );
}

#[test]
fn release_lists_what_was_released() {
    #[track_caller]
    fn check(rows: &[&trop_model::Reservation], expected: &str) {
        assert_eq!(written(|out| write_removed(out, rows)).strip_suffix('\n'), Some(expected));
    }
    check(&[], r#"{"released": []}"#);
    check(
        &[&row(5000, "/srv/a", ["", "", ""]), &row(5001, "/srv/a", ["web", "shop", "main"])],
        r#"{"released": [{"port": 5000, "path": "/srv/a", "tag": null, "project": null, "task": null}, {"port": 5001, "path": "/srv/a", "tag": "web", "project": "shop", "task": "main"}]}"#,
    );
}

#[test]
fn migrate_lists_what_was_moved_and_what_made_room() {
    #[track_caller]
    fn check(changes: &[Change], expected: &str) {
        assert_eq!(written(|out| write_migrated(out, changes)).strip_suffix('\n'), Some(expected));
    }
    check(&[], r#"{"moved": [], "replaced": []}"#);
    let web = |port, directory| row(port, directory, ["web", "shop", "main"]);
    let replaced = Change::Remove { row: web(5001, "/srv/b"), reason: RemovalReason::Replaced };
    let moved = Change::Move { row: web(5000, "/srv/b"), from: web(5000, "/srv/a").key };
    check(
        &[replaced, moved],
        r#"{"moved": [{"port": 5000, "path": "/srv/b", "tag": "web", "project": "shop", "task": "main", "from_path": "/srv/a"}], "replaced": [{"port": 5001, "path": "/srv/b", "tag": "web", "project": "shop", "task": "main"}]}"#,
    );
}

#[test]
fn a_dry_run_has_the_same_fields_for_every_change() {
    let dry_run = DryRun {
        new_data_directory: Some(&path("/home/ann/.trop")),
        changes: &changes(),
        files: &files(),
        warnings: &["the \"range\" is\nfull".to_owned()],
    };
    let text = written(|out| dry_run.write_json(out));
    assert_eq!(text.lines().count(), 1);
    let parsed: Value = from_str(&text).unwrap();
    for change in parsed["changes"].as_array().unwrap() {
        assert_eq!(change.as_object().unwrap().len(), 9, "{change}");
    }
    snapshot!("output/dry-run", text.replace(", {\"action\"", ",\n{\"action\""));
}

#[test]
fn an_empty_dry_run_has_the_same_shape() {
    assert_eq!(
        written(|out| DryRun { new_data_directory: None, changes: &[], files: &[], warnings: &[] }
            .write_json(out)),
        "{\"dry_run\": true, \"changes\": [], \"warnings\": []}\n"
    );
}

#[test]
fn init_names_the_directory_and_the_file_that_it_wrote() {
    #[track_caller]
    fn check(directory: &str, created: bool, config: Option<&str>) {
        let file = config.map(path);
        let text = written(|out| write_initialized(out, &path(directory), created, file.as_ref()));
        assert_eq!(text.lines().count(), 1);
        let expected = json!({ "data_dir": directory, "created": created, "config": config });
        assert_eq!(from_str::<Value>(&text).unwrap(), expected);
    }
    check("/home/ann/.trop", true, None);
    check("/home/ann/.trop", false, Some("/home/ann/.trop/config.yaml"));
    check(&format!("/srv/{HOSTILE}"), false, Some(&format!("/srv/{HOSTILE}/config.yaml")));
}
