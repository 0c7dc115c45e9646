//! `assert-reservation` and `assert-port`: whether something is reserved. Nothing is made or written.

use std::fs::{self, Permissions};
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Stdio;

use trop_testkit::database::{Journal, Row, Version, write};
use trop_testkit::{Invocation, Sandbox};

use crate::database::Database;
use crate::read_only::ReadOnly;
use crate::stage::Stage;

fn trop(sandbox: &Sandbox, arguments: &[&str]) -> Invocation {
    sandbox.trop(arguments).env("TROP_SKIP_OCCUPANCY_CHECK", "yes")
}

/// Port 5000 is that of `site`, 5001 that of its tag `web`.
fn reserved(sandbox: Sandbox) -> Sandbox {
    trop(&sandbox, &["reserve"]).run().expect(0);
    trop(&sandbox, &["reserve", "--tag=web"]).run().expect(0);
    sandbox
}

/// Asks in all ways, where something is there (the port) or not.
#[track_caller]
fn check(sandbox: &Sandbox, question: &[&str], expected: Option<u16>) {
    let ask = |more: &[&str], code: i32, stdout: &str, has_note: bool| {
        let arguments = [question, more].concat();
        let ran = trop(sandbox, &arguments).run().expect(code);
        assert_eq!(ran.stdout, stdout, "{arguments:?}");
        assert_eq!(ran.stderr.starts_with("note: "), has_note, "{arguments:?}: {}", ran.stderr);
    };
    let (holds, line) = (expected.is_some(), expected.map_or(String::new(), |port| format!("{port}\n")));
    ask(&[], i32::from(!holds), &line, !holds);
    ask(&["--quiet"], i32::from(!holds), "", false);
    ask(&["--not"], i32::from(holds), "", holds);
    ask(&["--not", "--quiet"], i32::from(holds), "", false);
}

#[test]
fn what_is_reserved_is_printed() {
    let sandbox = reserved(Stage::sandbox());
    check(&sandbox, &["assert-reservation"], Some(5000));
    check(&sandbox, &["assert-reservation", "--tag=web"], Some(5001));
    check(&sandbox, &["assert-reservation", "--tag=api"], None);
    check(&sandbox, &["assert-reservation", "--path=~"], None);
    check(&sandbox, &["assert-port", "5000"], Some(5000));
    check(&sandbox, &["assert-port", "5001"], Some(5001));
    check(&sandbox, &["assert-port", "5002"], None);
}

#[test]
fn without_a_database_nothing_is_reserved_and_nothing_is_made() {
    let sandbox = Stage::sandbox();
    for question in [&["assert-reservation"] as &[&str], &["assert-port", "5000"]] {
        check(&sandbox, question, None);
        check(&sandbox, &[question, &["--data-dir=missing/yet"]].concat(), None);
        check(&sandbox, &[question, &["--disable-autoinit"]].concat(), None);
    }
    assert_eq!(fs::read_dir(sandbox.home()).unwrap().count(), 0);
    assert!(!sandbox.directory("site").join("missing").exists());
}

#[test]
fn path_and_tag_come_from_variables_too() {
    let sandbox = reserved(Stage::sandbox());
    let site = sandbox.directory("site");
    let from_home = |arguments: &[&str], variables: &[(&str, &str)], code: i32| {
        let asked = trop(&sandbox, arguments).in_dir(sandbox.home());
        let asked = variables.iter().fold(asked, |asked, (name, value)| asked.env(name, value));
        asked.run().expect(code).stdout
    };
    let site = site.as_str();
    assert_eq!(from_home(&["assert-reservation"], &[], 1), "");
    assert_eq!(from_home(&["assert-reservation", "--path", site], &[], 0), "5000\n");
    assert_eq!(from_home(&["assert-reservation"], &[("TROP_PATH", site)], 0), "5000\n");
    assert_eq!(from_home(&["assert-reservation"], &[("TROP_PATH", site), ("TROP_TAG", "web")], 0), "5001\n");
    assert_eq!(from_home(&["assert-port", "5000"], &[("TROP_PATH", "/"), ("TROP_TAG", "web")], 0), "5000\n");
}

#[test]
fn a_typed_path_means_the_directory_that_it_leads_to() {
    let sandbox = Stage::sandbox();
    let site = sandbox.directory("site");
    let link = sandbox.root().join("link");
    symlink(&site, &link).unwrap();
    trop(&sandbox, &["reserve"]).run().expect(0);
    let by_link = format!("--path={link}");
    check(&sandbox, &["assert-reservation", &by_link], Some(5000));
    check(&sandbox, &["assert-reservation", &by_link, "--tag=web"], None);
    // Once something is reserved under the typed path itself, that one is meant.
    trop(&sandbox, &["reserve", "--allow-unrelated-path", "--overwrite", "--tag=web"]).run().expect(0);
    Database::of(sandbox.home().join(".trop"))
        .change("UPDATE reservations SET path = ?1 WHERE tag = 'web'", [link.as_str()])
        .unwrap();
    check(&sandbox, &["assert-reservation", &by_link, "--tag=web"], Some(5001));
    check(&sandbox, &["assert-reservation", &by_link], None);
    check(&sandbox, &["assert-reservation"], Some(5000));
    // What is reserved for a directory that is gone stays reserved.
    fs::remove_file(&link).unwrap();
    check(&sandbox, &["assert-reservation", &by_link, "--tag=web"], Some(5001));
}

#[test]
fn every_other_failure_keeps_its_code() {
    /// The code of each question, asked in every way.
    #[track_caller]
    fn ask(sandbox: &Sandbox, more: &[&str], variable: (&str, &str), code: i32) {
        for question in [&["assert-reservation"] as &[&str], &["assert-port", "5000"]] {
            for not in [&[][..], &["--not"]] {
                let asked = trop(sandbox, &[question, not, more].concat());
                let ran = asked.env(variable.0, variable.1).run().expect(code);
                assert_eq!(ran.stdout, "");
                assert!(ran.stderr.starts_with("error: "), "{}", ran.stderr);
            }
        }
    }
    let nothing = ("TROP_X", "");
    let none = Stage::sandbox();
    fs::write(none.directory("home/.trop").join("trop.db"), "no database").unwrap();
    ask(&none, &[], nothing, 6);
    let newer = reserved(Stage::sandbox());
    Database::of(newer.home().join(".trop")).tamper("PRAGMA user_version = 2");
    ask(&newer, &[], nothing, 6);

    let sandbox = reserved(Stage::sandbox());
    ask(&sandbox, &["--color=never", "--nonsense"], nothing, 4);
    ask(&sandbox, &["--busy-timeout=soon"], nothing, 4);
    ask(&sandbox, &[], ("TROP_PORT_MIN", "0"), 7);
    ask(&sandbox, &[], ("HOME", ""), 3);
    for wrong in ["0", "65536", "web", "-1", ""] {
        trop(&sandbox, &["assert-port", wrong]).run().expect(4);
    }
    trop(&sandbox, &["assert-port"]).run().expect(4);
    trop(&sandbox, &["assert-reservation", "--path="]).run().expect(4);
    fs::write(sandbox.directory("site").join("trop.yaml"), "colour: red\n").unwrap();
    ask(&sandbox, &[], nothing, 7);

    let locked = reserved(Sandbox::of_ordinary_user(env!("CARGO_BIN_EXE_trop")));
    let data_directory = locked.home().join(".trop");
    fs::set_permissions(&data_directory, Permissions::from_mode(0o000)).unwrap();
    ask(&locked, &[], nothing, 5);
    fs::set_permissions(&data_directory, Permissions::from_mode(0o700)).unwrap();
}

#[test]
fn an_older_database_is_asked_as_it_will_be() {
    let sandbox = Stage::sandbox();
    let file = sandbox.directory("home/.trop").join("trop.db");
    let site = sandbox.directory("site");
    let rows = [Row::new(site.as_str(), None, 5000), Row::new(site.as_str(), Some("web"), 5001)];
    write(&file, Version::Layout2, &rows, Journal::Delete);
    let before = fs::read(&file).unwrap();
    check(&sandbox, &["assert-reservation"], Some(5000));
    check(&sandbox, &["assert-port", "5001"], Some(5001));
    assert_eq!(fs::read(&file).unwrap(), before);
    assert_eq!(file.parent().unwrap().read_dir_utf8().unwrap().count(), 1);
}

#[test]
fn they_work_where_nothing_can_be_written_and_beside_a_writer() {
    let sandbox = reserved(Sandbox::of_ordinary_user(env!("CARGO_BIN_EXE_trop")));
    let data_directory = sandbox.home().join(".trop");
    {
        let _read_only = ReadOnly::new(&data_directory);
        check(&sandbox, &["assert-reservation"], Some(5000));
        check(&sandbox, &["assert-port", "5002"], None);
    }
    let writer = rusqlite::Connection::open(data_directory.join("trop.db")).unwrap();
    writer.execute_batch("BEGIN IMMEDIATE").unwrap();
    check(&sandbox, &["assert-reservation", "--busy-timeout=0"], Some(5000));
    check(&sandbox, &["assert-port", "5000", "--busy-timeout=0"], Some(5000));
}

#[test]
fn a_closed_pipe_ends_quietly() {
    let sandbox = reserved(Stage::sandbox());
    for question in [&["assert-reservation"] as &[&str], &["assert-port", "5000"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = trop(&sandbox, question).command.stdout(Stdio::from(writer)).output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), &b""[..]));
    }
}
