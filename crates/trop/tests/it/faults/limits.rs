//! Too few descriptors, too little memory, and files that may not grow.

use super::scene::Scene;
use crate::inside::after;

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
