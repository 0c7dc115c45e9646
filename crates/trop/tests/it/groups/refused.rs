//! Services that cannot join their stored group: what is said, that nothing moves, and that what is said helps.

use std::fs;
use std::process::Command;

use camino::Utf8Path;

use trop_testkit::Ran;

use crate::elsewhere::Listening;

use super::Project;

/// A project whose `web` is stored, and which now also lists `api` at offset 1.
fn grown() -> Project {
    grown_to("web: {}, api: {offset: 1}")
}

fn grown_to(services: &str) -> Project {
    let project = Project::new("web: {}");
    project.check(project.autoreserve(&[]), "WEB=<p00>");
    project.list(services);
    project
}

/// Types it into a shell in that directory, as a user would who has read it.
#[track_caller]
fn type_in(project: &Project, directory: &Utf8Path, arguments: &str) -> Ran {
    let trop = project.trop(&[]).command.get_program().to_owned();
    let mut shell = Command::new("sh");
    shell.arg("-c").arg(format!("exec \"$0\" {arguments}")).arg(trop).current_dir(directory);
    shell.env_clear().env("HOME", project.stage.sandbox.home()).env("PATH", "/usr/bin:/bin");
    Ran::new(format!("sh -c 'trop {arguments}'"), shell.output().unwrap()).expect(0)
}

/// The command of trop that the text has after these words, up to those.
#[track_caller]
fn command_between<'t>(text: &'t str, before: &str, after: &str) -> &'t str {
    let end = text.split_once(&format!("{before} trop ")).and_then(|(_, end)| end.split_once(after));
    end.unwrap_or_else(|| panic!("no command after {before:?} in {text}")).0
}

/// Does as the refusal says, from anywhere: places the whole group anew.
#[track_caller]
fn place_anew(project: &Project, refused: &Ran, expected: &str) {
    let command = command_between(&refused.stderr, "place the whole group anew with", "\n");
    let ran = type_in(project, Utf8Path::new("/"), command);
    assert_eq!(project.ports(&ran), expected);
}

/// Does as the refusal says: gives the port back where it is.
#[track_caller]
fn give_back(project: &Project, refused: &Ran) {
    let command = command_between(&refused.stderr, "give it back there first with", ", or place");
    type_in(project, Utf8Path::new("/"), command);
}

#[test]
fn by_another_directory() {
    for is_given_back in [true, false] {
        let project = grown();
        project.reserve_elsewhere("it's other", "<p01>");
        let words = "/project (tag api)|port <p01>|reserved for |/it's other";
        let refused = project.check_refused(project.autoreserve(&[]), 1, words);
        project.check_refused(project.trop(&["reserve-group", "trop.yaml"]), 1, words);
        if is_given_back {
            give_back(&project, &refused);
            project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
        } else {
            place_anew(&project, &refused, "WEB=<p02> API=<p03>");
        }
    }
}

#[test]
fn by_another_tag_of_the_directory() {
    for (tag, shown) in [("--tag=foreign", "/project (tag foreign)"), ("--tag=", "/project")] {
        for is_given_back in [true, false] {
            let project = grown();
            let tag: &[&str] = if tag == "--tag=" { &[] } else { &[tag] };
            project.trop(&[&["reserve", "--port=<p01>"], tag].concat()).run().expect(0);
            let words = format!("/project (tag api)|port <p01>|reserved for |{shown}");
            let refused = project.check_refused(project.autoreserve(&[]), 1, &words);
            if is_given_back {
                give_back(&project, &refused);
                project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
            } else {
                place_anew(&project, &refused, "WEB=<p02> API=<p03>");
            }
        }
    }
}

#[test]
fn by_another_service_of_the_group() {
    let project = grown_to("web: {}, api: {offset: 1}, db: {offset: 2, preferred: <p01>}");
    let words = "/project (tag api)|port <p01>|reserved for |/project (tag db)";
    let refused = project.check_refused(project.autoreserve(&[]), 1, words);
    place_anew(&project, &refused, "WEB=<p02> API=<p03> DB=<p01>");
}

#[test]
fn by_an_exclusion() {
    let project = grown();
    project.write("trop.local.yaml", "project: p\nexcluded_ports: [<p01>]\n");
    let words = "/project (tag api)|port <p01>|excluded|trop config show";
    let refused = project.check_refused(project.autoreserve(&["--ignore-exclusions"]), 1, words);
    let shown = type_in(&project, &project.directory, "config show");
    super::require_words(&project.shown(&shown.stdout), "<p01>|/project/trop.local.yaml:2");
    place_anew(&project, &refused, "WEB=<p02> API=<p03>");
}

#[test]
fn by_a_socket() {
    let project = grown();
    let server = Listening::on(project.stage.ports.port(1));
    let before = project.stored();
    let refused = project.autoreserve(&["--ignore-occupied"]).run().expect(1);
    let (port, process) = (project.stage.ports.port(1), server.process_id());
    let words = format!("/project (tag api)|port {port}|in use|process {process} |stop what uses it");
    super::require_words(&refused.stderr, &words);
    assert_eq!((refused.stdout.as_str(), project.stored()), ("", before));
    place_anew(&project, &refused, "WEB=<p02> API=<p03>");
}

#[test]
fn a_socket_that_is_closed_is_no_obstacle() {
    let project = grown();
    drop(Listening::on(project.stage.ports.port(1)));
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
}

#[test]
fn by_the_end_of_the_range() {
    let project = grown();
    let words = "/project (tag api)|<p01>|not in <p00>|--max|--overwrite";
    let refused = project.check_refused(project.autoreserve(&["--max=<p00>"]), 1, words);
    place_anew(&project, &refused, "WEB=<p00> API=<p01>");

    let project = grown();
    project.check_refused(project.autoreserve(&["--max=<p00>"]), 1, "widen the range with --min and --max");
    project.check(project.autoreserve(&["--max=<p01>"]), "WEB=<p00> API=<p01>");
}

/// Where offsets have changed the base may even lie below the lowest port there is.
#[test]
fn by_the_beginning_of_the_range() {
    let project = grown_to("web: {offset: 65000}, api: {}");
    let words = "/project (tag api)|at offset 0 it would be -|not in <p00>..<p99>";
    project.check_refused(project.autoreserve(&[]), 1, words);
}

#[test]
fn by_services_that_do_not_agree() {
    let project = Project::new("web: {}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
    project.list("web: {}, api: {offset: 3}, db: {offset: 5}");
    let words = "/project (tag db)|web (offset 0) has port <p00>|api (offset 3) has port <p01>";
    let refused = project.check_refused(project.autoreserve(&[]), 1, words);
    place_anew(&project, &refused, "WEB=<p00> API=<p03> DB=<p05>");
}

#[test]
fn services_that_do_not_agree_are_no_obstacle_to_a_preferred_port() {
    let project = Project::new("web: {}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
    project.list("web: {}, api: {offset: 3}, db: {offset: 5, preferred: <p50>}");
    let warnings = ["web (offset 0) has port <p00>, api (offset 3) has port <p01>|--overwrite"];
    project.check_warned(project.autoreserve(&[]), "WEB=<p00> API=<p01> DB=<p50>", &warnings);
}

/// One that cannot join keeps out those that could.
#[test]
fn all_join_or_none() {
    let project = grown_to("first: {offset: 7}, web: {}, api: {offset: 1}, last: {offset: 9}");
    project.reserve_elsewhere("other", "<p01>");
    project.check_refused(project.autoreserve(&[]), 1, "/project (tag api)|<p01>");
    assert_eq!(project.stored(), ["/other  <p01>", "/project web <p00>"]);
}

#[test]
fn no_clean_up_is_tried() {
    let project = grown();
    project.reserve_elsewhere("other", "<p01>");
    fs::remove_dir(project.stage.directory("other")).unwrap();
    let refused = project.check_refused(project.autoreserve(&[]), 1, "<p01>|/other");
    give_back(&project, &refused);
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
}

/// `autoreserve` would find another group than that of a file with a name of its own.
#[test]
fn the_command_that_helps_is_about_the_file_that_was_named() {
    for file in ["ports.yaml", "it's $HOME `x`.yaml"] {
        let project = Project::new("");
        fs::remove_file(project.directory.join("trop.yaml")).unwrap();
        let range = "ports: {min: <p00>, max: <p99>}";
        project.write(file, &format!("{range}\nreservations: {{services: {{web: {{}}}}}}\n"));
        project.check(project.trop(&["reserve-group", file]), "WEB=<p00>");
        project.reserve_elsewhere("other", "<p01>");
        project.write(
            file,
            &format!("{range}\nreservations: {{services: {{web: {{}}, api: {{offset: 1}}}}}}\n"),
        );
        let refused = project.check_refused(project.trop(&["reserve-group", file]), 1, "<p01>|/other");
        place_anew(&project, &refused, "WEB=<p02> API=<p03>");
    }
}

#[test]
fn the_command_that_helps_reaches_the_data_directory_of_the_command_line() {
    let project = Project::new("web: {}");
    let data_directory = format!("--data-dir={}", project.stage.directory("data"));
    let autoreserve = || project.autoreserve(&[&data_directory]);
    project.check(autoreserve(), "WEB=<p00>");
    let reserve = ["reserve", &data_directory, "--port", &project.with_ports("<p01>")];
    project.trop_in(&project.stage.directory("other"), &reserve).run().expect(0);
    project.list("web: {}, api: {offset: 1}");
    let refused = autoreserve().run().expect(1);
    give_back(&project, &refused);
    project.check(autoreserve(), "WEB=<p00> API=<p01>");
}
