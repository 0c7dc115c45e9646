//! Too few descriptors, too little memory, and files that may not grow.

use super::scene::Scene;
use crate::inside::after;
use crate::stage::Stage;

#[test]
fn with_however_few_descriptors_no_answer_is_wrong() {
    let scene = Scene::new();
    // With three the loader ends it; with seventeen everything works.
    for limit in 4..=17 {
        scene.check_any(|run| after(&format!("ulimit -n {limit}"), run), &[0, 5]);
    }
}

#[test]
fn where_no_file_may_grow_nothing_is_lost() {
    let scene = Scene::new();
    // Whoever ignores the signal gets an error; the others are ended by it.
    for limit in [0, 8, 64, 128] {
        let ulimit = format!("trap '' XFSZ && ulimit -f {limit}");
        scene.check_any(|run| after(&ulimit, run), &[0, 5]);
    }
}

#[test]
fn too_few_descriptors_are_called_so() {
    let stage = Stage::new();
    stage.reserved(stage.directory("project"), 0..=9);
    for limit in 4..=6 {
        for arguments in [["reserve"], ["list"]] {
            let run = after(&format!("ulimit -n {limit}"), stage.trop(stage.directory("project"), arguments));
            let ran = run.run();
            if ran.code == Some(5) {
                assert!(ran.stderr.contains("(ulimit -n)"), "{limit} {arguments:?}: {}", ran.stderr);
                assert!(!ran.stderr.contains("permissions"), "{limit} {arguments:?}: {}", ran.stderr);
            } else {
                ran.expect(0);
            }
        }
    }
}
