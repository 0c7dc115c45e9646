//! Text that is very long: people get a readable part of it, programs all.

use std::fs;

use trop_testkit::database::{self, Journal, Row, Value, Version};

use super::check_harmless;
use super::scene::LATEST;
use crate::commands::OWN_CODES;
use crate::groups::Project;
use crate::stage::Stage;

/// What a reader may be expected to look at, in bytes.
const READABLE: usize = 8_192;

/// A directory as deep as a path may be long, without being there.
fn long_path() -> String {
    format!("/srv{}", "/deep-directory".repeat(260))
}

fn stage_with_long_rows() -> Stage {
    let stage = Stage::new();
    fs::create_dir(stage.data_directory()).unwrap();
    let label = Value::Text("\u{202e}".repeat(85));
    let row = Row {
        tag: label.clone(),
        project: label.clone(),
        task: label,
        ..Row::new(&long_path(), None, stage.ports.first())
    };
    let file = stage.data_directory().join("trop.db");
    database::write(&file, Version::Schema(LATEST), &[row, Row::new("/srv/b", None, 5001)], Journal::Delete);
    stage
}

#[test]
fn a_table_is_cut_and_nothing_else() {
    let stage = stage_with_long_rows();
    let listed = |more: &str| stage.trop(stage.directory("site"), ["list", more]).run().expect(0).stdout;
    let table = listed("--format=table");
    assert!(table.lines().all(|line| line.chars().count() < 1_000), "{table}");
    assert!(
        table.contains("/srv/deep-directory/") && table.contains('…') && table.contains("y/deep-directory  "),
        "{table}"
    );
    assert!(listed("--show-full-paths").contains(&long_path()));
    let label = "\u{202e}".repeat(85);
    for format in ["--format=csv", "--format=tsv"] {
        assert!(listed(format).contains(&format!(
            "{}{}",
            long_path(),
            if format.ends_with("csv") { "," } else { "\t" }
        )));
        assert!(listed(format).contains(&super::spelled_out(&label)));
    }
    let rows: serde_json::Value = serde_json::from_str(&listed("--format=json")).unwrap();
    assert!(rows.as_array().unwrap().iter().any(|row| row["path"] == long_path() && row["tag"] == label));
}

#[test]
fn a_megabyte_in_a_configuration_is_an_error_that_can_be_read() {
    let long = "x".repeat(1_000_000);
    for text in [
        format!("{long}: 1\n"),
        format!("project: {long}\n"),
        format!("output_format: {long}\n"),
        format!("ports: {{min: {long}}}\n"),
        format!("excluded_ports: [{long}]\n"),
        format!("reservations: {{services: {{{long}: {{}}}}}}\n"),
        format!("reservations: {{services: {{web: {{env: {long}}}}}}}\n"),
        format!("reservations: {{services: {{web: {{{long}: 1}}}}}}\n"),
        format!("a: &{long} 1\n"),
        format!("a: *{long}\n"),
        format!("a: !{long} 1\n"),
        format!("%{long}\n"),
        format!("a: [{long}\n"),
    ] {
        let project = Project::new("");
        fs::write(project.directory.join("trop.yaml"), &text).unwrap();
        for words in
            [&["validate", "trop.yaml"] as &[&str], &["list"], &["list", "--verbose"], &["config", "show"]]
        {
            let ran = project.trop(words).run();
            assert!([Some(1), Some(7)].contains(&ran.code), "{:?}", ran.code);
            assert!(ran.stderr.len() < READABLE, "{words:?}, {}: {}", &text[..40], ran.stderr.len());
            check_harmless(&ran, "a megabyte");
        }
    }
}

#[test]
fn the_longest_words_are_answered_in_what_can_be_read() {
    // A word of a command line has 128 KiB at most (execve(2)).
    let long = "\u{1b}".repeat(100_000);
    let stage = Stage::new();
    for words in [
        &["list", &long] as &[&str],
        &["list", &format!("--{long}")],
        &["list", &format!("--format={long}")],
        &["reserve", &format!("--tag={long}")],
        &["reserve", &format!("--min={long}")],
        &["reserve", &format!("--path={long}")],
        &["reserve", &format!("--data-dir={long}")],
        &["validate", &long],
        &["port-info", &long],
        &["exclude", &long],
        &[&long],
    ] {
        for errors in ["--error-format=human", "--error-format=json"] {
            let ran = stage.trop(stage.directory("site"), [words, &[errors]].concat()).run();
            assert!(ran.code.is_some_and(|code| OWN_CODES.contains(&code)), "{:?}", ran.code);
            check_harmless(&ran, &format!("{} …", words[0].chars().take(9).collect::<String>()));
            let is_for_people = errors.ends_with("human");
            assert!(
                !is_for_people || ran.stderr.len() < READABLE,
                "{}: {}",
                words[0].len(),
                ran.stderr.len()
            );
        }
    }
}

#[test]
fn a_megabyte_in_a_database_is_damage_that_can_be_read_about() {
    for text in ["x".repeat(1_000_000), "\u{1b}".repeat(1_000_000)] {
        for version in [Version::LAYOUT_1, Version::Layout2, Version::Schema(LATEST)] {
            let stage = Stage::new();
            fs::create_dir(stage.data_directory()).unwrap();
            let row = Row::new("/srv/a", None, 5000);
            let rows = [
                Row { tag: Value::Text(text.clone()), port: 5001.into(), ..row.clone() },
                Row { path: Value::Text(format!("/{text}")), ..row },
            ];
            database::write(stage.data_directory().join("trop.db"), version, &rows, Journal::Delete);
            for words in [
                &["list"] as &[&str],
                &["reserve", "--skip-occupancy-check"],
                &["assert-data-dir", "--validate"],
            ] {
                let ran = stage.trop(stage.directory("site"), words).run();
                check_harmless(&ran, "a megabyte");
                assert!(ran.stderr.len() < READABLE, "{words:?}, {version:?}: {}", ran.stderr.len());
            }
        }
    }
}
