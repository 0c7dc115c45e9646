//! Databases that somebody changed with SQLite's own tools: whole files, with things in them that no trop would write.

use crate::scene::unchecked;

use super::bases::{self, Base, tampered};
use super::oracle::Tally;

/// One row of the fifty, which is asked for and changed.
const ROW: &str = "port = 5007";

fn judge(tally: &mut Tally, base: &Base, statements: &str) {
    tally.judge(&format!("{}: {statements}", base.name), &tampered(base, statements));
}

#[test]
fn impossible_values_in_every_column() {
    let everywhere = [
        "x'00ff'",
        "x'2f'",
        "CAST(x'2fff' AS TEXT)",
        "'/srv/' || char(0) || 'x'",
        "zeroblob(300000)",
        "1e300",
        "'12 '",
        "-9e99",
        "hex(zeroblob(200000))",
        "-1",
        "'a' || char(10)",
        "' '",
        "char(27) || '[2J'",
    ];
    let some = [
        ("path", &["''", "'srv'", "'/srv/../x'", "'/srv/./x'", "'/srv//x'", "'/srv/'", "'~'", "1"][..]),
        ("tag", &["' web'", "1"]),
        ("port", &["NULL", "0", "65536", "5007.5", "9223372036854775807", "'http'", "''"]),
        ("project", &["''", "' x'", "1", "2.5"]),
        ("task", &["''", "'x '", "1", "2.5"]),
        ("created_at", &["NULL", "253402300800", "1.5", "''", "'1'", "9223372036854775807"]),
        ("last_used_at", &["NULL", "253402300800", "1.5", "''", "'1'", "-9223372036854775808"]),
    ];
    let mut tally = Tally::default();
    let base = bases::current(50);
    for (column, more) in some {
        // A path may hold control characters, and any column of numbers takes a number that is written as text.
        let possible = ["'/srv/' || char(0) || 'x'", "'a' || char(10)"];
        for value in
            everywhere.iter().chain(more).filter(|value| column != "path" || !possible[1..].contains(value))
        {
            judge(
                &mut tally,
                &base,
                &unchecked(&format!("UPDATE reservations SET {column} = {value} WHERE {ROW}")),
            );
        }
    }
    assert_eq!((tally.seen, tally.databases), (tally.databases, tally.databases), "each of them is seen");
    tally.conclude("impossible values");
}

#[test]
fn rows_that_cannot_be_together() {
    let mut tally = Tally::default();
    let base = bases::current(50);
    let another_table = |columns: &str| {
        format!(
            "ALTER TABLE reservations RENAME TO old; CREATE TABLE reservations ({columns});
             INSERT INTO reservations SELECT * FROM old; DROP TABLE old"
        )
    };
    let columns = "path TEXT, tag TEXT, port INTEGER, project TEXT, task TEXT, created_at INTEGER, last_used_at INTEGER";
    let twice = "INSERT INTO reservations SELECT path, tag, port, project, task, 7, 8 FROM reservations";
    for statements in [
        another_table(columns),
        format!("{}; {twice}", another_table(columns)),
        format!("{}; UPDATE reservations SET port = 5000", another_table(columns)),
        format!("{}; {twice}", another_table(&format!("{columns}, PRIMARY KEY (path, tag, created_at)"))),
        another_table(&columns.replace("path TEXT", "path TEXT COLLATE NOCASE")),
        another_table(&format!("{columns}, PRIMARY KEY (tag, path)")),
        another_table(&format!("{columns}, CHECK (port < 5000 OR 1)")),
    ] {
        judge(&mut tally, &base, &statements);
    }
    assert_eq!(tally.seen, tally.databases, "each of them is seen");
    tally.conclude("rows that cannot be together");
}

#[test]
fn another_schema() {
    let edited = |from: &str, to: &str| {
        format!(
            "PRAGMA writable_schema = ON;
             UPDATE sqlite_schema SET sql = replace(sql, '{from}', '{to}') WHERE name = 'reservations'"
        )
    };
    let mut tally = Tally::default();
    let base = bases::current(50);
    for statements in [
        "ALTER TABLE reservations ADD COLUMN note TEXT".to_owned(),
        "ALTER TABLE reservations ADD COLUMN note TEXT NOT NULL DEFAULT ''".to_owned(),
        "ALTER TABLE reservations ADD COLUMN twice INTEGER AS (port * 2)".to_owned(),
        "ALTER TABLE reservations DROP COLUMN task".to_owned(),
        "ALTER TABLE reservations RENAME COLUMN task TO job".to_owned(),
        "ALTER TABLE reservations RENAME TO other; ALTER TABLE other RENAME TO Reservations".to_owned(),
        "DROP TABLE reservations".to_owned(),
        "DROP TABLE metadata".to_owned(),
        "DROP TABLE refinery_schema_history".to_owned(),
        "DELETE FROM metadata".to_owned(),
        "UPDATE metadata SET value = '1001 '".to_owned(),
        "UPDATE metadata SET value = '2001'".to_owned(),
        "INSERT INTO metadata VALUES ('colour', 'red')".to_owned(),
        "DELETE FROM refinery_schema_history".to_owned(),
        "UPDATE refinery_schema_history SET version = 2".to_owned(),
        "UPDATE refinery_schema_history SET version = 'x'".to_owned(),
        "UPDATE refinery_schema_history SET checksum = NULL".to_owned(),
        "INSERT INTO refinery_schema_history SELECT 2, name, applied_on, checksum FROM refinery_schema_history".to_owned(),
        "PRAGMA application_id = 0".to_owned(),
        "PRAGMA application_id = -1".to_owned(),
        "PRAGMA user_version = -1".to_owned(),
        "PRAGMA user_version = 0".to_owned(),
        "PRAGMA user_version = 2".to_owned(),
        "CREATE TRIGGER t BEFORE UPDATE ON reservations BEGIN SELECT raise(ABORT, 'no'); END".to_owned(),
        "CREATE TRIGGER t BEFORE INSERT ON reservations BEGIN SELECT raise(IGNORE); END".to_owned(),
        "CREATE TRIGGER t AFTER INSERT ON reservations BEGIN UPDATE reservations SET port = 4999 WHERE port = new.port; END"
            .to_owned(),
        "CREATE TRIGGER t AFTER UPDATE ON reservations BEGIN DELETE FROM reservations WHERE port = new.port; END".to_owned(),
        "CREATE TRIGGER t AFTER DELETE ON reservations BEGIN INSERT INTO reservations SELECT old.path, old.tag, old.port,
         old.project, old.task, old.created_at, old.last_used_at; END"
            .to_owned(),
        "ALTER TABLE reservations RENAME TO kept; CREATE VIEW reservations AS SELECT * FROM kept;
         CREATE TRIGGER t INSTEAD OF INSERT ON reservations BEGIN SELECT 1; END"
            .to_owned(),
        "CREATE INDEX covering ON reservations (path, tag, port, project, task, created_at, last_used_at)".to_owned(),
        "CREATE INDEX partial ON reservations (port) WHERE port < 5005".to_owned(),
        "CREATE TABLE child (port INTEGER REFERENCES reservations (port) ON DELETE RESTRICT);
         INSERT INTO child SELECT port FROM reservations"
            .to_owned(),
        "CREATE TABLE child (path, tag, FOREIGN KEY (path, tag) REFERENCES reservations ON DELETE CASCADE);
         INSERT INTO child SELECT path, tag FROM reservations"
            .to_owned(),
        // Another program's SQLite knows modules that ours was built without.
        "CREATE TABLE words_data (id INTEGER PRIMARY KEY, block BLOB);
         CREATE TABLE words_config (k PRIMARY KEY, v) WITHOUT ROWID;
         PRAGMA writable_schema = ON; INSERT INTO sqlite_schema
         VALUES ('table', 'words', 'words', 0, 'CREATE VIRTUAL TABLE words USING fts5 (word)')"
            .to_owned(),
        "PRAGMA writable_schema = ON; INSERT INTO sqlite_schema
         VALUES ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nobody_has_this(x)')"
            .to_owned(),
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 1 WHERE name = 'reservations'".to_owned(),
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = 9999 WHERE name = 'reservations'".to_owned(),
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET rootpage = NULL WHERE name = 'metadata'".to_owned(),
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = 'CREATE TABLE' WHERE name = 'reservations'".to_owned(),
        "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET type = 'index', sql = NULL WHERE name = 'reservations'".to_owned(),
        edited("UNIQUE", ""),
        edited(", WITHOUT ROWID", ""),
        edited("STRICT, ", ""),
        edited("path TEXT", "path TEXT COLLATE nobody_has_this"),
        edited("path TEXT", "path TEXT COLLATE NOCASE"),
        edited("port BETWEEN 1 AND 65535", "nobody_has_this(port)"),
        edited("port BETWEEN 1 AND 65535", "port < 5000"),
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = 512; VACUUM".to_owned(),
        "PRAGMA journal_mode = DELETE; PRAGMA page_size = 65536; VACUUM; PRAGMA journal_mode = WAL".to_owned(),
        "PRAGMA journal_mode = DELETE; PRAGMA auto_vacuum = FULL; VACUUM".to_owned(),
        "PRAGMA journal_mode = PERSIST; DELETE FROM reservations WHERE port = 5007".to_owned(),
        "PRAGMA journal_mode = TRUNCATE; PRAGMA locking_mode = EXCLUSIVE; DELETE FROM reservations WHERE port = 5007"
            .to_owned(),
    ] {
        judge(&mut tally, &base, &statements);
    }
    tally.conclude("another schema");
}
