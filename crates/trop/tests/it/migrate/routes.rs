//! By which paths directories may be named.

use std::os::unix::fs::symlink;

use super::Scene;
use crate::inside::after;
use crate::stage::port;

#[test]
fn paths_may_be_relative_unclean_and_in_the_home() {
    let scene = Scene::new(&["home/a", "home/a web"]);
    let home = scene.stage.sandbox.home();
    let places = [("home/a", "a"), ("home/b", "b"), ("home/c", "c")];
    let names = [("~/a", "./b/"), ("b//.", "~/x/../c"), ("../home/c", "a/below/..")];
    for (index, (from, to)) in names.into_iter().enumerate() {
        let (next, name) = places[(index + 1) % places.len()];
        std::fs::create_dir_all(home.join(name)).unwrap();
        let trop = scene.stage.trop(&home, ["migrate", "--from", from, "--to", to]);
        trop.run().expect(0);
        assert_eq!(scene.places(), [format!("{next} 0"), format!("{next} web 1")], "{from} to {to}");
    }
}

#[test]
fn a_deleted_working_directory_matters_to_relative_paths_alone() {
    let scene = Scene::new(&["a"]);
    let doomed = scene.stage.directory("doomed");
    scene.stage.directory("b");
    for (from, code) in [("../a".to_owned(), 5), (scene.at("a").into_string(), 0)] {
        std::fs::create_dir_all(&doomed).unwrap();
        let migrate = scene.stage.trop(&doomed, ["migrate", "--from", &from, "--to", scene.at("b").as_str()]);
        let _ = after(&format!("rmdir {doomed}"), migrate).run().expect(code);
    }
    assert_eq!(scene.places(), ["b 0"]);
}

#[test]
fn the_path_guard_has_no_say() {
    let scene = Scene::new(&["one/a"]);
    scene.stage.directory("two/b");
    let unrelated = scene.stage.directory("site");
    let (from, to) = (scene.at("one/a"), scene.at("two/b"));
    let trop = scene.stage.trop(unrelated, ["migrate", "--from", from.as_str(), "--to", to.as_str()]);
    trop.run().expect(0);
    assert_eq!(scene.places(), ["two/b 0"]);
}

#[test]
fn a_reserve_in_the_directory_finds_its_port_by_whatever_route_it_was_named() {
    for (from, to) in [("real/a", "link/b"), ("link/a", "real/b"), ("link/a", "link/b"), ("real/a", "real/b")]
    {
        let scene = Scene::new(&["real/a"]);
        symlink(scene.at("real"), scene.at("link")).unwrap();
        scene.rename("real/a", "real/b");
        scene.migrate(from, to, &[]).run().expect(0);
        assert_eq!(scene.places(), ["real/b 0"], "{from} to {to}");
        for route in ["real/b", "link/b"] {
            assert_eq!(scene.reserve(scene.at(route), ""), scene.stage.ports.first(), "{from} to {to}");
        }
        scene.rename("real/b", "real/a");
        scene.migrate(to, from, &["--recursive"]).run().expect(0);
        assert_eq!(scene.places(), ["real/a 0"], "{to} to {from}");
    }
}

#[test]
fn what_is_stored_behind_a_link_stays_behind_it() {
    let scene = Scene { stage: crate::stage::Stage::new() };
    scene.stage.directory("real/a");
    symlink(scene.at("real"), scene.at("link")).unwrap();
    let path = format!("--path={}", scene.at("link/a"));
    let more = [path.as_str(), "--allow-unrelated-path"];
    let reserve = || scene.stage.reserve(scene.at("home"), 0..=9, &more).run().expect(0).stdout;
    let first = port(&reserve());
    assert_eq!(scene.places(), ["link/a 0"]);
    scene.rename("real/a", "real/b");
    scene.migrate("link/a", "link/b", &[]).run().expect(0);
    assert_eq!(scene.places(), ["link/b 0"]);
    scene.rename("real/b", "real/a");
    scene.migrate("link/b", "link/a", &["--recursive"]).run().expect(0);
    assert_eq!(scene.places(), ["link/a 0"]);
    assert_eq!(port(&reserve()), first);
    // To its real path it moves like to any other.
    scene.migrate("link/a", "real/a", &[]).run().expect(0);
    assert_eq!(scene.places(), ["real/a 0"]);
}

#[test]
fn a_link_in_the_old_place_is_not_the_directory_still_there() {
    let scene = Scene::new(&["a"]);
    scene.rename("a", "b");
    symlink(scene.at("b"), scene.at("a")).unwrap();
    scene.migrated("a", "b", &[], "note: moved 1 reservation from /a to /b\n");
    assert_eq!(scene.reserve(scene.at("a"), ""), scene.stage.ports.first());
}
