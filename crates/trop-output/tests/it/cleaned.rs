//! What a clean-up removed, in every form.

use trop_model::{Change, RemovalReason, Reservation};
use trop_output::{CleanedFormat, write_cleaned};
use trop_testkit::snapshot;

use crate::samples::{at, hostile_rows, row, written};

fn gone(row: Reservation) -> Change {
    Change::Remove { row, reason: RemovalReason::Gone }
}

#[track_caller]
fn check(changes: &[Change], format: CleanedFormat, expected: &str) {
    assert_eq!(written(|out| write_cleaned(out, changes, format)), expected);
}

#[test]
fn without_removals_only_json_says_anything() {
    let kept = Change::Touch { row: row(5000, "/srv/a", ["", "", ""]), last_used_at: at(0) };
    for changes in [&[] as &[Change], &[kept]] {
        check(changes, CleanedFormat::Lines, "");
        check(changes, CleanedFormat::Json, "[]\n");
    }
}

#[test]
fn removals_stand_one_a_line_with_their_reasons() {
    let web = row(5001, "/srv/my shop", ["web", "shop", "main"]);
    let changes = [
        gone(row(5000, "/srv/a", ["", "", ""])),
        Change::Remove { row: web, reason: RemovalReason::Expired },
    ];
    check(&changes, CleanedFormat::Lines, "5000\t/srv/a\t\tgone\n5001\t/srv/my shop\tweb\texpired\n");
    check(
        &changes,
        CleanedFormat::Json,
        "[\n  {\"port\": 5000, \"path\": \"/srv/a\", \"tag\": null, \"reason\": \"gone\"},\n  \
         {\"port\": 5001, \"path\": \"/srv/my shop\", \"tag\": \"web\", \"reason\": \"expired\"}\n]\n",
    );
}

#[test]
fn hostile_text_stays_in_its_field() {
    let changes: Vec<Change> = hostile_rows().into_iter().map(gone).collect();
    let lines = written(|out| write_cleaned(out, &changes, CleanedFormat::Lines));
    assert!(lines.lines().all(|line| line.split('\t').count() == 4), "{lines}");
    snapshot!("output/cleaned-lines-hostile", lines);
    snapshot!(
        "output/cleaned-json-hostile",
        written(|out| write_cleaned(out, &changes, CleanedFormat::Json))
    );
}
