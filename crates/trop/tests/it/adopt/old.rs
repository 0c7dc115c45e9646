//! A home with an old database, and what is in its files.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};

use camino::{Utf8Path, Utf8PathBuf};
use rusqlite::{Connection, OpenFlags};

use trop_testkit::Invocation;
use trop_testkit::database::{self, Journal, Row, Version};

use crate::stage::Stage;

/// A row as it is stored, whatever the layout: the tag is empty where there is none, and a time is a number.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Stored {
    pub(crate) path: String,
    pub(crate) tag: String,
    pub(crate) port: u16,
    pub(crate) project: Option<String>,
    pub(crate) task: Option<String>,
    pub(crate) created_at: i64,
    pub(crate) last_used_at: i64,
}

/// A machine on which an older trop ran.
pub(crate) struct Old {
    pub(crate) stage: Stage,
}

/// One row of layout 1 or 2 for every kind of label and tag there is.
pub(crate) fn some_rows() -> Vec<Row> {
    let labels = |text: &str| text.to_owned().into();
    vec![
        Row { project: labels("shop"), task: labels("main"), ..Row::new("/srv/shop", None, 5000) },
        Row { project: labels("shop"), ..Row::new("/srv/shop", Some("web"), 5001) },
        Row { task: labels("プロジェクト"), ..Row::new("/srv/ünïcode/日本", None, 5002) },
        Row { created_at: 0.into(), ..Row::new("/srv/quote\"s'n", Some("two words"), 6999) },
    ]
}

impl Old {
    /// With one of the samples.
    pub(crate) fn sample(name: &str) -> Old {
        Old::with_file(&fs::read(sample(name)).unwrap())
    }

    /// With these bytes in the place of the database.
    pub(crate) fn with_file(content: &[u8]) -> Old {
        let old = Old::without_database(Stage::new());
        fs::write(old.database(), content).unwrap();
        old
    }

    pub(crate) fn with_rows(version: Version, rows: &[Row], journal: Journal) -> Old {
        Old::on(Stage::new(), version, rows, journal)
    }

    pub(crate) fn on(stage: Stage, version: Version, rows: &[Row], journal: Journal) -> Old {
        let old = Old::without_database(stage);
        database::write(old.database(), version, rows, journal);
        // Whoever runs trop owns what an older one wrote.
        let owner = fs::metadata(old.directory()).unwrap();
        for file in old.names() {
            chown(old.directory().join(file), Some(owner.uid()), Some(owner.gid())).unwrap();
        }
        old
    }

    fn without_database(stage: Stage) -> Old {
        stage.directory("home/.trop");
        Old { stage }
    }

    /// The data directory.
    pub(crate) fn directory(&self) -> Utf8PathBuf {
        self.stage.data_directory()
    }

    pub(crate) fn database(&self) -> Utf8PathBuf {
        self.directory().join("trop.db")
    }

    /// Where the copy of that layout goes.
    pub(crate) fn copy_of(&self, layout: u8) -> Utf8PathBuf {
        self.directory().join(format!("trop.db.before-migration-{layout}"))
    }

    /// The names of everything in the data directory, sorted.
    pub(crate) fn names(&self) -> Vec<String> {
        let entries = self.directory().read_dir_utf8().unwrap();
        let mut names: Vec<String> = entries.map(|entry| entry.unwrap().file_name().to_owned()).collect();
        names.sort_unstable();
        names
    }

    /// The names of the copies among them.
    pub(crate) fn copies(&self) -> Vec<String> {
        let mut names = self.names();
        names.retain(|name| name.contains("before-migration"));
        names
    }

    /// trop there, in a directory that nobody has reserved. No socket is opened.
    pub(crate) fn trop(&self, arguments: &[&str]) -> Invocation {
        let trop = self.stage.trop(self.stage.directory("anywhere"), arguments);
        trop.env("TROP_SKIP_OCCUPANCY_CHECK", "1")
    }

    /// Runs one statement after the other.
    pub(crate) fn edit(&self, statements: &str) {
        Connection::open(self.database()).unwrap().execute_batch(statements).unwrap();
    }

    /// Everything that is in the database, its logs included, sorted. Nothing in the data directory is touched: whoever runs
    /// next finds what was left.
    pub(crate) fn rows(&self) -> Vec<Stored> {
        let aside = self.stage.directory("looked-at");
        for name in ["trop.db", "trop.db-wal", "trop.db-journal"] {
            let _ = fs::remove_file(aside.join(name));
            let _ = fs::copy(self.directory().join(name), aside.join(name));
        }
        let connection = Connection::open(aside.join("trop.db")).unwrap();
        let integrity: String = connection.query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
        assert_eq!(integrity, "ok");
        rows(&connection)
    }
}

/// Everything in a file that stands alone, sorted.
pub(crate) fn rows_of_file(file: &Utf8Path) -> Vec<Stored> {
    let integrity: String = alone(file).query_row("PRAGMA integrity_check", [], |row| row.get(0)).unwrap();
    assert_eq!(integrity, "ok");
    rows(&alone(file))
}

/// The file without anything beside it.
pub(crate) fn alone(file: &Utf8Path) -> Connection {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI;
    Connection::open_with_flags(format!("file:{file}?immutable=1"), flags).unwrap()
}

/// The database among the samples of that name.
pub(crate) fn sample(name: &str) -> Utf8PathBuf {
    let samples = Utf8Path::new(env!("CARGO_MANIFEST_DIR")).join("../trop-storage/tests/fixtures");
    samples.join(name).join("trop.db")
}

fn rows(connection: &Connection) -> Vec<Stored> {
    let mut statement = connection
        .prepare(
            "SELECT path, coalesce(tag, ''), port, project, task, CAST(created_at AS INTEGER), CAST(last_used_at AS INTEGER)
             FROM reservations",
        )
        .unwrap();
    let rows = statement.query_map([], |row| {
        Ok(Stored {
            path: row.get(0)?,
            tag: row.get(1)?,
            port: row.get(2)?,
            project: row.get(3)?,
            task: row.get(4)?,
            created_at: row.get(5)?,
            last_used_at: row.get(6)?,
        })
    });
    let mut rows: Vec<Stored> = rows.unwrap().collect::<Result<_, _>>().unwrap();
    rows.sort_unstable();
    rows
}
