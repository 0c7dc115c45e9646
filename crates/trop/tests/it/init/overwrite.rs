//! `trop init --overwrite`: begin anew.

use std::fs::{self, File};
use std::io::Write;
use std::os::unix::fs::symlink;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use camino::{Utf8Path, Utf8PathBuf};
use rusqlite::Connection;
use serde_json::{Value, json};

use trop_config::text_of_defaults;
use trop_testkit::{Sandbox, need, skip_unless};

use super::{data_directory, mode, ordinary, set_mode};
use crate::database::Database;
use crate::pauses::run_paused;
use crate::read_only::ReadOnly;
use crate::stage::{Stage, port};
use crate::strace::{paused_at, under_strace};
use crate::tree::{tree, tree_without_logs};

const OVERWRITE: [&str; 2] = ["init", "--overwrite"];
const DRY_RUN: [&str; 3] = ["init", "--overwrite", "--dry-run"];
const OLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../trop-storage/tests/fixtures");

/// Reserves a port in a directory of that name, unseen.
fn reserve(sandbox: &Sandbox, name: &str) -> u16 {
    let trop = sandbox.trop(["reserve"]).in_dir(sandbox.directory(name));
    let trop = trop.env("TROP_SKIP_OCCUPANCY_CHECK", "yes").env("TROP_BUSY_TIMEOUT", "60");
    port(&trop.run().expect(0).stdout)
}

fn with_two_rows(sandbox: Sandbox) -> Sandbox {
    reserve(&sandbox, "one");
    reserve(&sandbox, "two");
    sandbox
}

/// The actions of a dry run with the names of the paths.
fn actions(sandbox: &Sandbox, more: &[&str]) -> Vec<(Value, String)> {
    let ran = sandbox.trop(DRY_RUN.iter().chain(more).chain([&"--format=json"])).run().expect(0);
    let plan: Value = serde_json::from_str(&ran.stdout).unwrap();
    let name =
        |change: &Value| Utf8Path::new(change["path"].as_str().unwrap()).file_name().unwrap().to_owned();
    let changes = plan["changes"].as_array().unwrap().iter();
    changes.map(|change| (change["action"].clone(), name(change))).collect()
}

/// What a dry run would keep group and others away from.
fn shown_as_protected(sandbox: &Sandbox) -> Vec<String> {
    let actions = actions(sandbox, &[]).into_iter();
    actions.filter(|(action, _)| action == "protect").map(|(_, name)| name).collect()
}

/// Requires that neither a run nor a dry run changes anything, that both end with that code, and what is said.
#[track_caller]
fn check_refused(sandbox: &Sandbox, more: &[&str], code: i32, words: &[&str]) {
    let before = tree_without_logs(sandbox.root());
    for arguments in [&DRY_RUN[..], &OVERWRITE] {
        let ran = sandbox.trop(arguments.iter().chain(more)).run().expect(code);
        for word in words {
            assert!(ran.stderr.contains(word), "{arguments:?}: no {word:?} in {}", ran.stderr);
        }
        assert_eq!((ran.stdout.as_str(), tree_without_logs(sandbox.root()) == before), ("", true));
    }
}

#[test]
fn a_database_is_emptied_and_a_dry_run_shows_it() {
    let sandbox = with_two_rows(Stage::sandbox());
    let before = tree_without_logs(sandbox.home());
    let expected = ["one", "two"].map(|name| (json!("remove"), name.to_owned()));
    assert_eq!(actions(&sandbox, &[]), expected);
    assert_eq!(tree_without_logs(sandbox.home()), before);

    let ran = sandbox.trop(OVERWRITE.iter().chain([&"--format=json"])).run().expect(0);
    let answer: Value = serde_json::from_str(&ran.stdout).unwrap();
    let directory = data_directory(&sandbox);
    assert_eq!(answer, json!({ "data_dir": directory.as_str(), "created": false, "config": null }));
    assert!(ran.stderr.ends_with(&format!("note: emptied the database in {directory}\n")), "{}", ran.stderr);
    assert_eq!(Database::of(&directory).valid_rows(), []);
    assert_eq!(reserve(&sandbox, "two"), 5000);
}

#[test]
fn where_nothing_is_it_makes_what_init_makes() {
    let sandbox = Stage::sandbox();
    let directory = data_directory(&sandbox);
    let dry = sandbox.trop(DRY_RUN).run().expect(0);
    assert_eq!(dry.stderr, format!("would make a database in {directory}\n"));
    assert_eq!(tree(sandbox.home()).len(), 0);
    let ran = sandbox.trop(OVERWRITE).run().expect(0);
    assert_eq!(ran.stderr, format!("note: made a database in {directory}\n"));
    assert_eq!(Database::of(directory).valid_rows(), []);
}

#[test]
fn a_file_that_is_no_database_is_moved_aside() {
    let sandbox = Stage::sandbox();
    sandbox.directory("home/.trop");
    let directory = data_directory(&sandbox);
    set_mode(&directory, 0o700);
    let database = directory.join("trop.db");
    for number in 1..=2 {
        let _ = ["trop.db-wal", "trop.db-shm"].map(|name| fs::remove_file(directory.join(name)));
        fs::write(&database, format!("text {number}")).unwrap();
        set_mode(&database, 0o600);
        assert_eq!(sandbox.trop(["init"]).run().expect(6).stdout, "");
        let before = tree_without_logs(sandbox.home());
        let dry = sandbox.trop(DRY_RUN).run().expect(0);
        assert!(dry.stderr.contains("would be moved aside"), "{}", dry.stderr);
        assert_eq!(tree_without_logs(sandbox.home()), before);

        let ran = sandbox.trop(OVERWRITE).run().expect(0);
        let aside = directory.join(if number == 1 { "trop.db.damaged" } else { "trop.db.damaged.2" });
        assert!(ran.stderr.contains(aside.as_str()), "{}", ran.stderr);
        assert_eq!(fs::read_to_string(aside).unwrap(), format!("text {number}"));
        assert_eq!(Database::of(&directory).valid_rows(), []);
    }
}

#[test]
fn what_somebody_added_does_not_keep_it_from_being_emptied() {
    for statements in [
        "CREATE TABLE notes (p INTEGER REFERENCES reservations (port)); INSERT INTO notes SELECT port FROM reservations",
        "CREATE TRIGGER t BEFORE DELETE ON reservations BEGIN SELECT raise(ABORT, 'no'); END",
    ] {
        let sandbox = with_two_rows(Stage::sandbox());
        let directory = data_directory(&sandbox);
        Database::of(&directory).tamper(statements);
        sandbox.trop(DRY_RUN).run().expect(0);
        sandbox.trop(OVERWRITE).run().expect(0);
        assert_eq!(Database::of(&directory).valid_rows(), []);
        sandbox.trop(["assert-data-dir", "--validate"]).run().expect(0);
    }
}

#[test]
fn a_lock_that_cannot_be_taken_is_found_out_by_a_dry_run() {
    let sandbox = with_two_rows(Stage::sandbox());
    let lock = data_directory(&sandbox).join("trop.lock");
    fs::remove_file(&lock).unwrap();
    fs::create_dir(&lock).unwrap();
    set_mode(&lock, 0o700);
    check_refused(&sandbox, &[], 5, &[lock.as_str()]);
}

/// What is offered as the remedy of each of these works, and the dry run says what it does.
#[test]
fn what_cannot_be_read_is_dropped_and_a_copy_kept() {
    for statements in [
        "DROP TABLE reservations",
        "DROP TABLE reservations; CREATE TABLE reservations (x)",
        "DROP TABLE reservations; CREATE VIEW reservations AS SELECT 1 AS port",
        "DELETE FROM metadata",
        "DROP TABLE refinery_schema_history",
        "PRAGMA ignore_check_constraints = ON; UPDATE reservations SET port = 70000 WHERE port % 2 = 0",
    ] {
        let sandbox = with_two_rows(Stage::sandbox());
        let directory = data_directory(&sandbox);
        Database::of(&directory).tamper(statements);
        let refused = sandbox.trop(["list"]).run().expect(6);
        assert!(refused.stderr.contains("trop init --overwrite"), "{statements}: {}", refused.stderr);
        sandbox.trop(["assert-data-dir", "--validate"]).run().expect(6);
        let before = tree_without_logs(sandbox.home());
        assert_eq!(actions(&sandbox, &[]), [(json!("initialize"), ".trop".to_owned())], "{statements}");
        assert_eq!(tree_without_logs(sandbox.home()), before);

        let ran = sandbox.trop(OVERWRITE).run().expect(0);
        let copy = directory.join("trop.db.damaged");
        assert!(ran.stderr.contains(copy.as_str()), "{statements}: {}", ran.stderr);
        assert_eq!(mode(&copy), 0o600);
        assert_eq!(Database::of(&directory).valid_rows(), []);
        sandbox.trop(["assert-data-dir", "--validate"]).run().expect(0);
    }
}

#[test]
fn a_newer_database_and_another_programs_are_refused() {
    let sandbox = with_two_rows(Stage::sandbox());
    let database = data_directory(&sandbox).join("trop.db");
    let mark = Connection::open(&database).unwrap();
    mark.execute_batch(
        "PRAGMA user_version = 99; UPDATE metadata SET value = '1099' WHERE key = 'schema_version'",
    )
    .unwrap();
    drop(mark);
    check_refused(&sandbox, &[], 6, &["newer"]);

    let sandbox = Stage::sandbox();
    sandbox.directory("home/.trop");
    let foreign = Connection::open(data_directory(&sandbox).join("trop.db")).unwrap();
    foreign.execute_batch("CREATE TABLE recipes (name TEXT)").unwrap();
    drop(foreign);
    check_refused(&sandbox, &[], 6, &["trop.db"]);
}

#[test]
fn an_older_database_is_emptied_and_a_copy_of_it_kept() {
    for layout in ["1", "2"] {
        let sandbox = Stage::sandbox();
        sandbox.directory("home/.trop");
        let directory = data_directory(&sandbox);
        fs::copy(format!("{OLDER}/layout-{layout}/trop.db"), directory.join("trop.db")).unwrap();
        sandbox.trop(OVERWRITE).run().expect(0);
        assert_eq!(Database::of(&directory).valid_rows(), []);
        assert!(directory.join(format!("trop.db.before-migration-{layout}")).exists());
    }
}

#[test]
fn group_and_others_are_kept_away() {
    let sandbox = with_two_rows(Stage::sandbox());
    let directory = data_directory(&sandbox);
    fs::write(directory.join("config.yaml"), "").unwrap();
    let paths: Vec<Utf8PathBuf> = tree(&directory).into_keys().collect();
    assert_eq!(paths.len(), 5, "{paths:?}");
    for path in &paths {
        set_mode(path, 0o644);
    }
    set_mode(&directory, 0o755);
    let names = [".trop", "trop.db", "trop.db-wal", "trop.db-shm", "trop.lock", "config.yaml"];
    assert_eq!(shown_as_protected(&sandbox), names);
    assert_eq!((mode(&directory), mode(&paths[0])), (0o755, 0o644));

    let ran = sandbox.trop(OVERWRITE).run().expect(0);
    assert!(!ran.stderr.contains("warning"), "{}", ran.stderr);
    assert_eq!(ran.stderr.matches("cannot any more").count(), names.len(), "{}", ran.stderr);
    assert_eq!(mode(&directory), 0o700);
    assert!(paths.iter().all(|path| mode(path) == 0o600));
    assert!(!sandbox.trop(["init"]).run().expect(0).stderr.contains("warning"));
}

/// SQLite gives what it makes the mode of the database, and what is moved aside keeps its own.
#[test]
fn exactly_what_a_dry_run_shows_is_protected_and_nothing_is_left_open() {
    for damage in [false, true] {
        let sandbox = with_two_rows(Stage::sandbox());
        let directory = data_directory(&sandbox);
        let database = directory.join("trop.db");
        Connection::open(&database).unwrap().execute_batch("PRAGMA journal_mode = DELETE").unwrap();
        if damage {
            fs::write(&database, "text").unwrap();
        }
        set_mode(&database, 0o644);
        assert_eq!(shown_as_protected(&sandbox), ["trop.db"], "damaged: {damage}");
        let said = sandbox.trop(OVERWRITE).run().expect(0).stderr;
        assert_eq!(said.matches("cannot any more").count(), 1, "damaged: {damage}, {said}");
        let left_open: Vec<_> = tree(&directory).into_iter().filter(|(_, file)| file.mode != 0o600).collect();
        assert!(left_open.is_empty(), "damaged: {damage}, {left_open:?}");
    }
}

#[test]
fn what_belongs_to_somebody_else_cannot_be_kept_from_them() {
    skip_unless!(need::root());
    let sandbox = ordinary();
    reserve(&sandbox, "one");
    // Root has left a file there, which everybody may write.
    let config = data_directory(&sandbox).join("config.yaml");
    fs::write(&config, "").unwrap();
    set_mode(&config, 0o666);
    check_refused(&sandbox, &[], 5, &["cannot keep group and others away from", config.as_str()]);
    assert_eq!(Database::of(data_directory(&sandbox)).valid_rows().len(), 1);
}

#[test]
fn the_settings_stay_unless_they_are_asked_for() {
    let sandbox = Stage::sandbox();
    sandbox.trop(["init"]).run().expect(0);
    let real = sandbox.directory("dotfiles").join("trop.yaml");
    let config = data_directory(&sandbox).join("config.yaml");
    // Broken, and not read by init.
    fs::write(&real, "ports: [\n").unwrap();
    set_mode(&real, 0o700);
    symlink(&real, &config).unwrap();
    sandbox.trop(OVERWRITE).run().expect(0);
    assert_eq!(fs::read_to_string(&real).unwrap(), "ports: [\n");

    let with_config = ["--with-config"];
    assert_eq!(actions(&sandbox, &with_config), [(json!("write"), "config.yaml".to_owned())]);
    assert_eq!(fs::read_to_string(&real).unwrap(), "ports: [\n");
    let ran = sandbox.trop(OVERWRITE.iter().chain(&with_config)).run().expect(0);
    assert!(ran.stderr.contains(&format!("note: wrote {config}\n")), "{}", ran.stderr);
    assert_eq!((fs::read_to_string(&real).unwrap(), mode(&real)), (text_of_defaults(), 0o700));
    assert!(config.is_symlink());
}

/// What a link leads to may be somebody's dotfiles, which others read.
#[test]
fn what_lies_elsewhere_is_not_closed() {
    let sandbox = Stage::sandbox();
    sandbox.trop(["init"]).run().expect(0);
    let real = sandbox.directory("dotfiles").join("trop.yaml");
    let config = data_directory(&sandbox).join("config.yaml");
    fs::write(&real, "").unwrap();
    set_mode(&real, 0o644);
    symlink(&real, &config).unwrap();
    assert_eq!(actions(&sandbox, &[]), []);
    let ran = sandbox.trop(OVERWRITE).run().expect(0);
    assert!(ran.stderr.contains(&format!("what {config} leads to")), "{}", ran.stderr);
    assert_eq!(mode(&real), 0o644);
}

#[test]
fn what_cannot_be_replaced_keeps_the_reservations() {
    let sandbox = with_two_rows(ordinary());
    let config = data_directory(&sandbox).join("config.yaml");
    fs::create_dir(&config).unwrap();
    set_mode(&config, 0o700);
    check_refused(&sandbox, &["--with-config"], 5, &["no regular file", config.as_str()]);
    fs::remove_dir(&config).unwrap();
    sandbox.trop(["init", "--with-config"]).run().expect(0);
    fs::write(&config, "# mine\n").unwrap();
    set_mode(&config, 0o000);
    check_refused(&sandbox, &["--with-config"], 5, &["Permission denied", config.as_str()]);
    set_mode(&config, 0o400);
    check_refused(&sandbox, &["--with-config"], 5, &["Permission denied", config.as_str()]);
    assert_eq!(Database::of(data_directory(&sandbox)).valid_rows().len(), 2);
}

#[test]
fn a_read_only_directory_is_code_5() {
    let sandbox = with_two_rows(ordinary());
    let directory = data_directory(&sandbox);
    let files: Vec<Utf8PathBuf> = tree(&directory).into_keys().collect();
    let _read_only: Vec<ReadOnly> =
        files.iter().chain([&directory]).map(|path| ReadOnly::new(path)).collect();
    check_refused(&sandbox, &[], 5, &["TROP_DATA_DIR"]);
}

#[test]
fn a_lock_is_waited_for_and_no_longer_than_allowed() {
    let sandbox = with_two_rows(Stage::sandbox());
    let lock = Connection::open(data_directory(&sandbox).join("trop.db")).unwrap();
    lock.execute_batch("BEGIN IMMEDIATE").unwrap();
    sandbox.trop(OVERWRITE).env("TROP_BUSY_TIMEOUT", "0").run().expect(2);
    lock.execute_batch("ROLLBACK").unwrap();
    drop(lock);
    assert_eq!(Database::of(data_directory(&sandbox)).valid_rows().len(), 2);
}

#[test]
fn root_overwrites_nothing_of_another_user() {
    skip_unless!(need::root());
    let owner = with_two_rows(ordinary());
    let before = tree_without_logs(owner.home());
    for arguments in [&DRY_RUN[..], &OVERWRITE] {
        let ran = Stage::sandbox().trop(arguments).env("HOME", owner.home()).run().expect(5);
        assert!(ran.stderr.contains("belongs to"), "{}", ran.stderr);
    }
    assert_eq!(tree_without_logs(owner.home()), before);
}

/// Two processes at a time reserve all the while, a third one begins anew. What was answered to those who asked after that is
/// stored, whatever was in place before.
#[test]
fn nobody_loses_a_port_that_was_reserved_after_it() {
    for damage in [false, true] {
        let sandbox = with_two_rows(Stage::sandbox());
        let directory = data_directory(&sandbox);
        let is_over = AtomicBool::new(false);
        let hammer = |hand: &str| {
            let mut kept = Vec::new();
            for number in 0.. {
                let name = format!("{hand}{number}");
                let began_after = is_over.load(Ordering::SeqCst);
                let trop = sandbox.trop(["reserve"]).in_dir(sandbox.directory(&name));
                let trop = trop.env("TROP_SKIP_OCCUPANCY_CHECK", "yes").env("TROP_BUSY_TIMEOUT", "60");
                let ran = trop.run();
                if began_after {
                    kept.push((sandbox.directory(&name).into_string(), port(&ran.expect(0).stdout)));
                } else {
                    // A file that is damaged before it is moved aside is refused.
                    let is_expected = ran.code == Some(0) || damage && ran.code == Some(6);
                    assert!(is_expected, "{:?} {}", ran.code, ran.stderr);
                }
                if kept.len() == 15 {
                    break;
                }
            }
            kept
        };
        let kept = thread::scope(|scope| {
            let hands = ["a", "b"].map(|hand| scope.spawn(move || hammer(hand)));
            if damage {
                fs::write(directory.join("trop.db"), "no database any more").unwrap();
            }
            for _ in 0..5 {
                sandbox.trop(OVERWRITE).env("TROP_BUSY_TIMEOUT", "60").run().expect(0);
            }
            is_over.store(true, Ordering::SeqCst);
            hands.map(|hand| hand.join().unwrap()).concat()
        });
        let rows = Database::of(&directory).valid_rows();
        for (path, port) in kept {
            assert!(rows.iter().any(|row| row.path == path && row.port == port), "{damage} {path} {port}");
        }
    }
}

/// The same, with a process that stands still anywhere in its work while another one begins anew.
#[test]
fn who_stands_still_meanwhile_reserves_in_the_new_database() {
    skip_unless!(need::tool("strace"));
    for damage in [false, true] {
        let mut met = [0, 0];
        for call in ["fcntl", "pread64"] {
            for nth in 1.. {
                let sandbox = with_two_rows(Stage::sandbox());
                let (directory, log) = (data_directory(&sandbox), sandbox.root().join("log"));
                // Whoever recovers the write-ahead log keeps everybody out.
                let _nobody_recovers = Database::of(&directory).connection();
                let paused = sandbox.directory("paused");
                let run = sandbox.trop(["reserve"]).in_dir(&paused).env("TROP_SKIP_OCCUPANCY_CHECK", "yes");
                let begin_anew = || {
                    let is_stored = Database::of(&directory).row(&paused).is_some();
                    if damage {
                        let mut file = File::options().write(true).open(directory.join("trop.db")).unwrap();
                        file.write_all(b"no SQLite format").unwrap();
                    }
                    (is_stored, sandbox.trop(OVERWRITE).env("TROP_BUSY_TIMEOUT", "0").run())
                };
                let (ran, other) =
                    run_paused(under_strace(run, &log, &paused_at(call, nth)), &log, begin_anew);
                let Some((was_stored, overwrote)) = other else { break };
                let is_stored = overwrote.code == Some(2) || Database::of(&directory).row(&paused).is_some();
                let case = format!("{damage} {call} {nth}: {:?} {}", ran.code, ran.stderr);
                match ran.code {
                    Some(0) if was_stored => met[0] += 1,
                    Some(0) => {
                        met[1] += 1;
                        assert!(is_stored, "{case}");
                    }
                    // What it read was damaged a moment ago.
                    _ => assert!(damage && ran.code == Some(6), "{case}"),
                }
                if overwrote.code == Some(0) {
                    Database::of(&directory).valid_rows();
                }
            }
        }
        assert!(met.iter().all(|count| 0 < *count), "{damage} {met:?}");
    }
}
