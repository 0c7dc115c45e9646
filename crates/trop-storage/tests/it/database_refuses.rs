//! What the database itself refuses, whoever writes.

use rusqlite::ErrorCode;

use crate::scene::{Scene, row};

/// Inserts a row as an SQL list of values, beside `('/srv/a', 'web', 5000, …)`.
fn insert(values: &str) -> Result<usize, Option<ErrorCode>> {
    let scene = Scene::with_rows(&[row("/srv/a", "web", 5000)]);
    let insert = format!(
        "INSERT INTO reservations (path, tag, port, project, task, created_at, last_used_at) VALUES ({values})"
    );
    scene.raw().execute(&insert, []).map_err(|error| error.sqlite_error_code())
}

#[track_caller]
fn refused(values: &str) {
    assert_eq!(insert(values), Err(Some(ErrorCode::ConstraintViolation)), "{values}");
}

#[track_caller]
fn accepted(values: &str) {
    assert_eq!(insert(values), Ok(1), "{values}");
}

#[test]
fn one_port_per_key_and_one_key_per_port() {
    accepted("'/srv/a', 'api', 5001, NULL, NULL, 0, 0");
    accepted("'/srv/a', '', 5001, NULL, NULL, 0, 0");
    accepted("'/srv/b', 'web', 5001, NULL, NULL, 0, 0");
    refused("'/srv/a', 'web', 5001, NULL, NULL, 0, 0");
    refused("'/srv/b', 'web', 5000, NULL, NULL, 0, 0");
}

#[test]
fn paths() {
    refused("NULL, '', 5001, NULL, NULL, 0, 0");
    refused("'', '', 5001, NULL, NULL, 0, 0");
    refused("x'2f', '', 5001, NULL, NULL, 0, 0");
}

#[test]
fn tags() {
    refused("'/srv/b', NULL, 5001, NULL, NULL, 0, 0");
    refused("'/srv/b', x'77', 5001, NULL, NULL, 0, 0");
    accepted(&format!("'/srv/b', '{}', 5001, NULL, NULL, 0, 0", "t".repeat(255)));
    refused(&format!("'/srv/b', '{}', 5001, NULL, NULL, 0, 0", "t".repeat(256)));
    // Bytes count, not characters.
    refused(&format!("'/srv/b', '{}', 5001, NULL, NULL, 0, 0", "é".repeat(128)));
}

#[test]
fn ports() {
    for port in ["1", "65535", "'5001'"] {
        accepted(&format!("'/srv/b', '', {port}, NULL, NULL, 0, 0"));
    }
    for port in ["NULL", "0", "65536", "-1", "5001.5", "'http'", "x'01'"] {
        refused(&format!("'/srv/b', '', {port}, NULL, NULL, 0, 0"));
    }
}

#[test]
fn labels() {
    let (longest, too_long) = ("l".repeat(255), "l".repeat(256));
    accepted(&format!("'/srv/b', '', 5001, '{longest}', '{longest}', 0, 0"));
    refused(&format!("'/srv/b', '', 5001, '{too_long}', NULL, 0, 0"));
    refused(&format!("'/srv/b', '', 5001, NULL, '{too_long}', 0, 0"));
    refused("'/srv/b', '', 5001, '', NULL, 0, 0");
    refused("'/srv/b', '', 5001, NULL, '', 0, 0");
}

#[test]
fn times() {
    accepted("'/srv/b', '', 5001, NULL, NULL, 253402300799, 253402300799");
    for time in ["NULL", "-1", "253402300800", "'yesterday'", "0.5"] {
        refused(&format!("'/srv/b', '', 5001, NULL, NULL, {time}, 0"));
        refused(&format!("'/srv/b', '', 5001, NULL, NULL, 0, {time}"));
    }
}

#[test]
fn a_row_cannot_be_made_wrong_later() {
    let scene = Scene::with_rows(&[row("/srv/a", "", 5000), row("/srv/b", "", 5001)]);
    let raw = scene.raw();
    for change in ["port = 5001", "port = 0", "path = '/srv/b'", "tag = NULL", "last_used_at = -1"] {
        let update = format!("UPDATE reservations SET {change} WHERE port = 5000");
        let refused = raw.execute(&update, []).map_err(|error| error.sqlite_error_code());
        assert_eq!(refused, Err(Some(ErrorCode::ConstraintViolation)), "{change}");
    }
}
