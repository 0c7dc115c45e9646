//! A stored group stays where it is, and grows in place.

use super::Project;

const SERVICES: &str = "web: {}, api: {offset: 1}, db: {offset: 5}";
const PORTS: &str = "WEB=<p00> API=<p01> DB=<p05>";

#[test]
fn a_new_service_joins_at_its_offset() {
    let project = Project::new("web: {offset: 2}");
    // The place of the group is not that of a new one.
    project.reserve_elsewhere("other", "<p02>");
    project.check(project.autoreserve(&[]), "WEB=<p03>");
    project.trop_in(&project.stage.directory("other"), &["release"]).run().expect(0);
    project.list("first: {}, web: {offset: 2}, api: {offset: 9}");
    let before = project.database().rows();
    project.check(project.autoreserve(&[]), "FIRST=<p01> WEB=<p03> API=<p10>");
    let web = project.database().rows().into_iter().find(|row| row.tag == "web").unwrap();
    assert_eq!((web.port, web.created_at), (before[0].port, before[0].created_at));
}

#[test]
fn a_released_service_returns_to_its_place() {
    let project = Project::new(SERVICES);
    project.check(project.autoreserve(&[]), PORTS);
    for tag in ["web", "api", "db"] {
        project.trop(&["release", "--tag", tag]).run().expect(0);
        project.check(project.autoreserve(&[]), PORTS);
    }
    for tag in ["web", "db"] {
        project.trop(&["release", "--tag", tag]).run().expect(0);
    }
    project.check(project.trop(&["reserve-group", "trop.yaml"]), PORTS);
}

#[test]
fn a_changed_offset_is_warned_of_and_the_port_kept() {
    let project = Project::new(SERVICES);
    project.check(project.autoreserve(&[]), PORTS);
    project.list("web: {}, api: {offset: 2}, db: {offset: 5}");
    for _ in 0..2 {
        let warning = "api keeps port <p01>|offset 2|<p02>|--overwrite";
        project.check_warned(project.autoreserve(&[]), PORTS, &[warning]);
    }
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p00> API=<p02> DB=<p05>");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p02> DB=<p05>");
}

#[test]
fn a_changed_preference_is_warned_of_and_the_port_kept() {
    let project = Project::new(SERVICES);
    project.check(project.autoreserve(&[]), PORTS);
    project.list("web: {preferred: <p50>}, api: {offset: 1}, db: {offset: 5}");
    let warning = "web keeps port <p00>|<p50>|--overwrite";
    project.check_warned(project.autoreserve(&[]), PORTS, &[warning]);
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p50> API=<p01> DB=<p05>");

    project.list("web: {preferred: <p51>}, api: {offset: 1}, db: {offset: 5}");
    let warning = "web keeps port <p50>|<p51>|--overwrite";
    project.check_warned(project.autoreserve(&[]), "WEB=<p50> API=<p01> DB=<p05>", &[warning]);
}

#[test]
fn what_is_no_longer_listed_stays_stored() {
    let project = Project::new(SERVICES);
    project.check(project.autoreserve(&[]), PORTS);
    project.list("web: {}, new: {offset: 2}");
    project.check(project.autoreserve(&[]), "WEB=<p00> NEW=<p02>");
    project.list(SERVICES);
    project.check(project.autoreserve(&[]), PORTS);
}

#[test]
fn a_new_service_takes_its_preferred_port_whatever_its_offset() {
    let project = Project::new("web: {}");
    project.check(project.autoreserve(&[]), "WEB=<p00>");
    project.list("web: {}, api: {offset: 1, preferred: <p50>}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p50>");
}

#[test]
fn a_new_service_whose_preferred_port_is_taken_falls_back_into_the_pattern() {
    let project = Project::new("web: {}");
    project.check(project.autoreserve(&[]), "WEB=<p00>");
    project.reserve_elsewhere("other", "<p50>");
    project.list("web: {}, api: {offset: 4, preferred: <p50>}");
    let warning = "port <p50> for api|reserved for |/other|<p04>";
    project.check_warned(project.autoreserve(&[]), "WEB=<p00> API=<p04>", &[warning]);
}

/// Whoever is on a preferred port says nothing of the base.
#[test]
fn without_anybody_to_agree_a_place_is_searched_as_for_a_new_group() {
    let project = Project::new("web: {preferred: <p50>}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p50> API=<p01>");
    project.trop(&["release", "--tag=api"]).run().expect(0);
    project.reserve_elsewhere("other", "<p01>");
    project.check(project.autoreserve(&[]), "WEB=<p50> API=<p02>");
}

#[test]
fn a_single_reservation_takes_no_notice_of_the_group() {
    let project = Project::new(SERVICES);
    let single = |tag: &str, expected: &str| {
        let ran = project.trop(&["reserve", "--tag", tag]).run().expect(0);
        assert_eq!(project.shown(&ran.stdout), expected);
    };
    single("other", "<p00>\n");
    single("db", "<p01>\n");
    // And the group takes notice of it: where db is, it stays, and it says where the others are.
    project.check_refused(project.autoreserve(&[]), 1, "tag web");
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p01> API=<p02> DB=<p06>");
}
