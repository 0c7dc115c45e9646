//! Lists of projects in every form.

use trop_output::{ProjectsFormat, write_projects};

use crate::samples::written;

#[track_caller]
fn check(names: &[&str], format: ProjectsFormat, expected: &str) {
    let projects: Vec<_> = names.iter().map(|name| name.parse().unwrap()).collect();
    assert_eq!(written(|out| write_projects(out, &projects, format)), expected);
}

#[test]
fn without_projects_only_json_says_anything() {
    check(&[], ProjectsFormat::Lines, "");
    check(&[], ProjectsFormat::Terminal, "");
    check(&[], ProjectsFormat::Json, "[]\n");
}

#[test]
fn projects_stand_one_a_line() {
    let names = ["blog", "my shop", "say \"hi\""];
    check(&names, ProjectsFormat::Lines, "blog\nmy shop\nsay \"hi\"\n");
    check(&names, ProjectsFormat::Terminal, "blog\nmy shop\nsay \"hi\"\n");
    check(&names, ProjectsFormat::Json, "[\n  \"blog\",\n  \"my shop\",\n  \"say \\\"hi\\\"\"\n]\n");
}

#[test]
fn programs_get_what_is_stored_and_terminals_what_is_harmless() {
    // No label holds a control character, but what changes the direction of text, or ends a line, may be in one.
    let names = ["exe.\u{202e}txt", "a\u{2028}b"];
    check(&names, ProjectsFormat::Lines, "exe.\u{202e}txt\na\u{2028}b\n");
    check(&names, ProjectsFormat::Terminal, "exe.\\u{202e}txt\na\\u{2028}b\n");
    check(&names, ProjectsFormat::Json, "[\n  \"exe.\\u202etxt\",\n  \"a\\u2028b\"\n]\n");
}
