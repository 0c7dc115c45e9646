//! The moments that can be stored, and how old they are.

use trop_model::Timestamp;

/// The last second of the year 9999: `date -u -d '9999-12-31 23:59:59' +%s`.
const LATEST: i64 = 253_402_300_799;

#[track_caller]
fn at(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).expect("it lies between 1970 and the year 9999")
}

#[test]
fn moments_lie_between_1970_and_the_year_9999() {
    #[track_caller]
    fn check(seconds: i64, is_one: bool) {
        match Timestamp::from_unix_seconds(seconds) {
            Ok(moment) => assert!(is_one && moment.as_unix_seconds() == seconds, "{moment:?}"),
            Err(error) => {
                assert!(!is_one, "{error}");
                assert_eq!(
                    error.to_string(),
                    format!("{seconds} is not a time between 1970 and the year 9999, in seconds since 1970")
                );
            }
        }
    }

    check(0, true);
    check(1, true);
    check(1_750_000_000, true);
    check(LATEST, true);

    check(-1, false);
    check(LATEST + 1, false);
    check(i64::MIN, false);
    check(i64::MAX, false);
    // Milliseconds are no seconds.
    check(1_750_000_000_000, false);
}

#[test]
fn age_is_never_negative() {
    #[track_caller]
    fn check(moment: i64, now: i64, expected: i64) {
        assert_eq!(at(moment).age_at(at(now)), expected);
    }

    check(100, 100, 0);
    check(100, 101, 1);
    check(100, 100 + 30 * 86_400, 2_592_000);
    check(0, LATEST, LATEST);
    check(101, 100, 0);
    check(LATEST, 0, 0);
}

#[test]
fn later_moments_are_greater() {
    assert_eq!(Timestamp::EPOCH, at(0));
    assert!(at(1) < at(2));
    assert!(Timestamp::EPOCH < at(LATEST));
}
