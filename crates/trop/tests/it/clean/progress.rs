//! Thousands of directories: whoever waits at a terminal sees how far it is.

use trop_testkit::{Invocation, skip_unless};

use super::Scene;
use crate::terminal::{at_a_terminal, script};

const WORK: &str = "looking at directories: ";

fn with_many(count: u16) -> Scene {
    let scene = Scene::new(&["alive"]);
    scene.store_many(scene.at("many"), count - 1);
    scene
}

/// What a terminal is sent, its line ends as a program writes them.
#[track_caller]
fn sent(run: Invocation) -> String {
    let output = at_a_terminal(&run.env("NO_COLOR", "1")).output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    String::from_utf8(output.stdout).unwrap().replace("\r\n", "\n")
}

#[test]
fn it_is_drawn_on_a_line_of_its_own_and_erased() {
    skip_unless!(script());
    let scene = with_many(3000);
    let sent = sent(scene.trop(&["prune"]));
    let (drawn, rest) = sent.rsplit_once('\r').unwrap();
    let (drawn, erased) = drawn.rsplit_once('\r').unwrap();
    assert!(drawn.starts_with(&format!("\r{WORK}0 of 3000")), "{drawn:?}");
    assert!(drawn.split('\r').skip(1).all(|line| line.starts_with(WORK) && line.ends_with(" of 3000")));
    let last = drawn.rsplit('\r').next().unwrap();
    assert_eq!(erased, " ".repeat(last.len()));
    assert!(rest.starts_with("note: removed 2999 reservations\n10001\t"), "{:?}", rest.get(..80));
}

#[test]
fn a_clean_up_that_makes_room_shows_it_too() {
    skip_unless!(script());
    let scene = Scene::new(&["gone"]);
    scene.remove(&["gone"]);
    scene.store_many(scene.at("many"), 999);
    let sent = sent(scene.stage.reserve(scene.at("site"), 0..=0, &[]));
    assert!(sent.starts_with(&format!("\r{WORK}0 of 1000")), "{sent:?}");
    assert!(sent.contains("\rnote: removed 1000 reservations\n"), "{sent:?}");
}

#[test]
fn nobody_else_sees_it() {
    skip_unless!(script());
    #[track_caller]
    fn check(count: u16, arguments: &[&str]) {
        let sent = sent(with_many(count).trop(arguments));
        assert!(!sent.contains(WORK) && !sent.contains('\r'), "{sent:?}");
    }
    check(999, &["prune"]);
    check(1000, &["expire"]);
    check(1000, &["prune", "--quiet"]);
    check(1000, &["prune", "--error-format=json"]);
    check(1000, &["prune", "2>/dev/null"]);
    let ran = with_many(1000).trop(&["prune"]).run().expect(0);
    assert_eq!((ran.stdout.lines().count(), ran.stderr.as_str()), (999, "note: removed 999 reservations\n"));
}
