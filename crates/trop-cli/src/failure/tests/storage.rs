//! What can be wrong with the database.

use std::io;
use std::path::PathBuf;
use std::time::Duration;

use trop_storage::{Damage, Spot, StorageError};

use super::Sample;

pub(super) fn samples() -> Vec<Sample> {
    errors().into_iter().map(|(title, error)| Sample::new(title, error)).collect()
}

pub(super) fn errors() -> Vec<(&'static str, StorageError)> {
    let database = || PathBuf::from("/home/ada/.trop/trop.db");
    let system = |number| Box::new(io::Error::from_raw_os_error(number));
    let busy = |seconds| StorageError::Busy { file: database(), waited: Duration::from_secs(seconds) };
    let foreign = |why: &str| StorageError::Foreign { database: database(), why: why.to_owned() };
    let disagree = |contradiction: &str| StorageError::MarksDisagree {
        database: database(),
        contradiction: contradiction.to_owned(),
    };
    vec![
        ("locked for 5 seconds", busy(5)),
        ("locked for 1 second", busy(1)),
        ("locked, and not waited for", busy(0)),
        (
            "locked while it is set up",
            StorageError::Busy { file: "/home/ada/.trop/trop.lock".into(), waited: Duration::from_secs(5) },
        ),
        ("no database, and none is to be made", StorageError::Missing(database())),
        ("not to be read", StorageError::Unreadable { path: database(), source: system(13) }),
        (
            "not to be read, says SQLite",
            StorageError::Unreadable {
                path: database(),
                source: "disk I/O error; the disk may be full or failing (SQLite code 266)".into(),
            },
        ),
        (
            "too many files open",
            StorageError::Unwritable { path: "/home/ada/.trop/trop.lock".into(), source: system(24) },
        ),
        (
            "data directory not to be made",
            StorageError::Unwritable { path: "/home/ada/.trop".into(), source: system(30) },
        ),
        (
            "not to be written, says SQLite",
            StorageError::Unwritable {
                path: database(),
                source: "attempt to write a readonly database (SQLite code 8)".into(),
            },
        ),
        (
            "damaged",
            StorageError::Corrupt {
                database: database(),
                source: "database disk image is malformed (SQLite code 11)".into(),
            },
        ),
        (
            "not SQLite",
            StorageError::Corrupt {
                database: database(),
                source: "it does not begin like an SQLite database".into(),
            },
        ),
        (
            "a mistake in trop",
            StorageError::Unexpected {
                database: database(),
                source: "UNIQUE constraint failed: reservations.port (SQLite code 2067)".into(),
            },
        ),
        ("of another program", foreign("its application_id is 0x00000fa5")),
        ("with other tables", foreign("it holds other tables (\"songs\")")),
        ("a directory in its place", foreign("it is a directory")),
        (
            "of trop 0.1, with rows that cannot be",
            StorageError::NotAdoptable {
                database: database(),
                layout: 1,
                damage: vec![
                    damage("path \"/srv/shop\", tag NULL, port 5000", "path, tag", "2 rows claim this key"),
                    damage("path \"/srv/shop\", tag NULL, port 6500", "path, tag", "2 rows claim this key"),
                ],
            },
        ),
        (
            "a migration that went wrong",
            StorageError::MigrationFailed {
                database: database(),
                from: 1001,
                to: 1002,
                problem: "12 rows became 11, with 11 keys and 11 ports".to_owned(),
            },
        ),
        ("of a newer trop", StorageError::Newer { database: database(), found: 7, known: 1 }),
        (
            "marks that disagree",
            disagree("its user_version is 1, but refinery_schema_history ends with nothing"),
        ),
        (
            "an impossible value",
            StorageError::Damaged {
                database: database(),
                damage: vec![damage(
                    "path \"/srv/shop\", tag \"web\", port 70000",
                    "port",
                    "70000 is not a port (ports are 1 to 65535)",
                )],
            },
        ),
    ]
}

fn damage(row: &str, field: &'static str, problem: &str) -> Damage {
    let place = Spot { table: "reservations".to_owned(), row: Some(row.to_owned()), field: Some(field) };
    Damage { place: Some(place), problem: problem.to_owned() }
}
