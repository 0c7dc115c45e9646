//! Moments, for programs and for people.

use trop_output::{age_in_words, rfc3339};

use crate::samples::{NOW, at};

const LATEST: i64 = 253_402_300_799;

#[test]
fn moments_are_written_by_rfc_3339_in_utc() {
    #[track_caller]
    fn check(seconds: i64, expected: &str) {
        assert_eq!(rfc3339(at(seconds)), expected);
    }
    check(0, "1970-01-01T00:00:00Z");
    check(NOW, "2026-11-21T04:59:06Z");
    check(951_782_400, "2000-02-29T00:00:00Z");
    check(253_402_207_201, "9999-12-30T22:00:01Z");
    check(LATEST, "9999-12-31T23:59:59Z");
}

#[test]
fn ages_are_rounded_down() {
    #[track_caller]
    fn check(seconds_ago: i64, expected: &str) {
        assert_eq!(age_in_words(at(NOW - seconds_ago), at(NOW)), expected);
    }
    check(-86_400, "just now");
    check(NOW - LATEST, "just now");
    check(0, "just now");
    check(59, "just now");
    check(60, "1 minute ago");
    check(119, "1 minute ago");
    check(120, "2 minutes ago");
    check(3_599, "59 minutes ago");
    check(3_600, "1 hour ago");
    check(7_199, "1 hour ago");
    check(86_399, "23 hours ago");
    check(86_400, "1 day ago");
    check(172_799, "1 day ago");
    check(172_800, "2 days ago");
    check(400 * 86_400, "400 days ago");
    check(NOW, "20778 days ago");
}
