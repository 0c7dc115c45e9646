//! What is said: the rows on stdout, how many on stderr.

use std::process::Stdio;

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

#[test]
fn what_keeps_a_clean_up_from_coming_by_itself_does_not_keep_it_from_being_asked_for() {
    let scene = some_of_each();
    let off = |variable| scene.trop(&["autoclean"]).env(variable, "yes");
    let trop = off("TROP_DISABLE_AUTOPRUNE").env("TROP_DISABLE_AUTOEXPIRE", "yes");
    assert_eq!(trop.run().expect(0).stdout.lines().count(), 4);
}

#[test]
fn quiet_leaves_the_rows_and_verbose_tells_each_twice() {
    let quiet = some_of_each().trop(&["autoclean", "--quiet"]).run().expect(0);
    assert_eq!((quiet.stdout.lines().count(), quiet.stderr.as_str()), (4, ""));
    let verbose = some_of_each().trop(&["autoclean", "--verbose"]).run().expect(0);
    let named =
        verbose.stderr.lines().filter(|line| line.starts_with("note: removed the reservation of port "));
    assert_eq!((verbose.stdout.lines().count(), named.count()), (4, 4));
}

#[test]
fn a_closed_pipe_ends_quietly_and_what_was_removed_is_removed() {
    let scene = some_of_each();
    let mut trop = scene.trop(&["autoclean"]);
    let (reader, writer) = std::io::pipe().unwrap();
    drop(reader);
    let output = trop.command.stdout(Stdio::from(writer)).output().unwrap();
    let told = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), told.as_str()), (Some(0), "note: removed 4 reservations\n"));
    assert_eq!(scene.left(), ["/alive"]);
}

#[test]
fn hostile_names_stay_in_their_field() {
    let scene = Scene::new(&["a\u{1b}[31mred\nnext\tcolumn\u{202e}txt.exe"]);
    scene.remove(&["a\u{1b}[31mred\nnext\tcolumn\u{202e}txt.exe"]);
    let ran = scene.trop(&["prune"]).run().expect(0);
    assert_eq!(scene.shown(&ran.stdout), "<p00>\t/a\\u{1b}[31mred\\nnext\\tcolumn\\u{202e}txt.exe\t\tgone\n");
}
