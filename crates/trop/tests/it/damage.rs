//! Damaged databases, and every command that opens one. What may be damaged in which ways is tested at the border of trop-storage; here
//! is what a person sees of it: code 6, the name of the file, what to do, and a file that stays as it was.

use std::fs;
use std::process::Command;

use camino::Utf8PathBuf;

use trop_testkit::{need, skip_unless};

use crate::database::Database;
use crate::inside::not_for_ever;
use crate::stage::Stage;

/// Every command that opens the database.
const COMMANDS: [&[&str]; 19] = [
    &["list", "--format=json"],
    &["list-projects"],
    &["reserve", "--skip-occupancy-check"],
    &["reserve", "--skip-occupancy-check", "--tag=new"],
    &["reserve", "--skip-occupancy-check", "--tag=new", "--dry-run"],
    &["release"],
    &["release", "--recursive"],
    &["prune"],
    &["expire"],
    &["autoclean", "--dry-run"],
    &["migrate", "--recursive", "--from=/srv/away", "--to=/"],
    &["assert-port", "5999"],
    &["assert-reservation", "--tag=new"],
    &["port-info", "5999"],
    &["exclude", "5999", "--global"],
    &["scan", "--min=5999", "--max=5999"],
    &["assert-data-dir", "--validate"],
    &["init"],
    &["doctor"],
];

/// Three reservations below the directory `project`, and one there.
fn stage() -> Stage {
    let stage = Stage::new();
    for name in ["project", "project/a", "project/b", "project/c"] {
        stage.reserved(stage.directory(name), 0..=9);
    }
    Database::of(stage.data_directory()).tamper("PRAGMA wal_checkpoint(TRUNCATE)");
    stage
}

fn database(stage: &Stage) -> Utf8PathBuf {
    stage.data_directory().join("trop.db")
}

/// Runs the commands that are to refuse.
#[track_caller]
fn run_all(stage: &Stage, refuses: &dyn Fn(&[&str]) -> bool) {
    let file = database(stage);
    let before = fs::read(&file).unwrap();
    for arguments in COMMANDS.into_iter().filter(|arguments| refuses(arguments)) {
        let code = if arguments[0] == "doctor" { 1 } else { 6 };
        let ran = stage.trop(stage.directory("project"), arguments).run().expect(code);
        if code == 6 {
            assert_eq!(ran.stdout, "", "{arguments:?}");
            for words in [file.as_str(), "help: nothing was changed", "trop init --overwrite"] {
                assert!(ran.stderr.contains(words), "{arguments:?} lacks {words:?}: {}", ran.stderr);
            }
        }
        assert_eq!(fs::read(&file).unwrap(), before, "{arguments:?}");
    }
}

/// `init` asks no row.
fn asks_rows(arguments: &[&str]) -> bool {
    arguments != ["init"]
}

#[test]
fn rows_that_are_not_where_they_are_looked_for() {
    let stage = stage();
    let mut content = fs::read(database(&stage)).unwrap();
    for at in 0..content.len() {
        if content[at..].starts_with(b"/project/b") {
            content[at + 9] = b'z';
        }
    }
    fs::write(database(&stage), content).unwrap();
    let finds_its_row = |arguments: &[&str]| {
        // Its row is where it belongs.
        matches!(arguments, ["reserve", "--skip-occupancy-check"] | ["release"])
    };
    run_all(&stage, &|arguments| asks_rows(arguments) && !finds_its_row(arguments));
}

/// Nobody can say which port the row had, and so none is said to be free.
#[test]
fn a_stored_port_that_is_none() {
    for number in ["0", "70000"] {
        let stage = stage();
        let set = format!("UPDATE reservations SET port = {number} WHERE path LIKE '%/project/b'");
        Database::of(stage.data_directory())
            .tamper(&format!("PRAGMA ignore_check_constraints = ON; {set}; PRAGMA wal_checkpoint(TRUNCATE)"));
        let finds_its_row =
            |arguments: &[&str]| matches!(arguments, ["reserve", "--skip-occupancy-check"] | ["release"]);
        run_all(&stage, &|arguments| asks_rows(arguments) && !finds_its_row(arguments));
        let ran = stage.reserve(stage.directory("new"), 0..=9, &[]).run().expect(6);
        assert!(ran.stderr.contains(number), "{}", ran.stderr);
        // What is found by its key is good.
        stage.trop(stage.directory("project/a"), ["reserve"]).run().expect(0);
        stage.trop(stage.directory("project/c"), ["release"]).run().expect(0);
    }
}

/// What somebody hung on trop's tables neither stops a command nor changes what it does.
#[test]
fn what_others_added_does_not_act() {
    let stage = stage();
    Database::of(stage.data_directory()).tamper(
        "CREATE TRIGGER t AFTER INSERT ON reservations BEGIN UPDATE reservations SET port = 1 WHERE port = new.port; END;
         CREATE TABLE child (port INTEGER REFERENCES reservations (port) ON DELETE RESTRICT);
         INSERT INTO child SELECT port FROM reservations;
         PRAGMA writable_schema = ON; INSERT INTO sqlite_schema
         VALUES ('table', 'odd', 'odd', 0, 'CREATE VIRTUAL TABLE odd USING nobody_has_this(x)')",
    );
    let port = stage.reserved(stage.directory("new"), 0..=9);
    stage.trop(stage.directory("new"), ["assert-port", &port.to_string()]).run().expect(0);
    stage.trop(stage.directory("project"), ["release", "--recursive"]).run().expect(0);
    assert_eq!(Database::of(stage.data_directory()).rows().len(), 1);
    stage.trop("/", ["init", "--overwrite"]).run().expect(0);
    assert_eq!(Database::of(stage.data_directory()).valid_rows(), []);
}

/// Something else in the place of what SQLite keeps beside the database: an answer or an error, and nobody waits.
#[test]
fn nobody_waits_for_what_is_no_file() {
    skip_unless!(need::tool("timeout"));
    for name in ["trop.db-wal", "trop.db-shm", "trop.db-journal"] {
        for make in [&["mkdir"][..], &["mkfifo"], &["ln", "-s", "nowhere/at-all"], &["ln", "-s", "/dev/zero"]]
        {
            // SQLite itself waits for this one, and to look at it first would cost every run that writes a system call.
            let is_waited_for = (name, make[0]) == ("trop.db-journal", "mkfifo");
            let stage = stage();
            let place = stage.data_directory().join(name);
            let _ = fs::remove_file(&place);
            assert!(Command::new(make[0]).args(&make[1..]).arg(&place).status().unwrap().success());
            for arguments in
                [&["list"][..], &["reserve", "--skip-occupancy-check"], &["assert-data-dir", "--validate"]]
            {
                if is_waited_for && arguments[0] == "reserve" {
                    continue;
                }
                let run = stage.trop(stage.directory("project"), arguments).env("TROP_BUSY_TIMEOUT", "0");
                let ran = not_for_ever(run).run();
                assert!(matches!(ran.code, Some(0 | 2 | 5 | 6)), "{make:?} {name}: {ran:?}");
                assert!(!ran.stderr.contains("mistake in trop"), "{ran:?}");
            }
        }
    }
}
