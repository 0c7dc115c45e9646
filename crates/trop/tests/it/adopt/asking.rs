//! Until somebody writes, everybody is shown what adoption would give, and the file stays what it is.

use std::fs;

use serde_json::Value;

use trop_testkit::database::{Journal, Version};

use crate::adopt::old::{Old, some_rows};
use crate::stage::port;
use crate::tree::{Tree, tree, tree_without_logs};

/// Every command that asks, has nothing to do, or only says what it would do.
const ASKING: &[&[&str]] = &[
    &["list"],
    &["list", "--format=json"],
    &["list", "--live"],
    &["port-info", "5000"],
    &["list-projects"],
    &["show-path"],
    &["show-path", "--path=/srv/shop"],
    &["show-data-dir"],
    &["config", "show"],
    &["assert-data-dir"],
    &["assert-data-dir", "--validate"],
    &["release"],
    &["release", "--recursive"],
    &["release", "--tag=none"],
    &["expire", "--days=40000"],
    &["reserve", "--dry-run"],
    &["reserve", "--dry-run", "--path=/srv/shop", "--allow-unrelated-path"],
    &["reserve", "--dry-run", "--overwrite", "--path=/srv/shop", "--allow-unrelated-path"],
    &["release", "--dry-run"],
    &["release", "--dry-run", "--path=/srv/shop", "--allow-unrelated-path"],
    &["prune", "--dry-run"],
    &["autoclean", "--dry-run"],
    &["exec", "--dry-run", "--", "true"],
    &["exclude", "1", "--global", "--dry-run"],
    &["init", "--dry-run"],
];

fn every_old_database() -> impl Iterator<Item = Old> {
    [Version::LAYOUT_1, Version::Layout2]
        .into_iter()
        .flat_map(|version| Journal::ALL.map(|journal| Old::with_rows(version, &some_rows(), journal)))
}

/// What must not change: where everything is in the one file, nothing may come to be beside it either.
fn state(old: &Old) -> Tree {
    let is_whole = !old.directory().join("trop.db-wal").exists();
    if is_whole { tree(old.directory()) } else { tree_without_logs(old.directory()) }
}

#[test]
fn nothing_is_written() {
    for old in every_old_database() {
        let before = (state(&old), old.rows());
        for arguments in ASKING {
            let _ = old.trop(arguments).run().expect(0);
            assert_eq!((state(&old), old.rows()), before, "{arguments:?}");
        }
    }
}

#[test]
fn groups_are_planned_and_nothing_is_written() {
    for old in every_old_database() {
        let tropfile = old.stage.directory("anywhere").join("trop.yaml");
        fs::write(&tropfile, "reservations: {services: {web: {offset: 0}, api: {offset: 1}}}\n").unwrap();
        let before = (state(&old), old.rows());
        for arguments in
            [&["autoreserve", "--dry-run"][..], &["reserve-group", tropfile.as_str(), "--dry-run"]]
        {
            let ran = old.trop(arguments).run().expect(0);
            // 5000, 5001 and 5002 are stored.
            assert!(ran.stderr.contains("5003") && ran.stderr.contains("5004"), "{}", ran.stderr);
            assert_eq!((state(&old), old.rows()), before, "{arguments:?}");
        }
    }
}

#[test]
fn a_list_shows_the_same_before_and_after() {
    for old in every_old_database() {
        let shown = || {
            ["json", "csv", "tsv"]
                .map(|format| old.trop(&["list", &format!("--format={format}")]).run().expect(0).stdout)
        };
        let before = shown();
        assert_eq!(before[1].lines().count(), 1 + some_rows().len());
        let path = ["--path=/srv/nobody", "--allow-unrelated-path"];
        old.trop(&["reserve", path[0], path[1]]).run().expect(0);
        old.trop(&["release", path[0], path[1]]).run().expect(0);
        assert_eq!(shown(), before);
    }
}

#[test]
fn a_list_has_nothing_to_say() {
    for old in every_old_database() {
        let projects = old.trop(&["list-projects"]).run().expect(0);
        assert_eq!((projects.stdout.as_str(), projects.stderr.as_str()), ("shop\n", ""));
        assert_eq!(old.trop(&["list"]).run().expect(0).stderr, "");
    }
}

#[test]
fn a_dry_run_is_the_real_plan_and_says_that_the_file_would_be_migrated() {
    for old in every_old_database() {
        let stored = ["reserve", "--path=/srv/ünïcode/日本", "--allow-unrelated-path"];
        for (arguments, action) in [(&stored[..], "refresh"), (&["reserve"], "reserve")] {
            let dry = old.trop(&[arguments, &["--dry-run", "--format=json"]].concat()).run().expect(0);
            let plan: Value = serde_json::from_str(&dry.stdout).unwrap();
            let changes = plan["changes"].as_array().unwrap();
            let change = changes.iter().find(|change| change["action"] == action).unwrap();
            let people = old.trop(&[arguments, &["--dry-run"]].concat()).run().expect(0);
            assert_eq!(people.stdout, "");
            let says_so =
                people.stderr.contains("migrate") && people.stderr.contains(old.database().as_str());
            assert_eq!(says_so, action == "refresh", "{}", people.stderr);

            let real = old.trop(arguments).run().expect(0);
            assert_eq!(change["port"], port(&real.stdout));
        }
        assert_eq!(old.copies().len(), 1);
    }
}

#[test]
fn a_release_adopts_when_it_has_something_to_remove() {
    for old in every_old_database() {
        let mut expected = old.rows();
        old.trop(&["release", "--path=/srv/nobody", "--allow-unrelated-path"]).run().expect(0);
        assert_eq!(old.copies(), [""; 0]);
        let ran =
            old.trop(&["release", "--path=/srv/shop", "--tag=web", "--allow-unrelated-path"]).run().expect(0);
        assert!(ran.stderr.contains("before-migration"), "{}", ran.stderr);
        expected.retain(|row| row.tag != "web");
        assert_eq!(old.rows(), expected);
        assert_eq!(old.copies().len(), 1);
    }
}

#[test]
fn somebody_who_reads_keeps_nobody_from_adopting() {
    for old in every_old_database() {
        let reader = rusqlite::Connection::open(old.database()).unwrap();
        reader.execute_batch("SELECT * FROM reservations").unwrap();
        let ran = old.trop(&["reserve"]).run().expect(0);
        assert!(ran.stderr.contains("before-migration"), "{}", ran.stderr);
        assert_eq!(old.rows().len(), some_rows().len() + 1);
        drop(reader);
        assert_eq!(old.rows().len(), some_rows().len() + 1);
    }
}

#[test]
fn whoever_writes_to_an_old_database_is_waited_for() {
    for old in every_old_database() {
        let writer = rusqlite::Connection::open(old.database()).unwrap();
        let change = "BEGIN IMMEDIATE; UPDATE reservations SET last_used_at = last_used_at + 1";
        writer.execute_batch(change).unwrap();
        let list = old.trop(&["list", "--format=csv", "--busy-timeout=0"]).run().expect(0);
        assert_eq!(list.stdout.lines().count(), 1 + some_rows().len());
        old.trop(&["reserve", "--busy-timeout=0"]).run().expect(2);
        assert_eq!(old.copies(), [""; 0]);
        writer.execute_batch("COMMIT").unwrap();
        drop(writer);
        let written = old.rows();
        old.trop(&["reserve"]).run().expect(0);
        let mut after = old.rows();
        after.retain(|row| written.contains(row));
        assert_eq!(after, written);
    }
}
