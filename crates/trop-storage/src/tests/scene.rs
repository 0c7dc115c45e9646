//! A data directory for one test, and programs that know so and so many steps.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use refinery::{Migration, Runner};
use rusqlite::Connection;
use rusqlite::config::DbConfig;
use tempfile::TempDir;

use trop_model::{Change, Ledger, Port, Reservation, ReservationKey, Timestamp};
use trop_paths::AbsPath;

use crate::schema::{RELEASED, Schema};
use crate::{Location, StorageError, Store, Verdict, WhenMissing};

/// The program that knows the first step alone, as it was released.
pub(super) static ONE_STEP: Schema = Schema { latest: 1, steps: || runner(&[]) };
/// A program that knows a second step.
pub(super) static TWO_STEPS: Schema = Schema { latest: 2, steps: || runner(&[SECOND]) };
/// A program that knows a third.
pub(super) static THREE_STEPS: Schema = Schema { latest: 3, steps: || runner(&[SECOND, THIRD]) };

/// A step that adds a column.
pub(super) const SECOND: (&str, &str) = (
    "V2__notes",
    "ALTER TABLE reservations ADD COLUMN note TEXT CONSTRAINT note_fits CHECK (length(note) < 100);
     UPDATE reservations SET note = 'port ' || port;",
);
/// A step that makes the table anew, and another one.
pub(super) const THIRD: (&str, &str) = (
    "V3__hosts",
    "CREATE TABLE hosts (name TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
     INSERT INTO hosts VALUES ('here');
     CREATE TABLE made_anew (
         path TEXT NOT NULL, tag TEXT NOT NULL, port INTEGER NOT NULL UNIQUE, project TEXT, task TEXT,
         created_at INTEGER NOT NULL, last_used_at INTEGER NOT NULL, note TEXT, host TEXT NOT NULL DEFAULT 'here',
         PRIMARY KEY (path, tag)
     ) STRICT, WITHOUT ROWID;
     INSERT INTO made_anew SELECT *, 'here' FROM reservations;
     DROP TABLE reservations;
     ALTER TABLE made_anew RENAME TO reservations;
     CREATE TRIGGER is_here AFTER INSERT ON reservations BEGIN SELECT 1; END;",
);

/// The first released step, and these after it.
pub(super) fn runner(more: &[(&str, &str)]) -> Runner {
    let mut steps = vec![first_step()];
    steps.extend(more.iter().map(|(name, sql)| Migration::unapplied(name, sql).unwrap()));
    Runner::new(&steps)
}

pub(super) fn first_step() -> Migration {
    let released = (RELEASED.steps)();
    released.get_migrations().iter().find(|step| step.version() == 1).unwrap().clone()
}

/// A data directory that is not there yet, in a temporary directory that goes with it.
pub(super) struct Scene {
    directory: PathBuf,
    _removes_itself: TempDir,
}

impl Scene {
    /// Nothing is there.
    pub(super) fn new() -> Scene {
        let temporary = tempfile::tempdir().unwrap();
        Scene { directory: temporary.path().canonicalize().unwrap().join("data"), _removes_itself: temporary }
    }

    /// A database of the program that knows one step, all of it in the one file.
    pub(super) fn with_rows(rows: &[Reservation]) -> Scene {
        let scene = Scene::new();
        put(&mut scene.store(&ONE_STEP), rows).unwrap();
        scene.raw();
        scene
    }

    pub(super) fn directory(&self) -> &Path {
        &self.directory
    }

    /// The store there of a program that knows these steps.
    pub(super) fn store(&self, schema: &'static Schema) -> Store {
        store_in(&self.directory, schema)
    }

    pub(super) fn file(&self, name: &str) -> PathBuf {
        self.directory.join(name)
    }

    /// The database as SQLite alone sees it. The last connection to close moves everything into the one file.
    pub(super) fn raw(&self) -> Connection {
        connect(&self.file("trop.db"))
    }

    /// Adds rows that stay in the write-ahead log, as a killed process leaves them.
    pub(super) fn log(&self, rows: &[Reservation]) {
        put(&mut self.store(&ONE_STEP), rows).unwrap();
        assert!(0 < fs::metadata(self.file("trop.db-wal")).unwrap().len());
    }

    /// Everything in the data directory, by name.
    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let entries = fs::read_dir(&self.directory).unwrap().map(Result::unwrap);
        entries
            .map(|entry| (entry.file_name().into_string().unwrap(), fs::read(entry.path()).unwrap()))
            .collect()
    }

    pub(super) fn names(&self) -> Vec<String> {
        self.files().into_keys().collect()
    }
}

pub(super) fn store_in(directory: &Path, schema: &'static Schema) -> Store {
    let directory = AbsPath::from_clean(directory.to_str().unwrap()).unwrap();
    Store::with_schema(Location::new(directory), Duration::ZERO, schema)
}

pub(super) fn connect(file: &Path) -> Connection {
    let connection = Connection::open(file).unwrap();
    connection.query_row("SELECT count(*) FROM sqlite_schema", [], |_| Ok(())).unwrap();
    connection
}

/// Lets the write-ahead log stay as it is when the connection is closed.
pub(super) fn keep_log(connection: &Connection) {
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, true).unwrap();
}

/// A row with little in it.
pub(super) fn row(directory: &str, port: u16) -> Reservation {
    let time = Timestamp::from_unix_seconds(1_000).unwrap();
    Reservation {
        key: ReservationKey { path: AbsPath::from_clean(directory).unwrap(), tag: None },
        port: Port::new(port).unwrap(),
        project: None,
        task: None,
        created_at: time,
        last_used_at: time,
    }
}

/// So many rows, in the order in which they are read.
pub(super) fn rows(ports: std::ops::Range<u16>) -> Vec<Reservation> {
    ports.map(|port| row(&format!("/srv/{port}"), port)).collect()
}

pub(super) fn put(store: &mut Store, rows: &[Reservation]) -> Result<(), StorageError> {
    let changes: Vec<Change> =
        rows.iter().map(|row| Change::Put { row: row.clone(), replaces: None }).collect();
    store.write(WhenMissing::Create, |_| Ok(Verdict::Commit(changes.clone(), ())))
}

pub(super) fn all(store: &mut Store) -> Result<Vec<Reservation>, StorageError> {
    store.read(|rows| rows.all())
}

/// What a database says of itself: `application_id`, `user_version`, `schema_version`, and each step with its checksum.
pub(super) fn marks(connection: &Connection) -> (i64, i64, String, Vec<(i32, u64)>) {
    let pragma = |name| connection.pragma_query_value(None, name, |row| row.get(0)).unwrap();
    let schema_version = "SELECT value FROM metadata WHERE key = 'schema_version'";
    let schema_version = connection.query_row(schema_version, [], |row| row.get(0)).unwrap();
    let history = "SELECT version, checksum FROM refinery_schema_history ORDER BY version";
    let mut history = connection.prepare(history).unwrap();
    let history = history.query_map([], |row| Ok((row.get(0)?, row.get::<_, String>(1)?.parse().unwrap())));
    (
        pragma("application_id"),
        pragma("user_version"),
        schema_version,
        history.unwrap().map(Result::unwrap).collect(),
    )
}

/// The marks of a database after so many of the steps of these tests.
pub(super) fn marks_after(steps: usize) -> (i64, i64, String, Vec<(i32, u64)>) {
    let taken = runner(&[SECOND, THIRD]);
    let history = taken.get_migrations()[..steps].iter().map(|step| (step.version(), step.checksum()));
    (0x7472_6f70, steps as i64, (1000 + steps).to_string(), history.collect())
}

/// Path and port of every row, read without any code of trop.
pub(super) fn stored(connection: &Connection) -> Vec<(String, u16)> {
    let mut statement = connection.prepare("SELECT path, port FROM reservations ORDER BY path, tag").unwrap();
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
    rows.map(Result::unwrap).collect()
}

/// What [`stored`] says of a database with these rows.
pub(super) fn as_stored(rows: &[Reservation]) -> Vec<(String, u16)> {
    rows.iter().map(|row| (row.key.path.to_string(), row.port.get())).collect()
}
