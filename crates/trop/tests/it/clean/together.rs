//! Clean-ups beside those who use what is to be cleaned up. What counts is what is stored in the end.

use std::collections::BTreeMap;

use serde_json::Value;

use trop_testkit::{Ran, run_together};

use super::Scene;

const ROUNDS: usize = 20;
const NAMES: [&str; 12] = ["a", "b", "c", "d", "e", "f", "g", "h", "i", "j", "k", "l"];

/// What a run answered in JSON.
#[track_caller]
fn answer(ran: &Ran) -> Value {
    serde_json::from_str(&ran.clone().expect(0).stdout).unwrap()
}

/// Lets processes use what has expired while others remove it. What was refreshed in time is never removed, and what came too late is
/// made anew.
#[track_caller]
fn check(command: &str) {
    let scene = Scene::new(&NAMES);
    let (mut refreshed, mut made_anew) = (0, 0);
    for _ in 0..ROUNDS {
        scene.leave_unused(&NAMES, 40);
        // Each fourth run cleans up.
        let runs = NAMES.chunks(3).flat_map(|names| {
            let reserves =
                names.iter().map(|name| scene.stage.reserve(scene.at(name), 0..=99, &["--format=json"]));
            reserves.chain([scene.trop(&[command, "--format=json"])])
        });
        let answers: Vec<Value> = run_together(runs).iter().map(answer).collect();

        let mut removals: BTreeMap<String, usize> = BTreeMap::new();
        for removed in answers.iter().filter_map(Value::as_array).flatten() {
            assert_eq!(removed["reason"], "expired");
            *removals.entry(removed["path"].to_string()).or_default() += 1;
        }
        for reserved in answers.iter().filter(|answer| answer.is_object()) {
            let was_removed = usize::from(reserved["created"] == true);
            let removals = removals.get(&reserved["path"].to_string()).copied().unwrap_or_default();
            assert_eq!(removals, was_removed, "{reserved}");
            let row = scene.database.row(reserved["path"].as_str().unwrap()).unwrap();
            assert_eq!(reserved["port"], row.port);
            (refreshed, made_anew) = (refreshed + 1 - was_removed, made_anew + was_removed);
        }
        assert_eq!(scene.database.valid_rows().len(), NAMES.len());
    }
    assert!(0 < refreshed && 0 < made_anew, "{refreshed} refreshed, {made_anew} made anew");
}

#[test]
fn what_is_refreshed_beside_an_expire_is_never_removed() {
    check("expire");
}

#[test]
fn what_is_refreshed_beside_an_autoclean_is_never_removed() {
    check("autoclean");
}

#[test]
fn many_clean_ups_at_once_remove_each_reservation_once() {
    for _ in 0..ROUNDS {
        let scene = Scene::new(&NAMES);
        scene.remove(&NAMES[2..]);
        scene.leave_unused(&NAMES[1..4], 40);
        let commands = ["prune", "expire", "autoclean"].into_iter().cycle().take(12);
        let ended = run_together(commands.map(|command| scene.trop(&[command])));
        let rows: Vec<String> = ended.into_iter().map(|ran| ran.expect(0).stdout).collect();
        assert_eq!(rows.concat().lines().count(), NAMES.len() - 1);
        assert_eq!(scene.left(), ["/a"]);
    }
}
