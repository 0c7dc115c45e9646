//! The copy aside: private, complete, beside the database, and never over another one.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use rusqlite::Connection;

use trop_testkit::database::{Journal, Version};

use crate::adopt::old::{Old, alone, rows_of_file, some_rows};

const EVERY_OLD_VERSION: [(Version, u8); 2] = [(Version::LAYOUT_1, 1), (Version::Layout2, 2)];

#[track_caller]
fn text(connection: &Connection, query: &str) -> String {
    connection.query_row(query, [], |row| row.get(0)).unwrap()
}

const SCHEMA_VERSION: &str = "SELECT value FROM metadata WHERE key = 'schema_version'";

#[test]
fn it_holds_every_old_row_and_stands_alone() {
    for (version, layout) in EVERY_OLD_VERSION {
        for journal in Journal::ALL {
            let old = Old::with_rows(version, &some_rows(), journal);
            let before = old.rows();
            assert_eq!(before.len(), some_rows().len());
            let ran = old.trop(&["reserve"]).run().expect(0);
            let copy = old.copy_of(layout);
            assert!(ran.stderr.contains(copy.as_str()), "{}", ran.stderr);
            assert_eq!(copy.metadata().unwrap().permissions().mode() & 0o777, 0o600);
            assert_eq!(rows_of_file(&copy), before, "{version:?} {journal:?}");
            assert_eq!(text(&alone(&copy), SCHEMA_VERSION), layout.to_string());
            assert_eq!(old.rows().len(), before.len() + 1);
        }
    }
}

#[test]
fn a_copy_in_the_place_of_the_database_is_adopted_again() {
    let old = Old::with_rows(Version::LAYOUT_1, &some_rows(), Journal::WriteAheadLog);
    let before = old.rows();
    old.trop(&["reserve"]).run().expect(0);
    for log in ["trop.db-wal", "trop.db-shm"] {
        let _ = fs::remove_file(old.directory().join(log));
    }
    fs::rename(old.copy_of(1), old.database()).unwrap();
    assert_eq!(old.rows(), before);
    old.trop(&["reserve"]).run().expect(0);
    assert_eq!(old.rows().len(), before.len() + 1);
}

#[test]
fn every_mark_is_set() {
    for (version, _) in EVERY_OLD_VERSION {
        let old = Old::with_rows(version, &some_rows(), Journal::Delete);
        old.trop(&["reserve"]).run().expect(0);
        old.edit("PRAGMA wal_checkpoint(TRUNCATE)");
        let database = alone(&old.database());
        // A trop of before knows 1 and 2 there, and takes everything else for newer than itself.
        assert_eq!(text(&database, SCHEMA_VERSION), "1001");
        let pragma = |name| database.pragma_query_value(None, name, |row| row.get::<_, i32>(0)).unwrap();
        assert_eq!((pragma("application_id"), pragma("user_version")), (0x7472_6f70, 1));
        let history =
            "SELECT group_concat(version || ' ' || name || ' ' || checksum) FROM refinery_schema_history";
        assert_eq!(text(&database, history), "1 reservations 601954869602276623");
        // Which file format it takes to write and to read (https://sqlite.org/fileformat2.html): 2 is WAL.
        assert_eq!(fs::read(old.database()).unwrap()[18..20], [2, 2]);
        assert_eq!(
            text(
                &database,
                "SELECT group_concat(name, ' ') FROM (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)"
            ),
            "metadata refinery_schema_history reservations"
        );
    }
}

#[test]
fn an_adopted_database_is_what_a_new_one_is() {
    let declarations = |old: &Old| {
        let database = alone(&old.database());
        let mut statement = database
            .prepare("SELECT name || ' ' || coalesce(sql, '') FROM sqlite_schema ORDER BY name")
            .unwrap();
        let names = statement.query_map([], |row| row.get(0)).unwrap();
        names.collect::<Result<Vec<String>, _>>().unwrap()
    };
    let new = Old::with_file(b"");
    new.trop(&["reserve"]).run().expect(0);
    new.edit("PRAGMA wal_checkpoint(TRUNCATE)");
    for (version, _) in EVERY_OLD_VERSION {
        let old = Old::with_rows(version, &some_rows(), Journal::Delete);
        old.trop(&["reserve"]).run().expect(0);
        old.edit("PRAGMA wal_checkpoint(TRUNCATE)");
        assert_eq!(declarations(&old), declarations(&new));
    }
}

#[test]
fn a_name_that_is_taken_is_left_to_whom_it_belongs() {
    let old = Old::with_rows(Version::Layout2, &some_rows(), Journal::WriteAheadLog);
    let before = old.rows();
    let taken = old.copy_of(2);
    let with_number = |number: u8| format!("{taken}.{number}");
    fs::write(&taken, "mine").unwrap();
    fs::create_dir(with_number(2)).unwrap();
    symlink("/nowhere/at/all", with_number(3)).unwrap();
    fs::write(with_number(4), "").unwrap();
    let copy = with_number(5);

    let ran = old.trop(&["reserve"]).run().expect(0);
    assert!(ran.stderr.contains(&copy), "{}", ran.stderr);
    assert_eq!(rows_of_file(copy.as_str().into()), before);
    assert_eq!(fs::read(&taken).unwrap(), b"mine");
    assert_eq!(fs::read_dir(with_number(2)).unwrap().count(), 0);
    assert_eq!(fs::read_link(with_number(3)).unwrap().to_str(), Some("/nowhere/at/all"));
    assert_eq!(fs::read(with_number(4)).unwrap(), b"");
    assert_eq!(old.copies().len(), 5);
}

#[test]
fn it_lies_in_the_data_directory_wherever_the_database_is_linked_from() {
    let old = Old::with_rows(Version::LAYOUT_1, &some_rows(), Journal::Delete);
    let before = old.rows();
    let elsewhere = old.stage.directory("elsewhere").join("kept.db");
    fs::rename(old.database(), &elsewhere).unwrap();
    symlink(&elsewhere, old.database()).unwrap();
    let ran = old.trop(&["reserve"]).run().expect(0);
    let copy = old.copy_of(1);
    assert!(ran.stderr.contains(copy.as_str()), "{}", ran.stderr);
    assert_eq!(rows_of_file(&copy), before);
    assert!(fs::symlink_metadata(old.database()).unwrap().is_symlink());
    assert!(ran.stdout.starts_with('5'));
    old.trop(&["list"]).run().expect(0);
}

/// Some of these have a meaning where SQLite is given a name of a file.
#[test]
fn the_data_directory_may_be_called_anything() {
    for name in ["a?mode=ro", "a#b", "50%20off", "ünïcode 日本", "quote'\"s"] {
        let old = Old::with_rows(Version::LAYOUT_1, &some_rows(), Journal::WriteAheadLog);
        let before = old.rows();
        let directory = old.stage.sandbox.home().join(name);
        fs::rename(old.directory(), &directory).unwrap();
        let data_directory = format!("--data-dir={directory}");
        let list = old.trop(&["list", "--format=csv", &data_directory]).run().expect(0);
        assert_eq!(list.stdout.lines().count(), 1 + before.len());
        let ran = old.trop(&["reserve", &data_directory]).run().expect(0);
        fs::rename(&directory, old.directory()).unwrap();
        assert_eq!(rows_of_file(&old.copy_of(1)), before, "{}", ran.stderr);
        assert_eq!(old.rows().len(), before.len() + 1);
    }
}

#[test]
fn only_errors_are_told_to_the_quiet() {
    let old = Old::with_rows(Version::LAYOUT_1, &some_rows(), Journal::Delete);
    let ran = old.trop(&["reserve", "--quiet"]).run().expect(0);
    assert_eq!(ran.stderr, "");
    assert_eq!(old.copies(), ["trop.db.before-migration-1"]);
}
