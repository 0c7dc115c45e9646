//! Which projects have something reserved.

use trop_testkit::{Sandbox, skip_unless};

use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::terminal::{at_a_terminal, script};

/// Reserves a port in a directory of that name for that project, if any.
fn reserve(sandbox: &Sandbox, name: &str, project: &str) {
    let trop = sandbox.trop(["reserve"]).in_dir(sandbox.directory(name));
    trop.env("TROP_PROJECT", project).env("TROP_SKIP_OCCUPANCY_CHECK", "yes").run().expect(0);
}

/// A home with two projects, one of them with two reservations, and one reservation without a project.
fn two_projects(sandbox: Sandbox) -> Sandbox {
    for (name, project) in [("one", "shop"), ("two", "my blog"), ("three", "shop"), ("four", "")] {
        reserve(&sandbox, name, project);
    }
    sandbox
}

fn check(sandbox: &Sandbox, arguments: &[&str], stdout: &str, stderr: &str) {
    let ran = sandbox.trop([&["list-projects"], arguments].concat()).run().expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), (stdout, stderr), "{arguments:?}");
}

#[test]
fn each_project_is_listed_once() {
    let sandbox = two_projects(Stage::sandbox());
    check(&sandbox, &[], "my blog\nshop\n", "");
    check(&sandbox, &["--format=plain"], "my blog\nshop\n", "");
    check(&sandbox, &["--format=json"], "[\n  \"my blog\",\n  \"shop\"\n]\n", "");
}

#[test]
fn without_projects_only_people_are_told() {
    let sandbox = Stage::sandbox();
    let note = "note: nothing that is reserved belongs to a project\n";
    for _ in ["nothing is reserved", "something without a project is"] {
        check(&sandbox, &[], "", note);
        check(&sandbox, &["--quiet"], "", "");
        check(&sandbox, &["--format=json"], "[]\n", "");
        reserve(&sandbox, "one", "");
    }
}

#[test]
fn the_format_of_lists_is_another_one() {
    let sandbox = two_projects(Stage::sandbox());
    let ran = sandbox.trop(["list-projects"]).env("TROP_OUTPUT_FORMAT", "csv").run().expect(0);
    assert_eq!(ran.stdout, "my blog\nshop\n");
}

#[test]
fn projects_are_listed_where_nothing_can_be_written() {
    let sandbox = two_projects(Sandbox::of_ordinary_user(env!("CARGO_BIN_EXE_trop")));
    let data_directory = sandbox.home().join(".trop");
    let _read_only = ReadOnly::new(&data_directory);
    check(&sandbox, &[], "my blog\nshop\n", "");
}

#[test]
fn a_database_that_is_none_is_code_6() {
    let sandbox = Stage::sandbox();
    let data_directory = sandbox.directory("home/.trop");
    std::fs::write(data_directory.join("trop.db"), "text").unwrap();
    assert_eq!(sandbox.trop(["list-projects"]).run().expect(6).stdout, "");
}

#[test]
fn a_terminal_gets_what_is_harmless_and_a_program_what_is_stored() {
    skip_unless!(script());
    let sandbox = Stage::sandbox();
    // No label holds a control character, but this one turns the direction of the text behind it.
    reserve(&sandbox, "one", "exe.\u{202e}txt");
    check(&sandbox, &[], "exe.\u{202e}txt\n", "");
    let output = at_a_terminal(&sandbox.trop(["list-projects"])).output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stdout), "exe.\\u{202e}txt\r\n");
}
