//! Directories that may be gone: each is named, unless they are too many to read.

use serde_json::Value;

use trop_testkit::Ran;

use super::Scene;

/// So many directories, each with a port, on a disk that may just not be mounted.
fn on_a_missing_disk(count: u16) -> Scene {
    let scene = Scene::new(&["alive"]);
    scene.store_many("/trop-no-such-disk", count);
    scene
}

fn warnings(ran: &Ran) -> Vec<&str> {
    ran.stderr.lines().filter_map(|line| line.strip_prefix("warning: ")).collect()
}

fn names_one(warning: &str) -> bool {
    warning.starts_with("the reservations of /trop-no-such-disk/")
        && warning.contains("are kept: it is not found")
}

const IN_SHORT: &str = "the reservations of 21 directories are kept: it is not certain whether these are gone; --verbose names each";

#[test]
fn twenty_are_named_and_more_are_counted() {
    let ran = on_a_missing_disk(20).trop(&["prune"]).run().expect(0);
    assert_eq!(warnings(&ran).len(), 20);
    assert!(warnings(&ran).into_iter().all(names_one), "{}", ran.stderr);

    let scene = on_a_missing_disk(21);
    let ran = scene.trop(&["prune"]).run().expect(0);
    assert_eq!(ran.stderr, format!("warning: {IN_SHORT}\nnote: nothing to remove\n"));
    let ran = scene.trop(&["prune", "--verbose"]).run().expect(0);
    assert_eq!(warnings(&ran).len(), 21);
    assert!(warnings(&ran).into_iter().all(names_one), "{}", ran.stderr);
    assert_eq!(scene.trop(&["prune", "--quiet"]).run().expect(0).stderr, "");
}

#[test]
fn programs_get_all_of_them() {
    let scene = on_a_missing_disk(21);
    let ran = scene.trop(&["prune", "--dry-run", "--format=json"]).run().expect(0);
    assert_eq!(warnings(&ran), [IN_SHORT]);
    let shown: Value = serde_json::from_str(&ran.stdout).unwrap();
    let all: Vec<&str> = shown["warnings"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(all.len(), 21);
    assert!(all.into_iter().all(names_one));
}

#[test]
fn a_clean_up_that_was_to_make_room_tells_the_same() {
    let scene = on_a_missing_disk(21);
    let run = |more: &[&str]| scene.stage.reserve(scene.at("site"), 0..=0, more).run().expect(8);
    assert_eq!(warnings(&run(&[])), [IN_SHORT]);
    assert_eq!(warnings(&run(&["--verbose"])).len(), 21);
    let error: Value = serde_json::from_str(&run(&["--error-format=json"]).stderr).unwrap();
    assert_eq!(error["causes"].as_array().unwrap().len(), 21);
}
