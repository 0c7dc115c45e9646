//! Which files a group is read from, and what is said where there is none.

use std::fs;

use super::Project;

/// Both commands, and both names of the file.
const COMMANDS: [&[&str]; 3] =
    [&["autoreserve"], &["reserve-group", "trop.yaml"], &["reserve-group", "trop.local.yaml"]];

const LISTED: &str = "reservations: {services: {web: {}, api: {offset: 1}}}\n";

#[test]
fn both_files_are_read_together_whichever_is_named() {
    let project = Project::new("");
    project.write("trop.yaml", LISTED);
    project.write("trop.local.yaml", "ports: {min: <p30>, max: <p39>}\nexcluded_ports: [<p30>]\n");
    for command in COMMANDS {
        project.check(project.trop(command), "WEB=<p31> API=<p32>");
        project.trop(&["release"]).run().expect(0);
    }
}

#[test]
fn the_local_file_replaces_the_group_whole() {
    let project = Project::new("web: {}, api: {offset: 1}");
    project.write("trop.local.yaml", "reservations: {base: <p40>, services: {db: {offset: 2}}}\n");
    for command in COMMANDS {
        project.check(project.trop(command), "DB=<p42>");
    }
    assert_eq!(project.stored(), ["/project db <p42>"]);
}

#[test]
fn an_explicit_null_clears_the_group_and_that_is_said() {
    let project = Project::new("web: {}");
    for (text, line) in
        [("reservations: null\n", 1), ("project: p\nreservations:\n", 2), ("reservations: ~", 1)]
    {
        project.write("trop.local.yaml", text);
        for command in COMMANDS {
            let words = format!("reservations is cleared|/project/trop.local.yaml:{line}:");
            project.check_refused(project.trop(command), 7, &words);
        }
    }
    // A lower file clears nothing.
    project.write("trop.local.yaml", LISTED);
    project.write("trop.yaml", "ports: {min: <p00>, max: <p99>}\nreservations: null\n");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
}

#[test]
fn a_file_of_another_name_is_read_alone() {
    let project = Project::new("web: {}, api: {offset: 1}");
    project.write("trop.local.yaml", "ports: {min: <p60>, max: <p69>}\n");
    project.write("more.yaml", "ports: {min: <p30>, max: <p39>}\nreservations: {services: {db: {}}}\n");
    project.check(project.trop(&["reserve-group", "more.yaml"]), "DB=<p30>");
    project.check(project.autoreserve(&[]), "WEB=<p60> API=<p61>");
    // The key is the directory and the tag, whichever file lists it.
    project.write("more.yaml", "ports: {min: <p30>, max: <p39>}\nreservations: {services: {web: {}}}\n");
    project.check(project.trop(&["reserve-group", "more.yaml"]), "WEB=<p60>");
    assert_eq!(project.stored(), ["/project api <p61>", "/project db <p30>", "/project web <p60>"]);
}

#[test]
fn without_a_tropfile_it_says_where_it_looked() {
    let project = Project::new("");
    let elsewhere = project.stage.directory("elsewhere");
    let run = project.trop_in(&elsewhere, &["autoreserve"]);
    project.check_refused(run, 7, "no trop.yaml in |/elsewhere|reservations");
}

#[test]
fn without_a_group_it_names_the_files_that_have_none() {
    let project = Project::new("");
    project.write("trop.yaml", "project: p\n");
    for command in &COMMANDS[..2] {
        project.check_refused(project.trop(command), 7, "/project/trop.yaml lists no services");
    }
    project.write("trop.local.yaml", "project: p\n");
    for command in COMMANDS {
        let words = "/project/trop.local.yaml and |/project/trop.yaml list no services";
        project.check_refused(project.trop(command), 7, words);
    }
    project.write("other.yaml", "project: p\n");
    project.check_refused(project.trop(&["reserve-group", "other.yaml"]), 7, "/project/other.yaml lists no");
}

#[test]
fn a_file_that_cannot_be_read_is_named() {
    let project = Project::new("web: {}");
    project.stage.directory("project/inside");
    fs::create_dir(project.directory.join("directory.yaml")).unwrap();
    for file in
        ["missing.yaml", "missing/trop.yaml", "inside/trop.yaml", "trop.local.yaml", "directory.yaml", "."]
    {
        let name = file.trim_start_matches('.');
        project.check_refused(project.trop(&["reserve-group", file]), 5, &format!("/project|{name}"));
    }
    std::os::unix::fs::symlink("missing.yaml", project.directory.join("astray.yaml")).unwrap();
    let astray = project.trop(&["reserve-group", "astray.yaml"]).run().expect(5);
    assert!(astray.stderr.contains("it is a link that leads nowhere"), "{}", astray.stderr);
    project.trop(&["reserve-group", "/"]).run().expect(5);
    project.trop(&["reserve-group", ""]).run().expect(4);
    project.trop(&["reserve-group"]).run().expect(4);
    assert!(!project.stage.data_directory().exists());
}

#[test]
fn a_wrong_file_is_refused_with_its_place() {
    let project = Project::new("web: {}, api: {}");
    for command in &COMMANDS[..2] {
        project.check_refused(project.trop(command), 7, "/project/trop.yaml:2:|offset");
    }
    project.write("trop.yaml", LISTED);
    project.write("trop.local.yaml", "nonsense: 1\n");
    for command in COMMANDS {
        project.check_refused(project.trop(command), 7, "/project/trop.local.yaml:1:|nonsense");
    }
}
