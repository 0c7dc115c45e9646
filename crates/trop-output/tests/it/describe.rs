//! Changes in words.

use trop_output::{DryRun, describe_done, describe_planned};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, changes, files, path, row, written};

#[test]
fn changes_read_the_same_before_and_after() {
    let lines: Vec<String> = changes()
        .iter()
        .map(|change| format!("{}\n{}\n", describe_planned(change), describe_done(change)))
        .collect();
    snapshot!("output/changes", lines.concat());
}

#[test]
fn a_plan_has_a_line_for_each_change() {
    let changes = changes();
    let text = written(|out| in_words(out, &changes));
    let lines: Vec<String> = changes.iter().map(describe_planned).collect();
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn an_empty_plan_says_so() {
    assert_eq!(written(|out| in_words(out, &[])), "would change nothing\n");
}

#[test]
fn a_plan_is_escaped() {
    let row = row(5000, &format!("/srv/{HOSTILE}"), ["a\u{202e}b", "", ""]);
    let change = trop_model::Change::Put { row, replaces: None };
    snapshot!("output/plan-hostile", written(|out| in_words(out, &[change])));
}

fn in_words(out: &mut dyn std::io::Write, changes: &[trop_model::Change]) -> std::io::Result<()> {
    DryRun { new_data_directory: None, changes, files: &[], warnings: &[] }.write_words(out)
}

#[test]
fn a_data_directory_to_be_made_comes_first() {
    let directory = path("/home/ann/.trop");
    let dry_run = DryRun { new_data_directory: Some(&directory), changes: &[], files: &[], warnings: &[] };
    assert_eq!(written(|out| dry_run.write_words(out)), "would make a database in /home/ann/.trop\n");
}

#[test]
fn what_becomes_of_files_comes_last() {
    let changes = [trop_model::Change::Put { row: row(5000, "/srv/a", ["", "", ""]), replaces: None }];
    let dry_run = DryRun { new_data_directory: None, changes: &changes, files: &files(), warnings: &[] };
    snapshot!("output/plan-files", written(|out| dry_run.write_words(out)));
}
