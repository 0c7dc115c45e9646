//! What is stored, read back from every format for programs.

use std::iter::zip;

use rusqlite::Connection;
use trop_testkit::database::{self, Journal, Row, Value, Version};

use super::scene::{LATEST, Scene, Stored};
use super::{HOSTILE, check_harmless, spelled_out};
use crate::stage::Stage;

/// The fields that a text of RFC 4180 has in each of its lines.
fn csv(text: &str) -> Vec<Vec<String>> {
    let mut records = vec![vec![String::new()]];
    let mut is_quoted = false;
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        let record = records.last_mut().unwrap();
        match character {
            '"' if is_quoted && characters.next_if_eq(&'"').is_some() => record.last_mut().unwrap().push('"'),
            '"' => is_quoted = !is_quoted,
            ',' if !is_quoted => record.push(String::new()),
            '\n' if !is_quoted => records.push(vec![String::new()]),
            character => record.last_mut().unwrap().push(character),
        }
    }
    // Behind the last end of a line there is nothing.
    assert_eq!(records.pop(), Some(vec![String::new()]));
    records
}

fn json(text: &str) -> Vec<serde_json::Value> {
    serde_json::from_str(text).unwrap()
}

/// The same five fields of every format.
fn fields(stored: &Stored) -> [String; 5] {
    let Stored { path, tag, project, task, port } = stored;
    let shown = |text: &Option<String>| spelled_out(text.as_deref().unwrap_or_default());
    [port.to_string(), spelled_out(path), shown(tag), shown(project), shown(task)]
}

#[test]
fn json_gives_back_exactly_what_is_stored() {
    let scene = Scene::new();
    for more in [&[] as &[&str], &["--live"]] {
        let listed = json(&scene.trop(&[&["list", "--format=json"], more].concat()).run().expect(0).stdout);
        assert_eq!(listed.len(), scene.stored.len());
        for (row, Stored { path, tag, project, task, port }) in zip(&listed, &scene.stored) {
            let expected = serde_json::json!([port, path, tag, project, task]);
            assert_eq!(
                serde_json::json!([row["port"], row["path"], row["tag"], row["project"], row["task"]]),
                expected
            );
        }
    }
}

#[test]
fn a_line_of_csv_and_tsv_is_a_reservation_and_every_field_what_is_shown_of_it() {
    let scene = Scene::new();
    for (more, columns) in [(&[] as &[&str], 7), (&["--live"], 13)] {
        let listed = |format: &str| scene.trop(&[&["list", format], more].concat()).run().expect(0).stdout;
        let (comma_separated, tab_separated) = (listed("--format=csv"), listed("--format=tsv"));
        assert_eq!(comma_separated.lines().count(), 1 + scene.stored.len());
        let fields_of_line = |line: &str| line.split('\t').map(str::to_owned).collect::<Vec<_>>();
        for records in [csv(&comma_separated), tab_separated.lines().map(fields_of_line).collect()] {
            assert_eq!(records.len(), 1 + scene.stored.len());
            for (record, stored) in zip(&records[1..], &scene.stored) {
                assert_eq!((record.len(), &record[..5]), (columns, &fields(stored)[..]));
            }
        }
    }
}

#[test]
fn a_table_keeps_its_columns() {
    let scene = Scene::new();
    let table = scene.trop(&["list"]).run().expect(0).stdout;
    // None of it is wider than one column, but what stands above another character has none.
    let columns =
        |text: &str| text.chars().filter(|character| !('\u{300}'..='\u{489}').contains(character)).count();
    let (header, rows) = table.split_once('\n').unwrap();
    let before = |line: &str, end: &str| columns(line.split_once(end).unwrap().0);
    let path_at = before(header, "PATH");
    let created_at = before(header, "CREATED");
    assert_eq!(rows.lines().count(), scene.stored.len());
    for (line, stored) in zip(rows.lines(), &scene.stored) {
        assert_eq!(before(line, "~/"), path_at, "{line}");
        let (labels, _) = line.rsplit_once(" days ago").unwrap();
        let (labels, _) = labels.rsplit_once(" days ago").unwrap();
        assert_eq!(columns(labels.rsplit_once(' ').unwrap().0) + 1, created_at, "{line}");
        assert!(labels.contains(fields(stored)[2].trim_end()), "{line}");
    }
}

#[test]
fn what_is_stored_is_found_by_what_it_is() {
    let scene = Scene::new();
    for stored in &scene.stored {
        let Stored { path, tag, project, port, .. } = stored;
        let mut filters = vec![format!("--filter-path={path}")];
        filters.extend(tag.iter().map(|tag| format!("--filter-tag={tag}")));
        filters.extend(project.iter().map(|project| format!("--filter-project={project}")));
        let words: Vec<&str> =
            ["list", "--format=json"].into_iter().chain(filters.iter().map(String::as_str)).collect();
        let listed = json(&scene.trop(&words).run().expect(0).stdout);
        assert!(listed.iter().any(|row| row["port"] == *port), "{stored:?}");

        let path = format!("--path={path}");
        let words: Vec<String> = ["assert-reservation".to_owned(), path]
            .into_iter()
            .chain(tag.iter().map(|tag| format!("--tag={tag}")))
            .collect();
        let ran = scene.trop(&words.iter().map(String::as_str).collect::<Vec<_>>()).run().expect(0);
        assert_eq!(ran.stdout, format!("{port}\n"));
    }
}

#[test]
fn what_is_removed_is_a_line_and_exact_in_json() {
    for command in ["prune", "autoclean", "expire"] {
        let scene = Scene::new();
        let lines = scene.trop(&[command]).run().expect(0).stdout;
        assert_eq!(lines.lines().count(), scene.stored.len());
        for (line, stored) in zip(lines.lines(), &scene.stored) {
            let [port, path, tag, ..] = fields(stored);
            let reason = if command == "expire" { "expired" } else { "gone" };
            assert_eq!(line.split('\t').collect::<Vec<_>>(), [&port, &path, &tag, reason]);
        }
        let scene = Scene::new();
        let removed = json(&scene.trop(&[command, "--format=json"]).run().expect(0).stdout);
        assert_eq!(removed.len(), scene.stored.len());
        for (removal, Stored { path, tag, port, .. }) in zip(&removed, &scene.stored) {
            assert_eq!(
                serde_json::json!([removal["port"], removal["path"], removal["tag"]]),
                serde_json::json!([port, path, tag])
            );
        }
    }
}

/// Every command that reads or writes a database, where the database cannot be right.
#[track_caller]
fn check_refused(write: impl Fn(&camino::Utf8Path)) {
    for command in
        ["list", "reserve", "prune", "doctor", "assert-data-dir --validate", "init --overwrite --dry-run"]
    {
        for manner in ["--verbose", "--error-format=json"] {
            let stage = Stage::new();
            std::fs::create_dir(stage.data_directory()).unwrap();
            write(&stage.data_directory().join("trop.db"));
            let words = command.split(' ').chain(manner.split(' '));
            let ran = stage.trop(stage.directory("site"), words).env("TROP_SKIP_OCCUPANCY_CHECK", "1").run();
            assert!([Some(0), Some(1), Some(6)].contains(&ran.code), "{ran:?}");
            check_harmless(&ran, &format!("{command} {manner}"));
        }
    }
}

#[test]
fn impossible_values_are_shown_harmless() {
    let text = HOSTILE.concat();
    for version in [Version::LAYOUT_1, Version::Layout2, Version::Schema(LATEST)] {
        check_refused(|file| {
            let label = Value::Text(format!("{text}\n"));
            let good = Row::new("/srv/a", None, 5000);
            let path = Value::Text(format!("relative/{text}"));
            let (project, task) = (label.clone(), label.clone());
            let rows = [
                Row { tag: label, port: 5001.into(), ..good.clone() },
                Row { path, port: 5002.into(), ..good.clone() },
                Row { project, task, path: Value::Text("/srv/b".to_owned()), port: 5003.into(), ..good },
            ];
            database::write(file, version, &rows, Journal::Delete);
        });
    }
}

#[test]
fn names_and_marks_of_somebody_elses_are_shown_harmless() {
    let text = HOSTILE.concat().replace(['\'', '"'], "");
    for statement in [
        format!("CREATE TABLE \"{text}\" (x)"),
        format!("CREATE VIEW \"{text}\" AS SELECT 1"),
        format!("UPDATE metadata SET value = '{text}' WHERE key = 'schema_version'"),
        format!("CREATE TRIGGER \"{text}\" AFTER INSERT ON reservations BEGIN SELECT 1; END"),
        format!("CREATE INDEX \"{text}\" ON reservations (task)"),
        format!("ALTER TABLE reservations ADD COLUMN \"{text}\" TEXT"),
    ] {
        for version in [Some(Version::LAYOUT_1), Some(Version::Layout2), Some(Version::Schema(LATEST)), None]
        {
            check_refused(|file| {
                if let Some(version) = version {
                    database::write(file, version, &[Row::new("/srv/a", None, 5000)], Journal::Delete);
                }
                // Of no table nothing can be changed.
                let _ = Connection::open(file).unwrap().execute_batch(&statement);
            });
        }
    }
}
