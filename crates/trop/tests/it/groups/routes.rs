//! Which group is meant, by whatever route one comes, and that it stays the same.

use std::fs;
use std::os::unix::fs::symlink;

use camino::Utf8Path;

use trop_testkit::Invocation;

use super::Project;

const SERVICES: &str = "web: {}, api: {offset: 1}";
const PORTS: &str = "WEB=<p00> API=<p01>";

/// That both commands give one answer, the file being named as it is seen from that directory.
#[track_caller]
fn check_both(project: &Project, directory: &Utf8Path, file: &str) {
    project.check(project.trop_in(directory, &["autoreserve"]), PORTS);
    check_file(project, directory, file);
}

#[track_caller]
fn check_file(project: &Project, directory: &Utf8Path, file: &str) {
    project.check(project.trop_in(directory, &["reserve-group", file]), PORTS);
}

#[test]
fn every_route_to_a_tropfile_leads_to_its_ports() {
    let project = Project::new(SERVICES);
    let directory = &project.directory;
    let inside = project.stage.directory("project/src/deep");
    let root = project.stage.sandbox.root();
    symlink(directory, root.join("link")).unwrap();
    symlink(directory, directory.join("src/up")).unwrap();
    let (absolute, through_link) = (directory.join("trop.yaml"), root.join("link/trop.yaml"));

    for file in ["trop.yaml", "./trop.yaml", "src/../trop.yaml", "missing/../trop.yaml", "src/up/trop.yaml"] {
        check_both(&project, directory, file);
    }
    for file in ["../../trop.yaml", "./../..//trop.yaml", "../up/trop.yaml"] {
        check_both(&project, &inside, file);
    }
    for file in [&absolute, &through_link] {
        check_both(&project, directory, file.as_str());
        check_both(&project, &inside, file.as_str());
        check_file(&project, root, file.as_str());
    }
    check_both(&project, &root.join("link"), "trop.yaml");
    check_both(&project, &root.join("link/src/deep"), "../../trop.yaml");
    check_both(&project, &directory.join("src/up"), "trop.yaml");
    check_file(&project, root, "link/trop.yaml");
    check_file(&project, root, "project/trop.yaml");
    let at_home = project.trop(&["reserve-group", "~/trop.yaml"]).env("HOME", directory);
    project.check(at_home.env("TROP_DATA_DIR", project.stage.data_directory()), PORTS);
    assert_eq!(project.stored(), ["/project api <p01>", "/project web <p00>"]);
}

#[test]
fn the_group_of_a_linked_tropfile_belongs_to_the_directory_of_the_link() {
    let project = Project::new(SERVICES);
    let (linked, inside) = (project.stage.directory("linked"), project.stage.directory("linked/inside"));
    symlink("../project/trop.yaml", linked.join("trop.yaml")).unwrap();
    symlink("../project/trop.yaml", linked.join("ports.yaml")).unwrap();
    for (directory, arguments) in [
        (&linked, &["autoreserve"] as &[&str]),
        (&inside, &["autoreserve"]),
        (&linked, &["reserve-group", "trop.yaml"]),
        (&inside, &["reserve-group", "../trop.yaml"]),
        (&linked, &["reserve-group", "ports.yaml"]),
    ] {
        project.check(project.trop_in(directory, arguments), PORTS);
    }
    assert_eq!(project.stored(), ["/linked api <p01>", "/linked web <p00>"]);
}

#[test]
fn what_is_for_single_reservations_does_not_count() {
    let project = Project::new(SERVICES);
    for arguments in [&["autoreserve"] as &[&str], &["reserve-group", "trop.yaml"]] {
        let run = project.trop(arguments).env("TROP_PATH", "/elsewhere").env("TROP_TAG", "db");
        project.check(run, PORTS);
    }
    project.autoreserve(&["--tag=web"]).run().expect(4);
    project.autoreserve(&["--path=src"]).run().expect(4);
    assert_eq!(project.stored(), ["/project api <p01>", "/project web <p00>"]);
}

#[test]
fn fifty_times_in_turn_is_one_answer() {
    let project = Project::new("web: {preferred: <p50>}, api: {offset: 3}, db: {offset: 7}");
    project.reserve_elsewhere("other", "<p03>");
    for _ in 0..25 {
        let ports = "WEB=<p50> API=<p04> DB=<p08>";
        project.check(project.autoreserve(&[]), ports);
        project.check(project.trop(&["reserve-group", "trop.yaml"]), ports);
    }
    let stored = ["/other  <p03>", "/project api <p04>", "/project db <p08>", "/project web <p50>"];
    assert_eq!(project.stored(), stored);
}

#[test]
fn a_file_elsewhere_is_refused_unless_that_is_allowed() {
    let project = Project::new(SERVICES);
    let elsewhere = project.stage.directory("elsewhere");
    let similar = project.stage.directory("project-two");
    let refuse = |directory: &Utf8Path, file: &str| {
        let run = project.trop_in(directory, &["reserve-group", file]);
        project.check_refused(run, 1, "/project|--allow-unrelated-path");
        let dry = project.trop_in(directory, &["reserve-group", file, "--dry-run"]);
        project.check_refused(dry, 1, "--allow-unrelated-path");
    };
    let reserve_group = |more: &[&str]| {
        project.trop_in(&elsewhere, &[&["reserve-group", "../project/trop.yaml"], more].concat())
    };
    refuse(&elsewhere, "../project/trop.yaml");
    refuse(&similar, "../project/trop.yaml");
    refuse(&similar, project.directory.join("trop.yaml").as_str());

    project.check(reserve_group(&["--allow-unrelated-path"]), PORTS);
    project.check(reserve_group(&["--force"]), PORTS);
    project.check(reserve_group(&[]).env("TROP_ALLOW_UNRELATED_PATH", "yes"), PORTS);
    refuse(&elsewhere, "../project/trop.yaml");

    let settings = project.stage.data_directory().join("config.yaml");
    fs::write(&settings, "allow_unrelated_path: true\n").unwrap();
    project.check(reserve_group(&[]), PORTS);
    fs::remove_file(&settings).unwrap();
    refuse(&elsewhere, "../project/trop.yaml");

    // One's own tropfile allows it, and never the one that is asked for.
    project.write("trop.local.yaml", "allow_unrelated_path: true\n");
    refuse(&elsewhere, "../project/trop.yaml");
    project.write("../elsewhere/trop.local.yaml", "allow_unrelated_path: true\n");
    project.check(reserve_group(&[]), PORTS);
}

#[test]
fn what_lies_above_or_below_is_allowed() {
    let project = Project::new(SERVICES);
    let inside = project.stage.directory("project/inside");
    let link = project.stage.sandbox.root().join("elsewhere");
    symlink(&inside, &link).unwrap();
    project.check(project.trop_in(&inside, &["reserve-group", "../trop.yaml"]), PORTS);
    project
        .check(project.trop_in(project.stage.sandbox.root(), &["reserve-group", "project/trop.yaml"]), PORTS);
    // What counts is where the link leads.
    project.check(project.trop_in(&link, &["reserve-group", "../trop.yaml"]), PORTS);
}

#[test]
fn a_tropfile_beyond_a_checkout_is_not_found() {
    let project = Project::new(SERVICES);
    let none = |run: Invocation, start: &str| {
        project.check_refused(run, 7, &format!("no trop.yaml|{start} |where a checkout begins"));
    };
    let src = project.stage.directory("project/checkout/src");
    fs::create_dir(project.directory.join("checkout/.git")).unwrap();
    none(project.trop_in(&src, &["autoreserve"]), "/project/checkout/src");
    none(project.trop_in(&project.directory.join("checkout"), &["autoreserve"]), "/project/checkout");
    // A worktree has a file of that name.
    let worktree = project.stage.directory("project/worktree");
    project.write("worktree/.git", "gitdir: ../checkout/.git/worktrees/worktree\n");
    none(project.trop_in(&worktree, &["autoreserve"]), "/project/worktree");

    project.check(project.autoreserve(&[]), PORTS);
    fs::copy(project.directory.join("trop.yaml"), worktree.join("trop.yaml")).unwrap();
    project.check(project.trop_in(&worktree, &["autoreserve"]), "WEB=<p02> API=<p03>");
}
