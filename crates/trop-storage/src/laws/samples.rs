//! Databases without any damage, made once.

use std::fs;
use std::path::Path;
use std::sync::OnceLock;
use std::time::Duration;

use rusqlite::Connection;
use trop_model::{Change, Port, Reservation, ReservationKey, Timestamp};
use trop_paths::resolve_inferred;

use crate::{Location, StorageError, Store, Verdict, WhenMissing};

/// A database, and its write-ahead log if it has one.
#[derive(Debug, Clone)]
pub(super) struct Files {
    pub(super) database: Vec<u8>,
    pub(super) log: Option<Vec<u8>>,
}

/// Layouts 1 and 2, as older programs left them.
const LAYOUT_1: &[u8] = include_bytes!("../../tests/fixtures/layout-1/trop.db");
const LAYOUT_2: &[u8] = include_bytes!("../../tests/fixtures/layout-2/trop.db");

/// Today's, in one file and with a log; the two older layouts; another program's; one without tables.
pub(super) fn samples() -> &'static [Files] {
    static SAMPLES: OnceLock<Vec<Files>> = OnceLock::new();
    SAMPLES.get_or_init(|| {
        vec![
            current(true),
            current(false),
            of_script(LAYOUT_1, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM"),
            of_script(LAYOUT_2, "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM"),
            of_script(b"", "PRAGMA page_size = 512; CREATE TABLE notes (note TEXT)"),
            of_script(b"", "PRAGMA page_size = 512; PRAGMA user_version = 0; VACUUM"),
        ]
    })
}

/// What a script makes of a file. Pages are small, so that damage meets something.
fn of_script(file: &[u8], script: &str) -> Files {
    in_directory(|directory| {
        fs::write(directory.join("trop.db"), file).expect("a file can be written");
        let connection = Connection::open(directory.join("trop.db")).expect("a database can be made");
        connection.execute_batch(script).expect("the script is right");
        connection.close().map_err(|(_, error)| error).expect("it can be closed");
    })
}

/// Two rows, all of it in the one file or the second one in the log alone.
fn current(is_one_file: bool) -> Files {
    in_directory(|directory| {
        let path = resolve_inferred(directory).expect("the directory is there");
        let location = Location::new(path.clone());
        for port in [5000, 5001].into_iter().filter_map(Port::new) {
            let key = ReservationKey { path: path.clone(), tag: format!("web-{port}").parse().ok() };
            let project = "shop".parse().ok();
            let (created_at, last_used_at) = (Timestamp::EPOCH, Timestamp::LATEST);
            let row = Reservation { key, port, project, task: None, created_at, last_used_at };
            let change = Change::Put { row, replaces: None };
            let mut store = Store::new(location.clone(), Duration::ZERO);
            let made: Result<(), StorageError> =
                store.write(WhenMissing::Create, |_| Ok(Verdict::Commit(vec![change.clone()], ())));
            made.expect("a sample can be made");
        }
        if is_one_file {
            let connection = Connection::open(directory.join("trop.db")).expect("it can be opened");
            connection.close().map_err(|(_, error)| error).expect("it can be closed");
        }
    })
}

fn in_directory(make: impl FnOnce(&Path)) -> Files {
    let directory = tempfile::tempdir().expect("there is a place for temporary files");
    make(directory.path());
    let database = fs::read(directory.path().join("trop.db")).unwrap_or_default();
    Files { database, log: fs::read(directory.path().join("trop.db-wal")).ok() }
}
