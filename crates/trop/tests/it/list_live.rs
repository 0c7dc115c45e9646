//! `trop list --live`: whether directories exist, and who serves their ports.

mod scene;

use std::fs;
use std::net::UdpSocket;

use camino::Utf8Path;
use serde_json::{Value, json};

use trop_testkit::{Varying, need, scrub, skip_unless, snapshot};

use self::scene::{live, live_row};
use crate::database::Database;
use crate::elsewhere::Listening;
use crate::stage::Stage;
use crate::strace::under_strace;
use crate::without_proc;

/// Requires that the port of that directory is served by that process, inside or elsewhere.
#[track_caller]
fn require_served(stage: &Stage, directory: &Utf8Path, server: &Listening, inside: bool) {
    let row = live_row(stage, directory);
    assert_eq!(row["listening"], true, "{row}");
    assert_eq!(row["process_id"], server.process_id(), "{row}");
    assert_eq!(row["process_inside"], inside, "{row}");
}

#[test]
fn live_lists_are_snapshots_in_every_format() {
    let stage = Stage::new();
    let [nobody, inside, elsewhere, gone] =
        ["a-unserved", "b-inside", "c-elsewhere", "d-gone"].map(|name| stage.directory(name));
    let ports = [&nobody, &inside, &elsewhere, &gone].map(|directory| stage.reserved(directory, 0..=9));
    let servers =
        [(&inside, ports[1]), (&nobody, ports[2])].map(|(at, port)| Listening::named("node", at, port));
    fs::remove_dir(&gone).unwrap();
    let user = live_row(&stage, &inside)["user"].as_str().unwrap().to_owned();
    for format in ["table", "json", "csv", "tsv"] {
        let listed = stage.trop(&nobody, ["list", "--live", "--format", format]).run().expect(0);
        assert_eq!(listed.stderr, "");
        let [first, second] = servers.each_ref().map(|server| Varying::Pid(server.process_id()));
        let varying = [
            Varying::Sandbox(&stage.sandbox),
            first,
            second,
            Varying::Ports(&stage.ports),
            Varying::Timestamps,
        ];
        let shown = scrub(&listed.stdout, &varying).replace(&user, "<user>");
        let name = format!("cli/list-live-{format}");
        snapshot!(&name, shown);
    }
}

#[test]
fn inside_is_by_component() {
    let stage = Stage::new();
    let reserved = stage.directory("sites/a");
    let port = stage.reserved(&reserved, 0..=9);
    let places = [("a", true), ("a/b/c", true), ("ab", false), ("b/a", false), ("", false)];
    for (name, inside) in places {
        let directory = stage.directory(&format!("sites/{name}"));
        let server = Listening::named("node", &directory, port);
        require_served(&stage, &reserved, &server, inside);
    }
}

#[test]
fn inside_is_also_by_the_real_name_of_the_directory() {
    let stage = Stage::new();
    let real = stage.directory("real");
    let link = stage.sandbox.root().join("link");
    std::os::unix::fs::symlink(&real, &link).unwrap();
    let path = format!("--path={link}");
    let ran = stage.reserve(stage.sandbox.root(), 0..=9, &[&path]).run().expect(0);
    let server = Listening::named("node", &real, crate::stage::port(&ran.stdout));
    require_served(&stage, &link, &server, true);
}

#[test]
fn a_process_in_a_deleted_directory_is_not_inside_the_one_that_was_made_anew() {
    let stage = Stage::new();
    let reserved = stage.directory("a (deleted)");
    let port = stage.reserved(&reserved, 0..=9);
    let deeper = stage.directory("a (deleted)/deeper");
    let server = Listening::named("node", &deeper, port);
    require_served(&stage, &reserved, &server, true);

    fs::remove_dir(&deeper).unwrap();
    fs::remove_file(reserved.join("node")).unwrap();
    require_served(&stage, &reserved, &server, true);
    fs::remove_dir(&reserved).unwrap();
    require_served(&stage, &reserved, &server, true);
    assert_eq!(live_row(&stage, &reserved)["path_exists"], false);
    fs::create_dir(&reserved).unwrap();
    require_served(&stage, &reserved, &server, false);
    assert_eq!(live_row(&stage, &reserved)["path_exists"], true);
}

#[test]
fn of_another_user_s_server_the_user_is_known() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let reserved = stage.directory("a");
    let port = stage.reserved(&reserved, 0..=9);
    let _server = Listening::named("node", &reserved, port);
    let row = live_row(&stage, &reserved);
    let known = ["listening", "user", "process_id", "process_name", "process_inside"].map(|name| &row[name]);
    assert_eq!(known, [&json!(true), &json!("root"), &Value::Null, &Value::Null, &Value::Null]);
    let table = stage.trop(&reserved, ["list", "--live"]).run().expect(0).stdout;
    assert!(table.ends_with("  not visible (root)\n"), "{table}");
}

#[test]
fn datagrams_are_served_too() {
    let stage = Stage::new();
    let reserved = stage.directory("a");
    let socket = UdpSocket::bind(("127.0.0.1", stage.reserved(&reserved, 0..=9))).unwrap();
    assert_eq!(live_row(&stage, &reserved)["listening"], true);
    socket.connect(("127.0.0.1", stage.ports.port(50))).unwrap();
    assert_eq!(live_row(&stage, &reserved)["listening"], false);
}

#[test]
fn a_directory_that_cannot_be_looked_at_is_neither_there_nor_gone() {
    let stage = Stage::of_ordinary_user();
    let closed = stage.directory("closed");
    let reserved = stage.directory("closed/a");
    stage.reserved(&reserved, 0..=9);
    let mode = |mode| {
        fs::set_permissions(&closed, std::os::unix::fs::PermissionsExt::from_mode(mode)).unwrap();
    };
    mode(0o000);
    let row = live(&stage, stage.sandbox.home())[0].clone();
    mode(0o700);
    assert_eq!(row["path_exists"], Value::Null, "{row}");
    assert_eq!(live_row(&stage, &reserved)["path_exists"], true);
}

#[test]
fn hostile_names_reach_no_format_as_they_are() {
    let stage = Stage::new();
    // A name of a process has 15 bytes.
    let name = "\u{1b}[31m\n\t,\"\u{202e}";
    let reserved = stage.directory("a\u{1b}[31mred\nnext");
    let port = stage.reserved(&reserved, 0..=9);
    let _server = Listening::named(name, &stage.directory("b"), port);
    assert_eq!(live_row(&stage, &reserved)["process_name"], name);
    for format in ["table", "json", "csv", "tsv"] {
        let listed = stage.trop(&reserved, ["list", "--live", "--format", format]).run().expect(0).stdout;
        assert!(!listed.contains(['\u{1b}', '\u{202e}']), "{listed:?}");
        assert_eq!(listed.lines().count(), if format == "json" { 3 } else { 2 }, "{listed:?}");
    }
}

#[test]
fn where_the_system_does_not_tell_nobody_is_said_to_serve_anything() {
    skip_unless!(need::name_spaces());
    let stage = Stage::new();
    let reserved = stage.directory("a");
    let port = stage.reserved(&reserved, 0..=9);
    let _server = Listening::named("node", &reserved, port);
    let listed = without_proc::run(stage.trop(&reserved, ["list", "--live", "--format=json"])).expect(0);
    let row: Value = serde_json::from_str::<Value>(&listed.stdout).unwrap()[0].clone();
    assert_eq!(
        ["path_exists", "listening", "user"].map(|name| &row[name]),
        [&json!(true), &Value::Null, &Value::Null]
    );
    assert!(listed.stderr.starts_with("warning: the system does not tell"), "{}", listed.stderr);
    let quiet = without_proc::run(stage.trop(&reserved, ["list", "--live", "--quiet"])).expect(0);
    assert_eq!(quiet.stderr, "");
}

/// How often the list of TCP sockets is opened by a list with those options.
fn readings(stage: &Stage, options: &[&str]) -> usize {
    let log = stage.sandbox.root().join("log");
    let run = stage.trop(stage.sandbox.root(), [&["list", "--format=csv"], options].concat());
    under_strace(run, &log, &["--trace=openat".to_owned()]).run().expect(0);
    fs::read_to_string(&log).unwrap().lines().filter(|line| line.contains("\"/proc/net/tcp\"")).count()
}

#[test]
fn the_system_is_looked_at_once_however_long_the_list_is() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let first = stage.directory("first");
    stage.reserved(&first, 0..=9);
    let once = readings(&stage, &["--live"]);
    assert!(0 < once);
    assert_eq!(readings(&stage, &[]), 0);

    let rows = "WITH RECURSIVE more(port) AS (SELECT 40000 UNION ALL SELECT port + 1 FROM more WHERE port < 44998)
        INSERT INTO reservations (path, tag, port, created_at, last_used_at) SELECT '/srv/' || port, '', port, 0, 0 FROM more";
    assert_eq!(Database::of(stage.data_directory()).change(rows, []), Ok(4_999));
    assert_eq!(live(&stage, &first).len(), 5_000);
    assert_eq!(readings(&stage, &["--live"]), once);
}

/// A directory may be on a file system that hangs, and nobody is to wait for the store meanwhile.
#[test]
fn directories_are_looked_at_when_the_store_is_closed() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let reserved = stage.directory("a");
    let port = stage.reserved(&reserved, 0..=9).to_string();
    let log = stage.sandbox.root().join("log");
    for arguments in [&["list", "--live"] as &[&str], &["port-info", &port]] {
        let run = stage.trop(stage.sandbox.home(), arguments);
        // With -y each descriptor is shown with the path of its file.
        under_strace(run, &log, &["-y".to_owned(), "--trace=file,close".to_owned()]).run().expect(0);
        let log = fs::read_to_string(&log).unwrap();
        let last_use_of_the_store = log.rfind("/trop.db>").unwrap();
        let first_look = log.find(&format!("\"{reserved}\"")).unwrap();
        assert!(last_use_of_the_store < first_look, "{arguments:?}: {log}");
    }
}
