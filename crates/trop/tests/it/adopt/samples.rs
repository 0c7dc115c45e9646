//! Every sample: the rows and the answers of before, or a refusal that names the rows.

use std::fs;

use serde_json::Value;

use crate::adopt::old::{Old, Stored, rows_of_file, sample};
use crate::adopt::refused::check_refused;
use crate::stage::port;

/// What the list shows, as the rows that are stored; times are not compared.
fn listed(old: &Old) -> Vec<(String, String, u64, Value, Value)> {
    let ran = old.trop(&["list", "--format=json"]).run().expect(0);
    let rows: Vec<Value> = serde_json::from_str(&ran.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let listed = rows.into_iter().map(|row| {
        let port = row["port"].as_u64().unwrap();
        (text(&row["path"]), text(&row["tag"]), port, row["project"].clone(), row["task"].clone())
    });
    listed.collect()
}

/// Adopted with every row; each key gets the port that it had, and of a row that is asked for only the last use changes.
#[track_caller]
fn adopted(name: &str, layout: u8) {
    let old = Old::sample(name);
    let before = rows_of_file(&sample(name));
    assert_eq!(before.len(), 12, "the sample has rows");
    let expected: Vec<_> = before
        .iter()
        .map(|row| {
            let label = |label: &Option<String>| label.clone().map_or(Value::Null, Value::String);
            (row.path.clone(), row.tag.clone(), u64::from(row.port), label(&row.project), label(&row.task))
        })
        .collect();
    assert_eq!(listed(&old), expected);

    for (count, row) in before.iter().enumerate() {
        let path = format!("--path={}", row.path);
        let tag = format!("--tag={}", row.tag);
        let tag = (!row.tag.is_empty()).then_some(tag.as_str());
        let reserve = ["reserve", &path, "--allow-unrelated-path"];
        let ran = old.trop(&reserve.into_iter().chain(tag).collect::<Vec<_>>()).run().expect(0);
        assert_eq!(port(&ran.stdout), row.port, "{row:?}");
        // The first one adopts, and says so once.
        let tells = ran.stderr.contains(old.copy_of(layout).as_str());
        assert_eq!(tells, count == 0, "{}", ran.stderr);
    }
    let after = old.rows();
    assert!(after.iter().zip(&before).all(|(after, before)| before.last_used_at < after.last_used_at));
    let with_old_use =
        |(after, before): (Stored, &Stored)| Stored { last_used_at: before.last_used_at, ..after };
    assert_eq!(after.into_iter().zip(&before).map(with_old_use).collect::<Vec<_>>(), before);
    assert_eq!(listed(&old), expected);
}

#[test]
fn good_ones_are_adopted_and_every_key_keeps_its_port() {
    adopted("layout-1", 1);
    adopted("layout-2", 2);
}

#[test]
fn rows_that_nobody_asks_for_are_left_to_the_second() {
    for name in ["layout-1", "layout-2"] {
        let old = Old::sample(name);
        let before = rows_of_file(&sample(name));
        let ran = old.trop(&["reserve", "--path=/srv/plain", "--allow-unrelated-path"]).run().expect(0);
        assert_eq!(port(&ran.stdout), 5008);
        let mut after = old.rows();
        after.retain(|row| row.path != "/srv/plain");
        let expected: Vec<Stored> = before.into_iter().filter(|row| row.path != "/srv/plain").collect();
        assert_eq!(after, expected);
    }
}

#[test]
fn impossible_ones_are_refused_by_row() {
    check_refused(&Old::sample("layout-1-negative-time"), &[&["/srv/plain", "5008", "-1"]]);
    check_refused(&Old::sample("layout-1-port-out-of-range"), &[&["/srv/plain", "70000"]]);
    check_refused(&Old::sample("layout-1-two-untagged"), &[&["/srv/plain", "5008"], &["/srv/plain", "6500"]]);
}

#[test]
fn one_without_a_version_is_foreign() {
    let old = Old::sample("layout-2-no-version");
    let content = fs::read(old.database()).unwrap();
    for arguments in [&["list"][..], &["reserve"], &["reserve", "--dry-run"], &["release"]] {
        let ran = old.trop(arguments).run().expect(6);
        assert!(ran.stderr.contains("schema_version"), "{arguments:?}: {}", ran.stderr);
        assert_eq!(fs::read(old.database()).unwrap(), content);
        assert_eq!(old.copies(), [""; 0]);
    }
}

#[test]
fn one_of_no_bytes_is_new() {
    let old = Old::sample("zero-byte");
    assert_eq!(old.trop(&["list", "--format=json"]).run().expect(0).stdout, "[]\n");
    assert_eq!(old.names(), ["trop.db"]);
    let ran = old.trop(&["reserve"]).run().expect(0);
    assert_eq!(port(&ran.stdout), 5000);
    assert!(
        ran.stderr.starts_with("warning") && ran.stderr.contains(old.database().as_str()),
        "{}",
        ran.stderr
    );
    assert_eq!(old.copies(), [""; 0]);
    let again = old.trop(&["reserve"]).run().expect(0);
    assert_eq!((port(&again.stdout), again.stderr.as_str()), (5000, ""));
}
