//! Changes in words.

use trop_output::{describe_done, describe_planned, write_planned};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, changes, row, written};

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
    let text = written(|out| write_planned(out, &changes));
    let lines: Vec<String> = changes.iter().map(describe_planned).collect();
    assert_eq!(text.lines().collect::<Vec<_>>(), lines);
}

#[test]
fn an_empty_plan_says_so() {
    assert_eq!(written(|out| write_planned(out, &[])), "would change nothing\n");
}

#[test]
fn a_plan_is_escaped() {
    let row = row(5000, &format!("/srv/{HOSTILE}"), ["a\u{202e}b", "", ""]);
    let change = trop_model::Change::Put { row, replaces: None };
    snapshot!("output/plan-hostile", written(|out| write_planned(out, &[change])));
}
