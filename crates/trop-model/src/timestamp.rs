//! A moment, to the second.

/// The last second of the year 9999, beyond which RFC 3339 has no form.
const LATEST: i64 = 253_402_300_799;

/// Seconds since 1970-01-01T00:00:00Z, from there to the end of the year 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

/// A number of seconds before 1970 or after the year 9999.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not a time between 1970 and the year 9999, in seconds since 1970")]
pub struct InvalidTimestamp(i64);

impl Timestamp {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Timestamp = Timestamp(0);
    /// The last second of the year 9999.
    pub const LATEST: Timestamp = Timestamp(LATEST);

    /// The moment that many seconds after 1970-01-01T00:00:00Z.
    ///
    /// # Errors
    /// When it lies before 1970 or after the year 9999.
    pub fn from_unix_seconds(seconds: i64) -> Result<Timestamp, InvalidTimestamp> {
        if (0..=LATEST).contains(&seconds) { Ok(Timestamp(seconds)) } else { Err(InvalidTimestamp(seconds)) }
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    #[must_use]
    pub fn as_unix_seconds(self) -> i64 {
        self.0
    }

    /// Seconds from this moment to `now`; a moment in the future counts as now, so never negative.
    #[must_use]
    pub fn age_at(self, now: Timestamp) -> i64 {
        (now.0 - self.0).max(0)
    }
}
