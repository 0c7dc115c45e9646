//! What is said: the rows on stdout, how many on stderr.

use trop_testkit::snapshot;

use super::Scene;

/// One directory is alive, one is gone with its two ports, one was not used for long, one is both.
fn some_of_each() -> Scene {
    let scene = Scene::new(&["alive", "both", "gone", "gone web", "old"]);
    scene.remove(&["both", "gone"]);
    scene.leave_unused(&["both", "old"], 40);
    scene
}

#[test]
fn every_form_of_every_command_is_a_snapshot() {
    for command in ["prune", "expire", "autoclean"] {
        for format in ["plain", "json"] {
            let scene = some_of_each();
            let ran = scene.trop(&[command, "--format", format]).run().expect(0);
            let name = format!("cli/{command}-{format}");
            snapshot!(&name, scene.shown(&format!("{}---\n{}", ran.stdout, ran.stderr)));
        }
    }
}

#[test]
fn each_command_removes_its_own() {
    #[track_caller]
    fn check(arguments: &[&str], left: &[&str], said: &str) {
        let scene = some_of_each();
        let ran = scene.trop(arguments).run().expect(0);
        assert_eq!(
            (scene.left(), ran.stderr.as_str()),
            (left.iter().map(ToString::to_string).collect(), said)
        );
        let again = scene.trop(arguments).run().expect(0);
        assert_eq!((again.stdout.as_str(), again.stderr.as_str()), ("", "note: nothing to remove\n"));
    }
    check(&["prune"], &["/alive", "/old"], "note: removed 3 reservations\n");
    check(&["expire"], &["/alive", "/gone", "/gone"], "note: removed 2 reservations\n");
    check(&["autoclean"], &["/alive"], "note: removed 4 reservations\n");
    check(
        &["expire", "--days=41"],
        &["/alive", "/both", "/gone", "/gone", "/old"],
        "note: nothing to remove\n",
    );
    check(&["autoclean", "--days=41"], &["/alive", "/old"], "note: removed 3 reservations\n");
}
