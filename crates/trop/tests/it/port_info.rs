//! `trop port-info`: who has a port reserved, and who uses it now.

use std::fs;
use std::net::UdpSocket;

use serde_json::{Value, json};
use socket2::{Domain, Socket, Type};

use trop_testkit::{Invocation, Varying, need, scrub, skip_unless, snapshot};

use crate::elsewhere::{Listening, let_linger};
use crate::stage::Stage;
use crate::strace::{failing, under_strace};
use crate::without_proc;

/// `trop port-info` of the port at that offset of the block, all of which is handed out.
fn port_info(stage: &Stage, offset: u16, more: &[&str]) -> Invocation {
    let port = stage.ports.port(offset).to_string();
    let run = stage.trop(stage.directory("somewhere"), ["port-info", &port].iter().chain(more));
    let run = run.env("TROP_PORT_MIN", stage.ports.first().to_string());
    run.env("TROP_PORT_MAX", stage.ports.last().to_string())
}

/// What it says to programs, with nothing to say to people.
#[track_caller]
fn known(stage: &Stage, offset: u16, more: &[&str]) -> Value {
    let ran = port_info(stage, offset, &[&["--format=json"], more].concat()).run().expect(0);
    assert_eq!(ran.stderr, "");
    serde_json::from_str(&ran.stdout).unwrap()
}

/// Whether the port is in use, and role, process and whether that runs inside of each socket.
#[track_caller]
fn occupancy(stage: &Stage, offset: u16, more: &[&str]) -> (Value, Vec<[Value; 3]>) {
    let known = known(stage, offset, &[&["--include-occupancy"], more].concat());
    let occupancy = &known["occupancy"];
    let socket = |socket: &Value| ["role", "process_id", "process_inside"].map(|name| socket[name].clone());
    let sockets = occupancy["sockets"].as_array().unwrap().iter().map(socket).collect();
    (occupancy["occupied"].clone(), sockets)
}

#[test]
fn answers_are_snapshots_in_both_formats() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let labels = ["--tag=web", "--project=shop", "--task=main"];
    stage.reserve(&directory, 0..=0, &labels).run().expect(0);
    let server = Listening::named("node", &directory, stage.ports.first());
    let shown = |offset, more: &[&str]| {
        let ran = port_info(&stage, offset, more).run().expect(0);
        assert_eq!(ran.stderr, "");
        let varying = [
            Varying::Sandbox(&stage.sandbox),
            Varying::Pid(server.process_id()),
            Varying::Ports(&stage.ports),
            Varying::Timestamps,
        ];
        scrub(&ran.stdout, &varying)
    };
    let sockets = known(&stage, 0, &["--include-occupancy"])["occupancy"]["sockets"].clone();
    let user = sockets[0]["user"].as_str().unwrap().to_owned();
    for format in ["human", "json"] {
        let format_flag = format!("--format={format}");
        let answers = [
            shown(0, &[&format_flag]),
            shown(0, &[&format_flag, "--include-occupancy"]).replace(&user, "<user>"),
            shown(1, &[&format_flag]),
            shown(1, &[&format_flag, "--include-occupancy"]),
        ];
        let name = format!("cli/port-info-{format}");
        snapshot!(&name, answers.join("\n"));
    }
}

#[test]
fn whether_the_directory_is_there_is_told() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    stage.reserved(&directory, 0..=0);
    assert_eq!(known(&stage, 0, &[])["reservation"]["path_exists"], true);
    fs::remove_dir(&directory).unwrap();
    assert_eq!(known(&stage, 0, &[])["reservation"]["path_exists"], false);
}

#[test]
fn what_keeps_a_port_from_being_handed_out_is_told() {
    let stage = Stage::new();
    let reasons = |invocation: Invocation| {
        let known: Value = serde_json::from_str(&invocation.run().expect(0).stdout).unwrap();
        assert_eq!((&known["reserved"], &known["occupancy"]), (&json!(false), &Value::Null));
        ["in_range", "excluded", "browser_blocked"].map(|name| known[name].as_bool().unwrap())
    };
    let json = |offset| port_info(&stage, offset, &["--format=json"]);
    assert_eq!(reasons(json(0)), [true, false, false]);
    let excluded = stage.ports.port(1).to_string();
    assert_eq!(reasons(json(1).env("TROP_EXCLUDED_PORTS", excluded)), [true, true, false]);
    assert_eq!(reasons(json(0).env("TROP_PORT_MIN", stage.ports.port(1).to_string())), [false, false, false]);
    let blocked = stage.trop(stage.directory("somewhere"), ["port-info", "6000", "--format=json"]);
    assert_eq!(reasons(blocked), [true, false, true]);
}

#[test]
fn who_uses_a_reserved_port_runs_inside_or_elsewhere() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let port = stage.reserved(&directory, 0..=0);
    assert_eq!(occupancy(&stage, 0, &[]), (json!(false), vec![]));
    for (name, inside) in [("a", true), ("a/b", true), ("ab", false)] {
        let server = Listening::named("node", &stage.directory(name), port);
        let expected = [json!("listens"), json!(server.process_id()), json!(inside)];
        assert_eq!(occupancy(&stage, 0, &[]), (json!(true), vec![expected]));
    }
}

#[test]
fn only_what_is_not_reserved_is_tested_by_binding() {
    let stage = Stage::new();
    let port = stage.reserved(stage.directory("a"), 0..=0);
    let bound = |port: u16| {
        let socket = Socket::new(Domain::IPV4, Type::STREAM, None).unwrap();
        let address: std::net::SocketAddr = ([127, 0, 0, 1], port).into();
        socket.bind(&address.into()).unwrap();
        socket
    };
    // Linux lists no TCP socket that neither listens nor is connected.
    let _sockets = [bound(port), bound(stage.ports.port(1))];
    let unlisted = [Value::Null, Value::Null, Value::Null];
    assert_eq!(occupancy(&stage, 1, &[]), (json!(true), vec![unlisted]));
    assert_eq!(occupancy(&stage, 0, &[]), (json!(false), vec![]));
    for (skipped, occupied) in
        [("--skip-occupancy-check", Value::Null), ("--skip-tcp", json!(false)), ("--skip-ipv4", json!(false))]
    {
        assert_eq!(occupancy(&stage, 1, &[skipped]), (occupied, vec![]), "{skipped}");
    }
    let words = port_info(&stage, 1, &["--include-occupancy"]).run().expect(0).stdout;
    assert!(words.contains("tcp 127.0.0.1, by a socket that the system does not list"), "{words}");
}

#[test]
fn what_only_lingers_uses_nothing() {
    let stage = Stage::new();
    let_linger(stage.ports.first());
    assert_eq!(occupancy(&stage, 0, &[]), (json!(false), vec![]));
}

#[test]
fn each_socket_is_told() {
    let stage = Stage::new();
    let server = Listening::on(stage.ports.first());
    let _datagrams = UdpSocket::bind(("127.0.0.1", stage.ports.first())).unwrap();
    let (process, own) = (json!(server.process_id()), json!(std::process::id()));
    let tcp = [json!("listens"), process, Value::Null];
    let udp = [json!("bound"), own, Value::Null];
    assert_eq!(occupancy(&stage, 0, &[]), (json!(true), vec![tcp.clone(), udp.clone()]));
    assert_eq!(occupancy(&stage, 0, &["--skip-udp"]), (json!(true), vec![tcp]));
    assert_eq!(occupancy(&stage, 0, &["--skip-tcp"]), (json!(true), vec![udp]));
}

#[test]
fn the_process_of_another_user_is_honestly_not_visible() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let directory = stage.directory("a");
    let port = stage.reserved(&directory, 0..=0);
    let _server = Listening::named("node", &directory, port);
    let words = port_info(&stage, 0, &["--include-occupancy"]).run().expect(0).stdout;
    assert!(words.ends_with("tcp 127.0.0.1, listens: not visible (root)\n"), "{words}");
    let socket = known(&stage, 0, &["--include-occupancy"])["occupancy"]["sockets"][0].clone();
    assert_eq!((&socket["holder_visible"], &socket["user"]), (&json!(false), &json!("root")));
}

#[test]
fn where_the_system_does_not_tell_only_a_test_does() {
    skip_unless!(need::name_spaces());
    let stage = Stage::new();
    let reserved = stage.reserved(stage.directory("a"), 0..=0);
    let _servers = [reserved, stage.ports.port(1)].map(Listening::on);
    let occupied = |offset| {
        let ran = without_proc::run(port_info(&stage, offset, &["--format=json", "--include-occupancy"]));
        let ran = ran.expect(0);
        assert!(ran.stderr.starts_with("warning: the system does not tell"), "{}", ran.stderr);
        let known: Value = serde_json::from_str(&ran.stdout).unwrap();
        known["occupancy"]["occupied"].clone()
    };
    assert_eq!([0, 1, 2].map(occupied), [Value::Null, json!(true), Value::Null]);
}

#[test]
fn without_sockets_only_a_test_is_refused() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    stage.reserved(stage.directory("a"), 0..=0);
    let log = stage.sandbox.root().join("log");
    let run = |offset, more: &[&str]| {
        under_strace(port_info(&stage, offset, more), &log, &failing("socket", "EPERM", 1, 1)).run()
    };
    run(0, &["--include-occupancy"]).expect(0);
    run(1, &[]).expect(0);
    run(1, &["--include-occupancy", "--skip-occupancy-check"]).expect(0);
    assert_eq!(run(1, &["--include-occupancy"]).expect(5).stdout, "");
}

#[test]
fn what_was_not_looked_at_is_not_known() {
    let stage = Stage::new();
    let server = Listening::on(stage.ports.port(0));
    let occupied = |more: &[&str]| occupancy(&stage, 0, more).0;
    assert_eq!(occupied(&[]), json!(true));
    assert_eq!(occupied(&["--skip-occupancy-check"]), json!(true), "it is listed");
    let blind = port_info(&stage, 0, &["--include-occupancy", "--format=json", "--skip-tcp", "--skip-udp"]);
    let blind = blind.run().expect(0);
    assert!(blind.stdout.contains("\"occupied\": null"), "{}", blind.stdout);
    assert!(blind.stderr.starts_with("warning: nothing is looked at"), "{}", blind.stderr);
    drop(server);
    assert_eq!(occupied(&["--skip-occupancy-check"]), Value::Null, "what is only bound would not be listed");
    assert_eq!(occupied(&[]), json!(false));
}
