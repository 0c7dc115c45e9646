//! Preferred ports, and the pattern that those fall back into who cannot have theirs.

use crate::elsewhere::Listening;

use super::Project;

const SERVICES: &str = "web: {preferred: <p50>}, api: {offset: 1}";

#[test]
fn preferred_ports_may_lie_outside_the_range() {
    for preferred in ["<p50>", "<p05>", "<p20>", "<p39>"] {
        let project = Project::new(&format!("web: {{preferred: {preferred}}}, api: {{offset: 1}}"));
        let run = project.autoreserve(&["--min=<p20>", "--max=<p39>"]);
        project.check(run, &format!("WEB={preferred} API=<p21>"));
    }
}

#[test]
fn the_pattern_makes_room_for_preferred_ports() {
    let project = Project::new("web: {offset: 1}, api: {offset: 4, preferred: <p01>}, db: {offset: 2}");
    project.check(project.autoreserve(&[]), "WEB=<p02> API=<p01> DB=<p03>");
}

#[test]
fn all_may_have_their_preferred_port() {
    let project = Project::new("web: {preferred: <p07>}, api: {offset: 1, preferred: <p06>}");
    project.check(project.autoreserve(&[]), "WEB=<p07> API=<p06>");
}

#[test]
fn a_reserved_one_is_passed_over_aloud_whatever_is_ignored() {
    for flags in [&[] as &[&str], &["--ignore-occupied", "--ignore-exclusions"], &["--force"]] {
        let project = Project::new(SERVICES);
        project.reserve_elsewhere("other", "<p50>");
        let warning = "port <p50> for web cannot be had|reserved for |/other|<p00> comes in its place";
        project.check_warned(project.autoreserve(flags), "WEB=<p00> API=<p01>", &[warning]);
        // As long as that is so, the service is where the tropfile places it: there is nothing to do, and nothing to be told.
        project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
        let told = project.autoreserve(&["--verbose"]).run().expect(0).stderr;
        super::require_words(
            &told,
            &project.with_ports("port <p50> for web cannot be had|/other|<p00> is kept"),
        );
        let release = project.trop(&["release"]).in_dir(project.stage.directory("other"));
        release.run().expect(0);
        project.check_warned(
            project.autoreserve(&[]),
            "WEB=<p00> API=<p01>",
            &["web keeps|<p50>|--overwrite"],
        );
    }
}

#[test]
fn an_excluded_one_is_passed_over_aloud_unless_exclusions_are_ignored() {
    let project = Project::new(SERVICES);
    let autoreserve =
        |more: &[&str]| project.autoreserve(more).env("TROP_EXCLUDED_PORTS", project.with_ports("<p50>"));
    for flags in [&[] as &[&str], &["--ignore-occupied"]] {
        let warning = "port <p50> for web cannot be had|excluded|<p00> comes in its place";
        project.check_warned(autoreserve(flags), "WEB=<p00> API=<p01>", &[warning]);
        project.trop(&["release"]).run().expect(0);
    }
    for flag in ["--ignore-exclusions", "--force"] {
        project.check(autoreserve(&[flag]), "WEB=<p50> API=<p01>");
        project.trop(&["release"]).run().expect(0);
    }
}

#[test]
fn one_in_use_is_passed_over_aloud_unless_that_is_ignored() {
    let project = Project::new(SERVICES);
    let server = Listening::on(project.stage.ports.port(50));
    for flags in [&[] as &[&str], &["--ignore-exclusions"]] {
        let ran = project.autoreserve(flags).run().expect(0);
        assert_eq!(project.ports(&ran), "WEB=<p00> API=<p01>");
        let (port, other) = (project.with_ports("<p50>"), project.with_ports("<p00>"));
        let process = server.process_id();
        let warning = format!("warning: port {port} for web cannot be had|in use|{other}|process {process} ");
        super::require_words(&ran.stderr, &warning);
        assert_eq!(ran.stderr.lines().count(), 1, "{}", ran.stderr);
        project.trop(&["release"]).run().expect(0);
    }
    for flag in ["--ignore-occupied", "--force", "--skip-occupancy-check", "--skip-tcp"] {
        project.check(project.autoreserve(&[flag]), "WEB=<p50> API=<p01>");
        project.trop(&["release"]).run().expect(0);
    }
}

/// What is ignored for preferred ports counts for the pattern.
#[test]
fn the_pattern_avoids_what_is_excluded_and_in_use_whatever_is_ignored() {
    for flags in [&[] as &[&str], &["--ignore-occupied", "--ignore-exclusions"], &["--force"]] {
        let project = Project::new("web: {}, api: {offset: 1, preferred: <p50>}, db: {offset: 2}");
        let _server = Listening::on(project.stage.ports.port(3));
        let run = project.autoreserve(flags).env("TROP_EXCLUDED_PORTS", project.with_ports("<p00>"));
        project.check(run, "WEB=<p02> API=<p50> DB=<p04>");
    }
}

#[test]
fn each_refused_preference_is_told() {
    let project = Project::new(
        "web: {preferred: <p50>}, api: {offset: 1, preferred: <p51>}, db: {offset: 2, preferred: <p52>}",
    );
    project.reserve_elsewhere("other", "<p50>");
    let run = project.autoreserve(&[]).env("TROP_EXCLUDED_PORTS", project.with_ports("<p52>"));
    let warnings = ["<p50> for web|reserved", "<p52> for db|excluded"];
    project.check_warned(run, "WEB=<p00> API=<p51> DB=<p02>", &warnings);
}
