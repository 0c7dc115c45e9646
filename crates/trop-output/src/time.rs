//! Moments, for programs and for people.

use jiff::SignedDuration;
use jiff::civil::{DateTime, date};
use trop_model::Timestamp;

const EPOCH: DateTime = date(1970, 1, 1).at(0, 0, 0, 0);
const MINUTE: i64 = 60;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// The moment by RFC 3339, in UTC: `2026-11-21T04:59:06Z`.
#[must_use]
pub fn rfc3339(moment: Timestamp) -> String {
    format!("{}Z", utc(moment))
}

/// How long ago that was: `just now` (less than a minute), `5 minutes ago`, `1 hour ago`, `3 days ago`, rounded down. Days are the
/// largest unit, since those are what reservations expire by. A moment in the future counts as now.
#[must_use]
pub fn age_in_words(moment: Timestamp, now: Timestamp) -> String {
    let seconds = moment.age_at(now);
    let (count, unit) = match seconds {
        ..MINUTE => return "just now".to_owned(),
        MINUTE..HOUR => (seconds / MINUTE, "minute"),
        HOUR..DAY => (seconds / HOUR, "hour"),
        DAY.. => (seconds / DAY, "day"),
    };
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {unit}{plural} ago")
}

/// The date and time in UTC. Not a [`jiff::Timestamp`], which ends 26 hours before the year 9999 does.
pub(crate) fn utc(moment: Timestamp) -> DateTime {
    EPOCH.saturating_add(SignedDuration::from_secs(moment.as_unix_seconds()))
}
