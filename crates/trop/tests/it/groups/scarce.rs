//! Where the last places of a range go, and that a group for which there is none stores nothing.

use std::fs;

use trop_testkit::Invocation;

use super::Project;

/// The same ports for every test: nobody looks at sockets.
fn unseen(project: &Project, more: &[&str]) -> Invocation {
    project.autoreserve(more).env("TROP_SKIP_OCCUPANCY_CHECK", "yes")
}

/// What comes out of this tropfile, with as many warnings.
#[track_caller]
fn check(tropfile: &str, expected: &str, warnings: &[&str]) {
    let project = Project::new("");
    project.write("trop.yaml", tropfile);
    project.check_warned(unseen(&project, &[]), expected, warnings);
}

#[test]
fn the_lowest_place_from_the_base_on_is_taken() {
    let project = Project::new("");
    let range = "ports: {min: <p10>, max: <p29>}\nexcluded_ports: [<p12>, <p23>]";
    let services = "services: {web: {offset: 1}, api: {offset: 4}}";
    for (base, expected) in [
        ("", "WEB=<p11> API=<p14>"),
        ("base: <p10>, ", "WEB=<p11> API=<p14>"),
        ("base: <p11>, ", "WEB=<p13> API=<p16>"),
        ("base: <p13>, ", "WEB=<p14> API=<p17>"),
        ("base: <p19>, ", "WEB=<p21> API=<p24>"),
        ("base: <p25>, ", "WEB=<p26> API=<p29>"),
    ] {
        project.write("trop.yaml", &format!("{range}\nreservations: {{{base}{services}}}\n"));
        project.check(project.autoreserve(&["--overwrite"]), expected);
        project.trop(&["release"]).run().expect(0);
    }
}

#[test]
fn the_search_never_goes_below_the_base() {
    let project = Project::new("");
    let tropfile = "ports: {min: <p00>, max: <p20>}\nreservations: {base: <p19>, services: {web: {}, api: {offset: 1}}}\n";
    project.write("trop.yaml", tropfile);
    project.reserve_elsewhere("other", "<p19>");
    project.check_refused(
        project.autoreserve(&[]),
        8,
        "<p00>..<p20>|(bases tried from <p19> on: 1)|: 1 failed at web (offset 0: 1 reserved",
    );
}

#[test]
fn places_with_ports_that_browsers_refuse_come_last() {
    let services = "reservations: {services: {web: {}, api: {offset: 2}}}\n";
    // 6000, 6566, 6665 to 6669, 6679 and 6697 are refused.
    check(&format!("ports: {{min: 5998, max: 6009}}\n{services}"), "WEB=5999 API=6001", &[]);
    check(&format!("ports: {{min: 6000, max: 6009}}\n{services}"), "WEB=6001 API=6003", &[]);
    check(&format!("ports: {{min: 6663, max: 6679}}\n{services}"), "WEB=6670 API=6672", &[]);
    let warning = "no better place was left|web browsers refuse to open 6665, 6667";
    check(&format!("ports: {{min: 6665, max: 6671}}\n{services}"), "WEB=6665 API=6667", &[warning]);
    check(
        &format!("avoid_browser_blocked_ports: false\nports: {{min: 5998, max: 6009}}\n{services}"),
        "WEB=5998 API=6000",
        &[],
    );
    let preferred = "reservations: {services: {web: {preferred: 6000}}}\n";
    check(&format!("ports: {{min: 5998, max: 6009}}\n{preferred}"), "WEB=6000", &[]);
}

#[test]
fn a_clean_up_comes_before_ports_that_browsers_refuse() {
    let project = Project::new("");
    project.write(
        "trop.yaml",
        "ports: {min: 6664, max: 6671}\nreservations: {services: {web: {}, api: {offset: 1}}}\n",
    );
    let gone = project.stage.directory("gone");
    project.stage.trop(&gone, ["reserve", "--port=6670", "--skip-occupancy-check"]).run().expect(0);
    fs::remove_dir(&gone).unwrap();
    let ran = unseen(&project, &[]).run().expect(0);
    assert_eq!(project.ports(&ran), "WEB=6670 API=6671");
    super::require_words(&project.shown(&ran.stderr), "note: removed|6670|/gone");
}

#[test]
fn vanished_directories_make_room() {
    let project = Project::new("web: {}, api: {offset: 2}");
    let range = ["--min=<p00>", "--max=<p03>"];
    project.reserve_elsewhere("gone", "<p01>");
    project.reserve_elsewhere("there", "<p02>");
    fs::remove_dir(project.stage.directory("gone")).unwrap();

    for flag in ["--disable-autoprune", "--disable-autoclean"] {
        let refused = project.autoreserve(&[&range[..], &[flag]].concat());
        project.check_refused(refused, 8, "no place is left");
    }
    let ran = project.autoreserve(&range).run().expect(0);
    assert_eq!(project.ports(&ran), "WEB=<p01> API=<p03>");
    super::require_words(&project.shown(&ran.stderr), "note: removed|<p01>|/gone");
    assert_eq!(project.stored(), ["/project api <p03>", "/project web <p01>", "/there  <p02>"]);
}

#[test]
fn what_was_not_used_for_long_makes_room() {
    let project = Project::new("web: {}, api: {offset: 1}");
    let range = ["--min=<p00>", "--max=<p01>"];
    project.reserve_elsewhere("old", "<p00>");
    project.database().age(project.stage.directory("old"), 31 * 86_400);
    let refused = project.autoreserve(&[&range[..], &["--disable-autoexpire"]].concat());
    project.check_refused(refused, 8, "no place is left");
    assert_eq!(project.ports(&project.autoreserve(&range).run().expect(0)), "WEB=<p00> API=<p01>");
}

/// What the clean-up removed in vain is there again.
#[test]
fn an_exhausted_range_names_what_was_in_the_way_of_each_offset() {
    let project = Project::new("web: {}, api: {offset: 2}");
    project.reserve_elsewhere("gone", "<p01>");
    project.reserve_elsewhere("there", "<p02>");
    fs::remove_dir(project.stage.directory("gone")).unwrap();
    let run = || {
        let run = project.autoreserve(&["--min=<p00>", "--max=<p03>"]);
        run.env("TROP_EXCLUDED_PORTS", project.with_ports("<p03>"))
    };
    let words = "no place is left for the group in <p00>..<p03> (bases tried from <p00> on: 2)\
        |: 2 failed at api (offset 2: 1 reserved, 1 excluded, 0 in use)\
        |trop list|trop release|trop config show|--max";
    project.check_refused(run(), 8, words);
    assert_eq!(project.stored(), ["/gone  <p01>", "/there  <p02>"]);
}

#[test]
fn a_group_without_a_place_stores_nothing_on_a_new_machine() {
    let project = Project::new("first: {offset: 1, preferred: <p50>}, web: {}, api: {offset: 2}");
    let run = project.autoreserve(&["--min=<p00>", "--max=<p02>"]);
    project.check_refused(
        run.env("TROP_EXCLUDED_PORTS", project.with_ports("<p02>")),
        8,
        "api (offset 2: 0 reserved, 1 excluded",
    );
    assert_eq!(project.stored(), [""; 0]);
}

#[test]
fn what_can_never_fit_is_shown_in_the_file() {
    #[track_caller]
    fn check(tropfile: &str, words: &str) {
        let project = Project::new("");
        project.write("trop.yaml", tropfile);
        project.check_refused(project.autoreserve(&[]), 7, words);
        project.check_refused(project.trop(&["reserve-group", "trop.yaml"]), 7, words);
        project.check_refused(project.autoreserve(&["--overwrite", "--dry-run"]), 7, words);
    }
    let range = "ports: {min: <p10>, max: <p20>}\n";
    check(
        &format!("{range}reservations:\n  base: <p09>\n  services: {{web: {{}}}}\n"),
        "/project/trop.yaml:3:9|reservations.base|<p09>|<p10>..<p20>",
    );
    check(
        &format!("{range}reservations:\n  base: <p21>\n  services: {{web: {{}}}}\n"),
        "/project/trop.yaml:3:9|reservations.base|<p21>",
    );
    check(
        &format!(
            "{range}reservations:\n  services:\n    web: {{}}\n    api: {{offset: 11}}\n    db: {{offset: 12}}\n"
        ),
        "/project/trop.yaml:5:19|services.api.offset|<p21>|/project/trop.yaml:6:18|services.db.offset|<p22>",
    );
    check(
        &format!("{range}reservations:\n  base: <p15>\n  services:\n    web: {{}}\n    api: {{offset: 6}}\n"),
        "/project/trop.yaml:6:19|services.api.offset|counted from base <p15>|<p21>",
    );
    check("reservations:\n  services:\n    web: {offset: 2001}\n", "/project/trop.yaml:3:19|7001|5000..7000");
}

/// The range is that of the command, and not that of the file alone.
#[test]
fn what_does_not_fit_into_the_range_of_the_command_line_is_shown_too() {
    let project = Project::new("web: {offset: 5}");
    let words = "/project/trop.yaml:2:41|web.offset|<p15>|--max";
    project.check_refused(project.autoreserve(&["--min=<p10>", "--max=<p14>"]), 4, words);
    project.check(project.autoreserve(&["--min=<p10>", "--max=<p15>"]), "WEB=<p15>");
    // What is stored is not placed, so it need not fit.
    project.check(project.autoreserve(&["--min=<p10>", "--max=<p14>"]), "WEB=<p15>");
}
