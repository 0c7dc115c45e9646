//! A group that is placed anew, as a whole.

use crate::elsewhere::Listening;

use super::Project;

#[test]
fn a_group_is_placed_anew_as_a_whole() {
    for flag in ["--overwrite", "--force"] {
        for command in [&["autoreserve"] as &[&str], &["reserve-group", "trop.yaml"]] {
            let project = Project::new("web: {}, api: {offset: 1}");
            project.reserve_elsewhere("other", "<p00>");
            project.check(project.trop(command), "WEB=<p01> API=<p02>");
            project.trop_in(&project.stage.directory("other"), &["release"]).run().expect(0);
            project.check(project.trop(command), "WEB=<p01> API=<p02>");
            project.check(project.trop(&[command, &[flag]].concat()), "WEB=<p00> API=<p01>");
            project.check(project.trop(command), "WEB=<p00> API=<p01>");
        }
    }
}

#[test]
fn services_can_exchange_their_ports() {
    for flag in ["--overwrite", "--force"] {
        let project = Project::new("web: {}, api: {offset: 1}, db: {offset: 2}");
        project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01> DB=<p02>");
        project.list("web: {offset: 1}, api: {}, db: {offset: 2}");
        project.check(project.autoreserve(&[flag]), "WEB=<p01> API=<p00> DB=<p02>");
        project.list("web: {offset: 2}, api: {offset: 1}, db: {}");
        project.check(project.autoreserve(&[flag]), "WEB=<p02> API=<p01> DB=<p00>");
        project.list(
            "web: {preferred: <p00>}, api: {offset: 1, preferred: <p02>}, db: {offset: 2, preferred: <p01>}",
        );
        project.check(project.autoreserve(&[flag]), "WEB=<p00> API=<p02> DB=<p01>");
        assert_eq!(project.stored(), ["/project api <p02>", "/project db <p01>", "/project web <p00>"]);
    }
}

#[test]
fn the_rest_of_the_directory_stays() {
    for flag in ["--overwrite", "--force"] {
        let project = Project::new("web: {}, api: {offset: 1}");
        let rest = ["/project  <p00>", "/project foreign <p02>"];
        project.trop(&["reserve"]).run().expect(0);
        project.trop(&["reserve", "--tag=foreign", "--port=<p02>"]).run().expect(0);
        assert_eq!(project.stored(), rest);
        let before = project.database().rows();
        // Neither lies in the way for less than the whole way.
        project.check(project.autoreserve(&[flag]), "WEB=<p03> API=<p04>");
        project.list("web: {offset: 7}, api: {offset: 9}");
        project.check(project.autoreserve(&[flag]), "WEB=<p07> API=<p09>");
        let after = project.database().rows();
        assert!(before.iter().all(|row| after.contains(row)), "{before:?} {after:?}");
        assert_eq!(after.len(), before.len() + 2);
    }
}

#[test]
fn it_keeps_when_it_was_made_and_refreshes_when_it_was_used() {
    let project = Project::new("web: {}");
    project.check(project.autoreserve(&[]), "WEB=<p00>");
    project.database().age(&project.directory, 1000);
    let before = project.database().rows().remove(0);
    project.list("web: {offset: 3}");
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p03>");
    let after = project.database().rows().remove(0);
    assert_eq!(after.created_at, before.created_at);
    assert!(before.last_used_at < after.last_used_at);
}

#[test]
fn its_own_servers_do_not_drive_it_away() {
    let project = Project::new("web: {}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
    let _servers = [0, 1].map(|offset| Listening::on(project.stage.ports.port(offset)));
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p00> API=<p01>");
    project.list("web: {offset: 1}, api: {}");
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p01> API=<p00>");
    // A new service does not get what somebody else uses.
    let _server = Listening::on(project.stage.ports.port(2));
    project.list("web: {offset: 1}, api: {}, db: {offset: 2}");
    project.check(project.autoreserve(&["--overwrite"]), "WEB=<p04> API=<p03> DB=<p05>");
}

#[test]
fn a_service_that_has_no_place_anew_leaves_all_where_they_are() {
    let project = Project::new("web: {}, api: {offset: 1}");
    project.check(project.autoreserve(&[]), "WEB=<p00> API=<p01>");
    project.reserve_elsewhere("other", "<p09>");
    project.list("web: {}, api: {offset: 9}");
    let run = project.autoreserve(&["--overwrite", "--max=<p09>"]);
    project.check_refused(run, 8, "api (offset 9: 1 reserved");
}
