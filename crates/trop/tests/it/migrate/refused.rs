//! What is refused, and that nothing changes then.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use super::Scene;
use crate::read_only::ReadOnly;
use crate::stage::Stage;
use crate::tree::tree;

#[test]
fn every_collision_is_listed() {
    let scene = Scene::new(&["a", "a web", "a api", "a/x", "b", "b web", "b/x", "b/y"]);
    let alone = scene.check_refused("a", "b", &[], 1);
    assert_eq!(
        scene.shown(&alone.stderr),
        "error: 2 reservations cannot move: others stand where they would come\n\
         \u{20} × port <p00> of /a cannot move to /b, which has port <p04>\n\
         \u{20} × port <p01> of /a (tag web) cannot move to /b (tag web), which has port <p05>\n\
         \u{20} help: --force lets exactly those in the way go; one by one, they are given back with commands like \
         trop release --allow-unrelated-path --path='/b' --untagged-only\n"
    );
    let tree = scene.check_refused("a", "b", &["--recursive", "--error-format=json"], 1);
    let error: Value = serde_json::from_str(&tree.stderr).unwrap();
    assert_eq!((error["code"].as_u64(), error["kind"].as_str()), (Some(1), Some("collision")));
    let problems = error["problems"].as_array().unwrap();
    let last = scene.shown(problems[2]["message"].as_str().unwrap());
    assert_eq!(
        (problems.len(), last.as_str()),
        (3, "port <p03> of /a/x cannot move to /b/x, which has port <p06>")
    );
}

#[test]
fn with_force_exactly_what_is_in_the_way_goes() {
    let scene = Scene::new(&["a", "a web", "a/x", "b web", "b api", "b/x", "b/y"]);
    let said = "note: removed the reservation of port <p03> for /b (tag web): another one takes its place\n\
                note: removed the reservation of port <p05> for /b/x: another one takes its place\n\
                note: moved 3 reservations from /a to /b\n\
                note: /a is still there; a reserve in it gets another port from now on\n";
    scene.migrated("a", "b", &["--recursive", "--force"], said);
    assert_eq!(scene.places(), ["b 0", "b api 4", "b web 1", "b/x 2", "b/y 6"]);
}

#[test]
fn the_directory_is_to_be_moved_first() {
    let scene = Scene::new(&["a"]);
    let missing = scene.check_refused("a", "b", &["--force"], 1).stderr;
    let help = "help: move the directory there first (a worktree with git worktree move), and migrate then\n";
    assert_eq!(scene.shown(&missing), format!("error: the directory /b does not exist\n  {help}"));
    fs::write(scene.at("file"), "").unwrap();
    let file = scene.check_refused("a", "file", &["--recursive"], 1).stderr;
    assert_eq!(scene.shown(&file), format!("error: /file is not a directory\n  {help}"));
    scene.check_refused("a", "file/below", &[], 1);
}

#[test]
fn a_directory_that_cannot_be_looked_at_is_code_5() {
    let scene = Scene { stage: Stage::of_ordinary_user() };
    let a = scene.stage.directory("a");
    scene.stage.reserved(&a, 0..=9);
    let closed = scene.stage.directory("closed");
    scene.stage.directory("closed/b");
    fs::set_permissions(&closed, Permissions::from_mode(0o000)).unwrap();
    let refused = scene.check_refused("a", "closed/b", &[], 5);
    fs::set_permissions(&closed, Permissions::from_mode(0o700)).unwrap();
    assert!(
        refused.stderr.contains("/closed/b cannot be looked at (Permission denied)"),
        "{}",
        refused.stderr
    );
    scene.migrate("a", "closed/b", &[]).run().expect(0);
}

#[test]
fn nothing_to_move_is_refused_unless_a_tree_was_meant() {
    let scene = Scene::new(&["a/below"]);
    scene.stage.directory("b");
    let below = scene.check_refused("a", "b", &[], 1).stderr;
    let expected =
        "error: nothing is reserved for /a\n  help: move what is reserved below it with --recursive\n";
    assert_eq!(scene.shown(&below), expected);
    let nothing = scene.check_refused("b", "a", &["--force"], 1).stderr;
    let expected = "error: nothing is reserved for /b\n  help: see what is reserved with trop list\n";
    assert_eq!(scene.shown(&nothing), expected);
    scene.migrated("b", "a", &["--recursive"], "note: nothing is reserved for /b or below it\n");
    assert_eq!(scene.places(), ["a/below 0"]);
}

#[test]
fn without_a_database_nothing_is_made() {
    let scene = Scene { stage: Stage::new() };
    scene.stage.directory("b");
    for more in [&[][..], &["--dry-run"], &["--force"]] {
        scene.migrate("a", "b", more).run().expect(1);
        let tree_meant = [more, &["--recursive"]].concat();
        assert_eq!(scene.migrate("a", "b", &tree_meant).run().expect(0).stdout, "");
    }
    assert_eq!(tree(scene.stage.sandbox.home()).len(), 0);
}

#[test]
fn a_database_that_cannot_be_written_is_code_5() {
    let scene = Scene { stage: Stage::of_ordinary_user() };
    let a = scene.stage.directory("a");
    scene.stage.reserved(&a, 0..=9);
    scene.stage.directory("b");
    let data = scene.stage.data_directory();
    let database = data.join("trop.db");
    let _read_only = [ReadOnly::new(&data), ReadOnly::new(&database)];
    let ran = scene.migrate("a", "b", &[]).run().expect(5);
    assert!(ran.stderr.contains("TROP_DATA_DIR"), "{}", ran.stderr);
    scene.migrate("a", "b", &["--dry-run"]).run().expect(5);
    // Nothing is to be written here.
    scene.migrate("b", "a", &["--recursive"]).run().expect(0);
    scene.migrate("b", "a", &[]).run().expect(1);
}

#[test]
fn a_wrong_command_line_is_code_4() {
    let scene = Scene::new(&["a", "b web"]);
    let a = scene.at("a");
    let a = a.as_str();
    for (arguments, said) in [
        (&[][..], "--from <DIR> --to <DIR>"),
        (&["--from", a], "--to <DIR>"),
        (&["--to", a], "--from <DIR>"),
        (&["--from", a, "--to", ""], "the path is empty"),
        (&["--from", "", "--to", a], "the path is empty"),
        (&["--from", "~nobody/a", "--to", a], "another user's home"),
        (&["--from", a, "--to", a, "--tag=web"], "--tag"),
        (&["--from", a, "--to", a, "--allow-unrelated-path"], "--allow-unrelated-path"),
    ] {
        let trop = scene.stage.trop(scene.stage.directory("site"), [&["migrate"], arguments].concat());
        let ran = trop.run().expect(4);
        assert!(ran.stderr.contains(said), "{arguments:?}: {}", ran.stderr);
    }
    assert_eq!(scene.places(), ["a 0", "b web 1"]);
}
