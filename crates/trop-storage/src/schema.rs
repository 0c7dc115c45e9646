//! The schema: every step that ever changed it, and the marks that say which one a file is at.
//!
//! The steps are refinery migrations under `migrations/`. A released one is never edited, and there is no way back. They run
//! inside a transaction that is already open, so that a schema, its marks and the first reservation are one commit.

use refinery::{Runner, Target};
use rusqlite::Connection;

use crate::refinery::{OpenTransaction, sqlite_error};

mod embedded {
    refinery::embed_migrations!("migrations");
}

/// `PRAGMA application_id` of every trop database: "trop" in ASCII.
pub(crate) const APPLICATION_ID: i32 = 0x7472_6f70;
/// What is added to `user_version` for `metadata.schema_version`: older programs, which know 1 and 2, take it for newer.
const SCHEMA_VERSION_OFFSET: i64 = 1000;

/// The steps that a program knows.
pub(crate) struct Schema {
    /// `PRAGMA user_version` after the last step, and the number of that step.
    pub(crate) latest: i32,
    /// The steps themselves, in the words in which they were released.
    pub(crate) steps: fn() -> Runner,
}

/// The steps of this trop.
pub(crate) static RELEASED: Schema = Schema { latest: 1, steps: embedded::migrations::runner };

/// `metadata.schema_version` of a database with that `user_version`.
pub(crate) fn schema_version(user_version: i32) -> i64 {
    SCHEMA_VERSION_OFFSET + i64::from(user_version)
}

impl Schema {
    /// Takes every step, in a database without trop's tables.
    pub(crate) fn create(&self, connection: &Connection) -> Result<(), rusqlite::Error> {
        (self.steps)().run(&mut OpenTransaction(connection)).map_err(sqlite_error)?;
        set_marks(connection, self.latest)
    }

    /// Takes the steps that are still to be taken, up to this one.
    pub(crate) fn step_to(&self, connection: &Connection, version: i32) -> Result<(), rusqlite::Error> {
        let steps = (self.steps)().set_target(Target::Version(version));
        steps.run(&mut OpenTransaction(connection)).map_err(sqlite_error)?;
        set_marks(connection, version)
    }
}

/// Says which version this is, in all places but refinery's own.
fn set_marks(connection: &Connection, user_version: i32) -> Result<(), rusqlite::Error> {
    connection.pragma_update(None, "application_id", APPLICATION_ID)?;
    connection.pragma_update(None, "user_version", user_version)?;
    connection.execute(
        "INSERT INTO metadata (key, value) VALUES ('schema_version', ?1)
         ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        [schema_version(user_version).to_string()],
    )?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_latest_version_is_that_of_the_last_step() {
        let steps = embedded::migrations::runner();
        let last = steps.get_migrations().iter().map(|step| i64::from(step.version())).max();
        assert_eq!(last, Some(i64::from(RELEASED.latest)));
    }
}
