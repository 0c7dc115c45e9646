//! Projects and tasks of the services of a group.

use trop_testkit::{need, skip_unless};

use crate::labels::check_stored;
use crate::worktrees::{git, repository};

use super::Project;

const PORTS: &str = "WEB=<p00> API=<p01>";

#[track_caller]
fn check_labels(project: &Project, expected: (Option<&str>, Option<&str>)) {
    for tag in ["web", "api"] {
        check_stored(&project.stage, &project.directory, tag, expected.0, expected.1);
    }
}

fn project() -> Project {
    Project::new("web: {}, api: {offset: 1}")
}

#[test]
fn a_flag_goes_before_a_variable_before_the_files() {
    let file = "\nproject: file\n";
    for (arguments, variable, expected) in [
        (&["--project=flag", "--task=flag"] as &[&str], Some("variable"), (Some("flag"), Some("flag"))),
        (&[], Some("variable"), (Some("variable"), Some("variable"))),
        (&[], None, (Some("file"), None)),
    ] {
        let project = project();
        project.write("trop.local.yaml", file);
        let mut run = project.autoreserve(arguments);
        if let Some(value) = variable {
            run = run.env("TROP_PROJECT", value).env("TROP_TASK", value);
        }
        project.check(run, PORTS);
        check_labels(&project, expected);
    }
}

#[test]
fn git_names_what_nobody_else_does_as_seen_from_the_project() {
    skip_unless!(need::tool("git"));
    let project = project();
    let directory = repository(&project.stage);
    let elsewhere = project.stage.directory("repository/elsewhere");
    git(&project.stage, &elsewhere, &["init", "--quiet", "--initial-branch=other"]);
    let range = project.with_ports("ports: {min: <p00>, max: <p99>}");
    let text = format!("{range}\nreservations: {{services: {{web: {{}}, api: {{offset: 1}}}}}}\n");
    std::fs::write(directory.join("trop.yaml"), text).unwrap();
    let run = project.trop_in(&elsewhere, &["reserve-group", "../trop.yaml"]);
    project.check(run, PORTS);
    for tag in ["web", "api"] {
        check_stored(&project.stage, &directory, tag, Some("repository"), Some("main"));
    }
}

#[test]
fn a_stored_label_stays_unless_a_change_is_allowed() {
    let project = project();
    project.check(project.autoreserve(&["--project=one", "--task=first"]), PORTS);
    for (arguments, words) in [
        (&["--project=two"] as &[&str], "one|two|--allow-project-change"),
        (&["--task=second"], "first|second|--allow-task-change"),
        (&["--project=two", "--task=second"], "one|two|first|second|--allow-change"),
        (&["--project=two", "--allow-task-change"], "one|two|--allow-project-change"),
        (&["--project=two", "--overwrite"], "one|two|--allow-project-change"),
    ] {
        project.check_refused(project.autoreserve(arguments), 1, words);
        project.check_refused(project.autoreserve(&[arguments, &["--dry-run"]].concat()), 1, words);
        check_labels(&project, (Some("one"), Some("first")));
    }
    project.check_refused(project.autoreserve(&[]).env("TROP_PROJECT", "two"), 1, "one|two");

    project.check(project.autoreserve(&["--project=two", "--allow-project-change"]), PORTS);
    check_labels(&project, (Some("two"), Some("first")));
    project.check(project.autoreserve(&["--task=second", "--allow-change"]), PORTS);
    check_labels(&project, (Some("two"), Some("second")));
    project.check(project.autoreserve(&["--project=three", "--task=third", "--force"]), PORTS);
    check_labels(&project, (Some("three"), Some("third")));
    project.check(project.autoreserve(&["--project=three"]), PORTS);
}

#[test]
fn a_file_does_not_change_what_is_stored() {
    let project = project();
    project.check(project.autoreserve(&["--project=one"]), PORTS);
    project.write("trop.local.yaml", "project: two\n");
    project.check(project.autoreserve(&[]), PORTS);
    check_labels(&project, (Some("one"), None));
    project.list("web: {}, api: {offset: 1}, db: {offset: 2}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01> DB=<p02>");
    check_stored(&project.stage, &project.directory, "db", Some("two"), None);
}

#[test]
fn an_empty_label_is_filled_without_permission() {
    let project = project();
    project.check(project.autoreserve(&[]), PORTS);
    check_labels(&project, (None, None));
    project.check(project.autoreserve(&["--project=one", "--task=first"]), PORTS);
    check_labels(&project, (Some("one"), Some("first")));
}

/// One label that may not change keeps the others as they are.
#[test]
fn all_labels_change_or_none() {
    let project = project();
    project.check(project.autoreserve(&[]), PORTS);
    project.trop(&["reserve", "--tag=api", "--project=one"]).run().expect(0);
    project.list("web: {}, api: {offset: 1}, db: {offset: 2}");
    project.check_refused(project.autoreserve(&["--project=two"]), 1, "/project (tag api)|one|two");
    check_stored(&project.stage, &project.directory, "web", None, None);
}
