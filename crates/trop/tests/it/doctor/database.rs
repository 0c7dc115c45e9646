//! What is wrong with a database, and that its rows are not believed then.

use std::fs::{self, Permissions};
use std::os::unix::fs::PermissionsExt;

use trop_testkit::database::{Journal, Row, Version, write};

use super::{checks, doctor, only_problem, paste, reserved};
use crate::database::Database;
use crate::stage::Stage;

#[test]
fn a_damaged_database_is_explained_and_is_no_failure() {
    let pages = [b"SQLite format 3\0".as_slice(), &[7; 5000]].concat();
    for content in ["PORT=5000\n".repeat(500).into_bytes(), pages] {
        let stage = Stage::new();
        let database = stage.directory("home/.trop").join("trop.db");
        fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o700)).unwrap();
        fs::write(&database, content).unwrap();
        fs::set_permissions(&database, Permissions::from_mode(0o600)).unwrap();
        let check = only_problem(doctor(&stage), "database");
        let checks = checks(&doctor(&stage).run());
        for of_rows in ["range", "browser-ports", "stale-reservations", "served-elsewhere"] {
            assert_eq!(checks[of_rows]["status"], "unknown");
        }
        paste(&stage, &check);
    }
}

#[test]
fn values_that_cannot_be_are_listed() {
    let stage = Stage::new();
    reserved(&stage, "a");
    Database::of(stage.data_directory())
        .tamper("PRAGMA ignore_check_constraints = ON; UPDATE reservations SET port = 70000, task = ''");
    let check = only_problem(doctor(&stage), "database");
    assert_eq!(check["details"].as_array().unwrap().len(), 2, "{check}");
    paste(&stage, &check);
}

/// Rows that can still be read may not be all of them.
#[test]
fn nothing_is_said_of_rows_in_a_damaged_database() {
    let stage = Stage::new();
    reserved(&stage, "a");
    Database::of(stage.data_directory())
        .tamper("CREATE TRIGGER spy AFTER INSERT ON reservations BEGIN SELECT 1; END");
    let check = only_problem(doctor(&stage), "database");
    let checks = checks(&doctor(&stage).run());
    assert_eq!(checks["stale-reservations"]["message"], "what is reserved cannot be read");
    paste(&stage, &check);
}

#[test]
fn a_newer_database_and_a_foreign_one_are_problems_without_a_command() {
    for statement in ["PRAGMA user_version = 2", "PRAGMA application_id = 5"] {
        let stage = Stage::new();
        reserved(&stage, "a");
        Database::of(stage.data_directory()).tamper(statement);
        let check = only_problem(doctor(&stage), "database");
        assert_eq!(check["commands"], serde_json::json!([]), "{statement}");
    }
}

#[test]
fn an_older_database_will_be_adopted() {
    let stage = Stage::new();
    let database = stage.directory("home/.trop").join("trop.db");
    fs::set_permissions(stage.data_directory(), Permissions::from_mode(0o700)).unwrap();
    let older = |path: &str| {
        write(&database, Version::Layout2, &[Row::new(path, None, 5000)], Journal::Delete);
        fs::set_permissions(&database, Permissions::from_mode(0o600)).unwrap();
    };
    older(stage.directory("site").as_str());
    let before = fs::read(&database).unwrap();
    let ran = doctor(&stage).run();
    let message = checks(&ran)["database"]["message"].as_str().unwrap().to_owned();
    assert!(message.contains("older layout 2") && message.contains("will migrate it"), "{message}");
    assert_eq!(fs::read(&database).unwrap(), before);
    fs::remove_file(&database).unwrap();
    older("not/absolute");
    let check = only_problem(doctor(&stage), "database");
    assert_eq!(check["details"].as_array().unwrap().len(), 1, "{check}");
    paste(&stage, &check);
}
