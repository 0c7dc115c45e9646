//! Good databases, to be damaged.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use rusqlite::Connection;

use trop_model::Reservation;
use trop_testkit::database::{self, Journal, Row, Version};

use crate::scene::{Scene, row};

/// What is in a data directory, by the name of the file.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A database that nobody damaged yet.
pub(super) struct Base {
    pub(super) name: &'static str,
    pub(super) files: Files,
}

impl Base {
    pub(super) fn database(&self) -> &[u8] {
        &self.files["trop.db"]
    }
}

/// The directory of the n-th row, whose port is 5000 and so many. Only every other one is tagged.
pub(super) fn directory(number: u16) -> String {
    format!("/srv/worktrees/{number:05}")
}

pub(super) fn tag(number: u16) -> &'static str {
    if number.is_multiple_of(2) { "" } else { "web" }
}

pub(super) fn current(count: u16) -> Base {
    let name = match count {
        0 => "no row",
        1 => "one row",
        50 => "fifty rows",
        _ => "many rows",
    };
    Base { name, files: files(Scene::with_rows(&rows(count)).directory()) }
}

/// Fifty rows, of which the file itself has none yet.
pub(super) fn with_log() -> Base {
    written("fifty rows in the log", Version::Schema(1), Journal::WriteAheadLog)
}

pub(super) fn layout_1() -> Base {
    written("fifty rows of layout 1", Version::LAYOUT_1, Journal::Delete)
}

pub(super) fn layout_2() -> Base {
    written("fifty rows of layout 2", Version::Layout2, Journal::Delete)
}

/// A database without a write-ahead log, as somebody left it who was killed in the middle of writing.
pub(super) fn with_hot_journal() -> Base {
    let scene = Scene::with_rows(&rows(300));
    let raw = scene.raw();
    raw.query_row("PRAGMA journal_mode = DELETE", [], |_| Ok(())).unwrap();
    raw.execute_batch(
        "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE reservations SET last_used_at = last_used_at + 1",
    )
    .unwrap();
    let files = files(scene.directory());
    assert!(files["trop.db-journal"].len() > 4096, "the journal has pages in it");
    Base { name: "a hot journal", files }
}

/// Every kind, the small ones first.
pub(super) fn all() -> Vec<Base> {
    let mut bases: Vec<Base> = [0, 1, 50].map(current).into();
    bases.extend([with_log(), layout_1(), layout_2(), with_hot_journal(), current(2_000)]);
    bases
}

fn rows(count: u16) -> Vec<Reservation> {
    (0..count)
        .map(|number| Reservation {
            project: Some("shop".parse().unwrap()),
            task: Some(format!("feature-{number}").parse().unwrap()),
            ..row(&directory(number), tag(number), 5000 + number)
        })
        .collect()
}

fn written(name: &'static str, version: Version, journal: Journal) -> Base {
    let scene = Scene::with_file(b"");
    fs::remove_file(scene.database()).unwrap();
    let rows: Vec<Row> = (0..50)
        .map(|number| {
            let tag = Some(tag(number)).filter(|tag| !tag.is_empty());
            Row::new(&directory(number), tag, 5000 + number)
        })
        .collect();
    database::write(scene.database(), version, &rows, journal);
    Base { name, files: files(scene.directory()) }
}

/// Without the index of the log, which belongs to whoever has it open, and the lock for setting up.
fn files(directory: &Path) -> Files {
    let entries = fs::read_dir(directory).unwrap().map(Result::unwrap);
    let files = entries.map(|entry| (entry.file_name().into_string().unwrap(), entry.path()));
    let kept = files.filter(|(name, _)| !name.ends_with("-shm") && name != "trop.lock");
    kept.map(|(name, path)| (name, fs::read(path).unwrap()))
        .filter(|(_, content)| !content.is_empty())
        .collect()
}

/// A data directory with these files in it.
pub(super) fn laid_out(files: &Files) -> Scene {
    let scene = Scene::in_memory();
    fs::create_dir(scene.directory()).unwrap();
    for (name, content) in files {
        fs::write(scene.directory().join(name), content).unwrap();
    }
    scene
}

/// The same as somebody changed it with SQLite, all of it in the one file.
pub(super) fn tampered(base: &Base, statements: &str) -> Files {
    let scene = laid_out(&base.files);
    let raw = Connection::open(scene.database()).unwrap();
    raw.execute_batch(statements).unwrap_or_else(|error| panic!("{statements}: {error}"));
    drop(raw);
    files(scene.directory())
}
