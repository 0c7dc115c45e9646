//! A clock that was set back: times that are stored are later than now.

use super::commands::Expected;
use super::scene::Scene;
use crate::database::{Database, now};
use crate::stage::{Stage, port};

/// A day, a century, and the latest time that trop can write down, the last second of the year 9999.
const AHEAD: [i64; 3] = [86_400, 3_155_760_000, 253_402_300_799 - 1_800_000_000];

/// Sets the clock back by so much, as what is stored sees it.
fn set_back(database: &Database, seconds: i64) {
    let changed = database.change(
        "UPDATE reservations SET created_at = min(created_at + ?1, 253402300799), \
         last_used_at = min(last_used_at + ?1, 253402300799)",
        [seconds],
    );
    assert!(changed.is_ok_and(|changed| 0 < changed));
}

#[test]
fn every_command_works_and_nothing_that_is_there_has_expired() {
    for seconds in AHEAD {
        let scene = Scene::new();
        set_back(&Database::of(scene.stage.data_directory()), seconds);
        let scene = scene.taken_anew();
        scene.check(|| (), |run| run, &Expected::ALL_WELL);
        scene.restore();
        for arguments in [&["expire", "--days=1"][..], &["autoclean", "--days=1"]] {
            let ran = scene.stage.trop(&scene.project, arguments).run().expect(0);
            assert!(!ran.stdout.contains("expired"), "{ran:?}");
        }
    }
}

#[test]
fn a_reservation_that_is_used_is_never_older_than_it_was_made() {
    for seconds in AHEAD {
        let stage = Stage::new();
        let (project, database) = (stage.directory("project"), Database::of(stage.data_directory()));
        let first = stage.reserved(&project, 0..=9);
        set_back(&database, seconds);
        let before = now();
        assert_eq!(stage.reserved(&project, 0..=9), first);
        let row = database.row(&project).unwrap();
        assert!(row.created_at <= row.last_used_at && before <= row.last_used_at, "{row:?}");
        // What is new among what is later.
        let ran = stage.reserve(&project, 0..=9, &["--tag=new"]).run().expect(0);
        assert_eq!(port(&ran.stdout), stage.ports.port(1));
        let _ = stage.trop(&project, ["assert-data-dir", "--validate"]).run().expect(0);
    }
}
