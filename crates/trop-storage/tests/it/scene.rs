//! A data directory for one test, and rows to put into it.

use std::collections::BTreeMap;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::Connection;
use tempfile::TempDir;

use trop_model::{Change, Ledger, Port, RemovalReason, Reservation, ReservationKey, Timestamp};
use trop_paths::AbsPath;
use trop_storage::{Location, StorageError, Store, Verdict, WhenMissing};

/// A data directory that is not there yet, in a temporary directory that goes with it.
pub(crate) struct Scene {
    data: AbsPath,
    _removes_itself: TempDir,
}

impl Scene {
    /// Nothing is there.
    pub(crate) fn new() -> Scene {
        Scene::within(tempfile::tempdir().unwrap())
    }

    /// The same in memory, where the system has a place for that: for thousands of them no disk has time.
    pub(crate) fn in_memory() -> Scene {
        let memory = Path::new("/dev/shm");
        Scene::within(
            if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap(),
        )
    }

    fn within(temporary: TempDir) -> Scene {
        let data = temporary.path().canonicalize().unwrap().join("data");
        let data = AbsPath::from_clean(data.to_str().unwrap()).unwrap();
        Scene { data, _removes_itself: temporary }
    }

    /// A database with these rows, all of it in the one file.
    pub(crate) fn with_rows(rows: &[Reservation]) -> Scene {
        let scene = Scene::new();
        write(&mut scene.store(), rows.iter().map(put).collect()).unwrap();
        scene.raw();
        scene
    }

    /// A data directory with this file in the place of the database.
    pub(crate) fn with_file(content: &[u8]) -> Scene {
        let scene = Scene::new();
        fs::create_dir(scene.directory()).unwrap();
        fs::write(scene.database(), content).unwrap();
        scene
    }

    pub(crate) fn directory(&self) -> &Path {
        self.data.as_path().as_std_path()
    }

    pub(crate) fn database(&self) -> PathBuf {
        self.directory().join("trop.db")
    }

    /// The store there, which waits for no lock.
    pub(crate) fn store(&self) -> Store {
        Store::new(Location::new(self.data.clone()), Duration::ZERO)
    }

    /// The store there, which is to start over.
    pub(crate) fn starting_over(&self) -> Store {
        Store::starting_over(Location::new(self.data.clone()), Duration::ZERO)
    }

    /// The database as SQLite alone sees it. The last connection to close moves everything into the one file.
    pub(crate) fn raw(&self) -> Connection {
        let connection = Connection::open(self.database()).unwrap();
        connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).unwrap();
        connection
    }

    /// Everything in the data directory, by name. A directory has no content.
    pub(crate) fn files(&self) -> BTreeMap<String, Content> {
        let entries = fs::read_dir(self.directory()).unwrap().map(Result::unwrap);
        let content = |path| Content(fs::read(path).unwrap_or_default());
        entries.map(|entry| (entry.file_name().into_string().unwrap(), content(entry.path()))).collect()
    }

    pub(crate) fn names(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }

    /// The rows as a new store reads them.
    pub(crate) fn rows(&self) -> Vec<Reservation> {
        all(&mut self.store()).unwrap()
    }
}

/// What is in a file.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Content(pub(crate) Vec<u8>);

impl fmt::Debug for Content {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} bytes", self.0.len())
    }
}

pub(crate) fn path(text: &str) -> AbsPath {
    AbsPath::from_clean(text).unwrap()
}

/// An empty tag stands for none.
pub(crate) fn key(directory: &str, tag: &str) -> ReservationKey {
    let tag = (!tag.is_empty()).then(|| tag.parse().unwrap());
    ReservationKey { path: path(directory), tag }
}

pub(crate) fn port(number: u16) -> Port {
    Port::new(number).unwrap()
}

pub(crate) fn time(seconds: i64) -> Timestamp {
    Timestamp::from_unix_seconds(seconds).unwrap()
}

/// A row with little in it.
pub(crate) fn row(directory: &str, tag: &str, number: u16) -> Reservation {
    Reservation {
        key: key(directory, tag),
        port: port(number),
        project: None,
        task: None,
        created_at: time(1_000),
        last_used_at: time(2_000),
    }
}

pub(crate) fn put(row: &Reservation) -> Change {
    Change::Put { row: row.clone(), replaces: None }
}

pub(crate) fn touch(row: &Reservation, seconds: i64) -> Change {
    Change::Touch { row: row.clone(), last_used_at: time(seconds) }
}

pub(crate) fn remove(row: &Reservation) -> Change {
    Change::Remove { row: row.clone(), reason: RemovalReason::Released }
}

/// Writes the changes, into a database that is made if need be.
pub(crate) fn write(store: &mut Store, changes: Vec<Change>) -> Result<(), StorageError> {
    store.write(WhenMissing::Create, |_| Ok(Verdict::Commit(changes.clone(), ())))
}

pub(crate) fn all(store: &mut Store) -> Result<Vec<Reservation>, StorageError> {
    store.read(|rows| rows.all())
}

/// These statements, with a table that takes whatever it is given, and then has the look again that it had.
pub(crate) fn unchecked(statements: &str) -> String {
    format!(
        "PRAGMA ignore_check_constraints = ON; PRAGMA writable_schema = ON;
         CREATE TEMP TABLE looks AS SELECT sql FROM sqlite_schema WHERE name = 'reservations';
         UPDATE sqlite_schema SET sql = replace(replace(replace(replace(sql, ' NOT NULL', ''), ' TEXT', ''), ' INTEGER', ''), ') STRICT', ')')
         WHERE name = 'reservations';
         PRAGMA writable_schema = RESET;
         {statements};
         PRAGMA writable_schema = ON;
         UPDATE sqlite_schema SET sql = (SELECT sql FROM looks) WHERE name = 'reservations';
         PRAGMA writable_schema = RESET"
    )
}
