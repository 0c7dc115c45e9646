//! Old databases that hold what cannot be: every row is named in one go, and nothing is changed.

use std::fs;

use serde_json::Value as Json;

use trop_testkit::database::{Journal, Row, Times, Value, Version};

use crate::adopt::old::{Old, some_rows};
use crate::tree::{Tree, tree, tree_without_logs};

/// Layout 1 as it lets most through.
const LOOSE: Version = Version::Layout1 { times: Times::Integer, one_row_per_port: false };

/// Every command that opens the database, whether it would write or not.
const OPENING: &[&[&str]] = &[
    &["list"],
    &["list", "--format=json"],
    &["list-projects"],
    &["reserve", "--dry-run"],
    &["release"],
    &["release", "--dry-run"],
    &["reserve", "--path=/srv/nobody", "--allow-unrelated-path"],
    &["reserve"],
    &["release", "--path=/srv/shop", "--allow-unrelated-path"],
];

/// What must not change; the lock for setting up may come to be.
fn state(old: &Old) -> Tree {
    let is_whole = !old.directory().join("trop.db-wal").exists();
    let mut state = if is_whole { tree(old.directory()) } else { tree_without_logs(old.directory()) };
    state.retain(|path, _| path.file_name() != Some("trop.lock"));
    state
}

/// Every command refuses the database, with a problem for each of these that holds all its words, and no other problem.
#[track_caller]
pub(crate) fn check_refused(old: &Old, problems: &[&[&str]]) {
    let before = state(old);
    for arguments in OPENING {
        let ran = old.trop(arguments).run().expect(6);
        assert_eq!(ran.stdout, "", "{arguments:?}");
        for word in problems.iter().flat_map(|words| words.iter()).chain([&old.database().as_str()]) {
            assert!(ran.stderr.contains(word), "{arguments:?} lacks {word:?}: {}", ran.stderr);
        }
        assert_eq!(state(old), before, "{arguments:?}");

        let ran = old.trop(arguments).env("TROP_ERROR_FORMAT", "json").run().expect(6);
        let error: Json = serde_json::from_str(&ran.stderr).unwrap();
        assert_eq!(error["code"], 6);
        let told = error["problems"].as_array().unwrap();
        let told: Vec<&str> = told.iter().map(|problem| problem["message"].as_str().unwrap()).collect();
        for words in problems {
            let is_told = told.iter().any(|message| words.iter().all(|word| message.contains(word)));
            assert!(is_told, "{arguments:?} tells nothing of {words:?}: {told:#?}");
        }
        assert_eq!(told.len(), problems.len(), "{told:#?}");
        assert_eq!(state(old), before, "{arguments:?}");
    }
}

/// Beside good rows, these are refused, each for its words.
#[track_caller]
fn check(version: Version, bad: &[(Row, &[&str])]) {
    for journal in Journal::ALL {
        let rows: Vec<Row> = some_rows().into_iter().chain(bad.iter().map(|(row, _)| row.clone())).collect();
        let old = Old::with_rows(version, &rows, journal);
        let problems: Vec<&[&str]> = bad.iter().map(|(_, words)| *words).collect();
        check_refused(&old, &problems);
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}

fn at(path: &str, port: u16) -> Row {
    Row::new(path, None, port)
}

#[test]
fn impossible_values_of_layout_1_are_listed_together() {
    check(
        LOOSE,
        &[
            (Row { path: text(""), ..at("", 5100) }, &["path", "5100"]),
            (at("srv/relative", 5101), &["srv/relative", "5101"]),
            (at("/srv/../unclean", 5102), &["/srv/../unclean", "5102"]),
            (at("/srv/slash/", 5103), &["/srv/slash/", "5103"]),
            (
                Row { path: Value::Blob(b"/srv/blob".to_vec()), ..at("", 5105) },
                &["path: a blob of 9 bytes is not what belongs there", "5105"],
            ),
            (Row::new("/srv/empty-tag", Some(""), 5110), &["/srv/empty-tag", "5110", "tag"]),
            (Row::new("/srv/blank-tag", Some(" web"), 5111), &["/srv/blank-tag", "5111", "tag"]),
            (Row::new("/srv/control", Some("\u{1b}[2J"), 5112), &["/srv/control", "5112", "tag"]),
            (Row::new("/srv/long", Some(&"t".repeat(256)), 5113), &["/srv/long", "5113", "tag"]),
            (Row { port: 0.into(), ..at("/srv/zero", 0) }, &["/srv/zero", "port"]),
            (Row { port: 65_536.into(), ..at("/srv/above", 0) }, &["/srv/above", "65536"]),
            (Row { port: (-5).into(), ..at("/srv/below", 0) }, &["/srv/below", "-5"]),
            (
                Row { port: text("many"), ..at("/srv/word", 0) },
                &["/srv/word", "port: \"many\" is not what belongs there"],
            ),
            (
                Row { port: 5000.5.into(), ..at("/srv/half", 0) },
                &["/srv/half", "port: 5000.5 is not what belongs there"],
            ),
            (Row { project: text(""), ..at("/srv/project", 5120) }, &["/srv/project", "5120", "project"]),
            (Row { task: text("\u{7}"), ..at("/srv/task", 5121) }, &["/srv/task", "5121", "task"]),
            (
                Row { created_at: (-1).into(), ..at("/srv/before", 5130) },
                &["/srv/before", "created_at", "-1"],
            ),
            (
                Row { last_used_at: 253_402_300_800_i64.into(), ..at("/srv/after", 5131) },
                &["/srv/after", "last_used_at", "253402300800"],
            ),
            (
                Row { last_used_at: text("yesterday"), ..at("/srv/day", 5132) },
                &["/srv/day", "last_used_at: \"yesterday\" is no number of seconds"],
            ),
        ],
    );
}

#[test]
fn impossible_times_that_are_text_are_listed_together() {
    let version = Version::Layout1 { times: Times::Text, one_row_per_port: true };
    check(
        version,
        &[
            (Row { created_at: text("-1"), ..at("/srv/a", 5100) }, &["/srv/a", "created_at", "-1"]),
            (Row { created_at: text(""), ..at("/srv/b", 5101) }, &["/srv/b", "created_at"]),
            (Row { last_used_at: text("yesterday"), ..at("/srv/c", 5102) }, &["/srv/c", "yesterday"]),
            (
                Row { last_used_at: text("99999999999999999999"), ..at("/srv/d", 5103) },
                &["/srv/d", "99999999999999999999"],
            ),
        ],
    );
}

#[test]
fn times_that_are_text_are_times() {
    let version = Version::Layout1 { times: Times::Text, one_row_per_port: true };
    let old = Old::with_rows(version, &some_rows(), Journal::Delete);
    let before = old.rows();
    let _ = old.trop(&["reserve"]).run().expect(0);
    let mut after = old.rows();
    after.retain(|row| before.contains(row));
    assert_eq!(after, before);
}

#[test]
fn rows_that_claim_one_port_are_both_named() {
    let rows = [at("/srv/a", 5100), at("/srv/b", 5100), at("/srv/c", 5101), at("/srv/d", 5100)];
    let old = Old::with_rows(LOOSE, &rows, Journal::Delete);
    check_refused(&old, &[&["/srv/a", "5100"], &["/srv/b", "5100"], &["/srv/d", "5100"]]);
}

#[test]
fn rows_that_claim_one_key_are_both_named() {
    let rows = [at("/srv/a", 5100), at("/srv/a", 5101), Row::new("/srv/a", Some("web"), 5102)];
    let old = Old::with_rows(Version::LAYOUT_1, &rows, Journal::Delete);
    check_refused(&old, &[&["/srv/a", "5100"], &["/srv/a", "5101"]]);
}

#[test]
fn impossible_values_of_layout_2_are_listed_together() {
    check(
        Version::Layout2,
        &[
            (at("srv/relative", 5100), &["srv/relative", "5100"]),
            (Row::new("/srv/control", Some("a\nb"), 5101), &["/srv/control", "5101", "tag"]),
            (Row { port: 70_000.into(), ..at("/srv/above", 0) }, &["/srv/above", "70000"]),
            (Row { port: 0.into(), ..at("/srv/zero", 0) }, &["/srv/zero", "port"]),
            (
                Row { created_at: (-1).into(), ..at("/srv/before", 5102) },
                &["/srv/before", "created_at", "-1"],
            ),
            (
                Row { last_used_at: i64::MAX.into(), ..at("/srv/after", 5103) },
                &["/srv/after", "last_used_at", "9223372036854775807"],
            ),
        ],
    );
}

/// Nothing of the old declarations keeps NULL out of a table that somebody made anew.
#[test]
fn a_value_that_is_missing_is_named() {
    let old = Old::with_rows(LOOSE, &some_rows(), Journal::Delete);
    old.edit(
        "ALTER TABLE reservations RENAME TO before;
         CREATE TABLE reservations (path TEXT, tag TEXT, port INTEGER, project TEXT, task TEXT,
             created_at INTEGER, last_used_at INTEGER, PRIMARY KEY (path, tag));
         INSERT INTO reservations SELECT * FROM before;
         DROP TABLE before;
         INSERT INTO reservations VALUES ('/srv/a', NULL, NULL, NULL, NULL, 1, 1);
         INSERT INTO reservations VALUES ('/srv/b', NULL, 5100, NULL, NULL, 1, NULL);
         INSERT INTO reservations VALUES (NULL, NULL, 5101, NULL, NULL, 1, 1)",
    );
    check_refused(
        &old,
        &[
            &["/srv/a", "port: there is no value"],
            &["/srv/b", "5100", "last_used_at: there is no value"],
            &["path: there is no value", "5101"],
        ],
    );
}

/// A database that is not declared as an older trop did is nobody's to guess about.
#[track_caller]
fn check_declaration(statements: &str, words: &[&str]) {
    for version in [LOOSE, Version::Layout2] {
        let old = Old::with_rows(version, &some_rows(), Journal::Delete);
        old.edit(statements);
        let before = state(&old);
        for arguments in OPENING {
            let ran = old.trop(arguments).run().expect(6);
            for word in words.iter().chain([&old.database().as_str()]) {
                assert!(ran.stderr.contains(word), "{arguments:?} lacks {word:?}: {}", ran.stderr);
            }
            assert_eq!(state(&old), before, "{arguments:?}");
        }
    }
}

#[test]
fn other_tables_and_columns_are_refused() {
    check_declaration("CREATE TABLE notes (text TEXT)", &["notes"]);
    check_declaration("ALTER TABLE reservations DROP COLUMN task", &["task"]);
    check_declaration("ALTER TABLE reservations ADD COLUMN colour TEXT", &["colour"]);
    check_declaration("DELETE FROM metadata", &["schema_version"]);
}

#[test]
fn what_sqlite_keeps_for_itself_is_no_other_table() {
    for version in [LOOSE, Version::Layout2] {
        let old = Old::with_rows(version, &some_rows(), Journal::Delete);
        old.edit("ANALYZE");
        let _ = old.trop(&["reserve"]).run().expect(0);
        assert_eq!(old.rows().len(), some_rows().len() + 1);
    }
}

#[test]
fn an_old_database_that_is_damaged_is_damaged() {
    let old = Old::sample("layout-1");
    let mut content = fs::read(old.database()).unwrap();
    // The pages behind the declarations.
    content[4096..].fill(0xa5);
    fs::write(old.database(), &content).unwrap();
    for arguments in OPENING {
        let ran = old.trop(arguments).run().expect(6);
        assert!(ran.stderr.contains("damaged"), "{arguments:?}: {}", ran.stderr);
        assert_eq!(fs::read(old.database()).unwrap(), content);
        assert_eq!(old.copies(), [""; 0]);
    }
}
