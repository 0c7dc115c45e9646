//! What `--verbose` tells, what `--quiet` leaves, and colour in errors that point at a line.

use std::fs;

use trop_testkit::{Varying, need, scrub, skip_unless};

use crate::elsewhere::Listening;
use crate::groups::Project;
use crate::stage::Stage;
use crate::worktrees::repository;

#[test]
fn verbose_tells_what_was_read_decided_and_written() {
    skip_unless!(need::tool("git"));
    let stage = Stage::new();
    let repository = repository(&stage);
    let shop = stage.directory("repository/shop");
    fs::write(repository.join("trop.yaml"), format!("excluded_ports: [{}]\n", stage.ports.port(2))).unwrap();
    stage.reserved(stage.directory("site"), 0..=0);
    let _listening = Listening::on(stage.ports.port(1));

    let ran = stage.reserve(&shop, 0..=5, &["--verbose"]).run().expect(0);
    let told = scrub(&ran.stderr, &[Varying::Sandbox(&stage.sandbox), Varying::Ports(&stage.ports)]);
    let sandbox = "/the-sandbox-directory-of-a-test";
    let expected = [
        format!("there is no {sandbox}/repository/trop.local.yaml"),
        format!("read the settings in {sandbox}/repository/trop.yaml"),
        format!("there is no {sandbox}/home/.trop/config.yaml"),
        "new ports are from <p00>..<p05> (lowest: --min, highest: --max), but for <p02>".to_owned(),
        format!("the data directory is {sandbox}/home/.trop (in the home directory)"),
        format!("git names project repository and task main for {sandbox}/repository/shop"),
        "port <p01> is in use".to_owned(),
        "port <p03> is free".to_owned(),
        "passed over what is reserved below port <p03>: 1".to_owned(),
        format!("reserved port <p03> for {sandbox}/repository/shop"),
    ];
    let expected: Vec<String> = expected.iter().map(|text| format!("note: {text}")).collect();
    assert_eq!(told.lines().collect::<Vec<_>>(), expected);
}

#[test]
fn verbose_tells_where_things_come_from_and_where_a_search_ended() {
    let stage = Stage::new();
    let directory = stage.directory("site/shop");
    fs::create_dir(stage.directory("site").join(".git")).unwrap();
    let told = |more: &[&str], variables: &[(&str, &str)], expected: &str| {
        let reserve = stage.reserve(&directory, 0..=5, &[&["--verbose", "--dry-run"], more].concat());
        let reserve = variables.iter().fold(reserve, |reserve, (name, value)| reserve.env(name, value));
        let told = reserve.run().expect(0).stderr;
        assert!(
            told.lines().any(|line| line.starts_with(&format!("note: {expected}"))),
            "{expected}: {told}"
        );
    };
    let site = stage.directory("site");
    told(&[], &[], &format!("found no tropfile from {directory} up to {site}, where a checkout begins"));
    let data = stage.sandbox.root().join("data");
    told(&["--data-dir", data.as_str()], &[], &format!("the data directory is {data} (--data-dir)"));
    told(&[], &[("TROP_DATA_DIR", data.as_str())], &format!("the data directory is {data} (TROP_DATA_DIR)"));
    let first = stage.ports.first();
    told(&["--skip-occupancy-check"], &[], &format!("port {first} counts as free without a probe"));
}

#[test]
fn verbose_tells_what_was_probed_where_no_port_is_left() {
    let stage = Stage::new();
    let _listening = Listening::on(stage.ports.first());
    let told = stage.reserve(stage.directory("site"), 0..=0, &["--verbose"]).run().expect(8).stderr;
    let in_use = format!("note: port {} is in use", stage.ports.first());
    let (notes, error) = told.split_once("error: ").unwrap();
    assert!(notes.contains(&in_use) && error.starts_with("no port is available"), "{told}");
}

#[test]
fn of_many_reservations_that_go_each_is_named_by_verbose_alone() {
    let project = Project::new("");
    let release_that_many = |count: usize, more: &[&str]| {
        let services: Vec<String> =
            (0..count).map(|offset| format!("s{offset}: {{offset: {offset}}}")).collect();
        project.list(&services.join(", "));
        project.autoreserve(&[]).run().expect(0);
        let told = project.trop(&[&["release"], more].concat()).run().expect(0).stderr;
        let named =
            told.lines().filter(|line| line.starts_with("note: removed the reservation of port ")).count();
        (named, told)
    };
    let (named, told) = release_that_many(20, &[]);
    assert_eq!((named, told.lines().count()), (20, 20), "{told}");
    assert_eq!(release_that_many(21, &[]).1, "note: removed 21 reservations\n");
    let (named, told) = release_that_many(21, &["--verbose"]);
    assert_eq!((named, told.contains("note: removed 21 reservations\n")), (21, true), "{told}");
    assert_eq!(release_that_many(21, &["--quiet"]).1, "");
}

#[test]
fn quiet_leaves_an_error_whole() {
    let stage = Stage::new();
    let directory = stage.directory("site");
    fs::write(directory.join("trop.yaml"), "output_format: xml\n").unwrap();
    let normal = stage.trop(&directory, ["list"]).run().expect(7).stderr;
    let quiet = stage.trop(&directory, ["list", "--quiet"]).run().expect(7).stderr;
    assert!(normal.contains("output_format: xml"), "{normal}");
    assert_eq!(quiet, normal);
}

#[test]
fn an_error_that_points_at_a_line_is_coloured_when_asked() {
    /// Whether it is coloured.
    #[track_caller]
    fn check(arguments: &[&str], no_color: Option<&str>, is_coloured: bool) {
        let stage = Stage::new();
        let directory = stage.directory("site");
        fs::write(directory.join("trop.yaml"), "output_format: xml\nports: { min: 0 }\n").unwrap();
        let trop = stage.trop(&directory, [&["list"], arguments].concat());
        let trop = no_color.into_iter().fold(trop, |trop, value| trop.env("NO_COLOR", value));
        let error = trop.run().expect(7).stderr;
        assert_eq!(error.contains('\u{1b}'), is_coloured, "{arguments:?}, NO_COLOR {no_color:?}: {error}");
    }
    check(&[], None, false);
    check(&["--color=auto"], None, false);
    check(&["--color=never"], None, false);
    check(&["--color=always"], None, true);
    check(&["--color=always"], Some("1"), true);
    check(&["--color=always", "--quiet"], None, true);
    check(&["--color=auto"], Some("1"), false);
    check(&["--color=never"], Some(""), false);
    check(&["--color=always", "--error-format=json"], None, false);
}
