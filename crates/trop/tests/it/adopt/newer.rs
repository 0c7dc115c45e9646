//! Databases of a newer trop, and ones whose marks contradict each other: never taken for old ones.

use std::fs;

use trop_testkit::database::{Journal, Row, Version};

use crate::adopt::old::Old;

/// Every command that opens the database refuses it with these words, and leaves it alone.
#[track_caller]
fn check(version: Version, statements: &str, words: &[&str]) {
    let old = Old::with_rows(version, &[Row::new("/srv/a", None, 5000)], Journal::Delete);
    old.edit(statements);
    let before = (fs::read(old.database()).unwrap(), old.names());
    for arguments in [
        &["list"][..],
        &["list-projects"],
        &["reserve"],
        &["reserve", "--dry-run"],
        &["reserve", "--path=/srv/a", "--allow-unrelated-path"],
        &["release"],
        &["release", "--dry-run"],
    ] {
        let ran = old.trop(arguments).run().expect(6);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        for word in words {
            assert!(ran.stderr.contains(word), "{arguments:?} lacks {word:?}: {}", ran.stderr);
        }
        assert_eq!((fs::read(old.database()).unwrap(), old.names()), before, "{arguments:?}");
    }
}

fn schema_version(value: &str) -> String {
    format!("UPDATE metadata SET value = '{value}' WHERE key = 'schema_version'")
}

#[test]
fn our_own_of_today_is_no_newer_one() {
    let old = Old::with_rows(Version::Schema(1), &[Row::new("/srv/a", None, 5000)], Journal::WriteAheadLog);
    let ran = old.trop(&["reserve", "--path=/srv/a", "--allow-unrelated-path"]).run().expect(0);
    assert_eq!(ran.stdout, "5000\n");
    assert_eq!(old.copies(), [""; 0]);
}

#[test]
fn newer_ones_are_refused_with_both_numbers() {
    let next = format!("PRAGMA user_version = 2; {}", schema_version("1002"));
    check(Version::Schema(1), &next, &["newer", "its schema is 2, and this trop knows 1"]);
    // Without any of our marks but the one that every trop writes.
    check(Version::Layout2, &schema_version("3"), &["newer", "its schema is 3, and this trop knows 1001"]);
    check(
        Version::LAYOUT_1,
        &schema_version("1002"),
        &["newer", "its schema is 1002, and this trop knows 1001"],
    );
    check(
        Version::LAYOUT_1,
        &schema_version("1000"),
        &["newer", "its schema is 1000, and this trop knows 1001"],
    );
}

#[test]
fn marks_that_disagree_make_no_old_one() {
    check(Version::Schema(1), "PRAGMA application_id = 0", &["1001", "application_id"]);
    check(Version::Layout2, &schema_version("1001"), &["1001", "application_id"]);
    check(Version::Schema(1), &schema_version("1"), &["\"1\"", "1001"]);
    check(Version::LAYOUT_1, "PRAGMA application_id = 1953656688", &["user_version"]);
    check(Version::LAYOUT_1, "PRAGMA user_version = 1", &["user_version"]);
}

#[test]
fn other_numbers_are_no_version() {
    for value in ["0", "-1", "two", "", "1.0", " 1", "1\u{0}"] {
        check(
            Version::LAYOUT_1,
            &schema_version(&value.replace('\u{0}', "' || char(0) || '")),
            &["schema_version"],
        );
    }
}
