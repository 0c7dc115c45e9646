//! `trop scan`: who has which port.

mod autoexclude;

use std::fs::read_to_string;
use std::net::{SocketAddr, TcpStream};
use std::process::Command;

use serde_json::Value;
use socket2::{Domain, Socket, Type};

use trop_testkit::{Invocation, Varying, need, scrub, skip_unless, snapshot};

use crate::elsewhere::Listening;
use crate::stage::Stage;
use crate::strace::{failing, under_strace};
use crate::terminal::{at_a_terminal, script};

/// How many ports of its block a test here uses: all of them are handed out.
const PORTS: u16 = 8;

fn bound(kind: Type, address: &str, port: u16) -> Socket {
    let address = SocketAddr::new(address.parse().unwrap(), port);
    let socket = Socket::new(Domain::for_address(address), kind, None).unwrap();
    if address.is_ipv6() {
        socket.set_only_v6(true).unwrap();
    }
    socket.bind(&address.into()).unwrap();
    socket
}

fn listening(address: &str, port: u16) -> Socket {
    let socket = bound(Type::STREAM, address, port);
    socket.listen(1).unwrap();
    socket
}

/// `trop scan` where the first ports of the block are handed out.
fn scan(stage: &Stage, more: &[&str]) -> Invocation {
    let directory = stage.directory("somewhere");
    let scan = stage.trop(directory, ["scan"].iter().chain(more));
    let scan = scan.env("TROP_PORT_MIN", stage.ports.port(0).to_string());
    scan.env("TROP_PORT_MAX", stage.ports.port(PORTS - 1).to_string())
}

/// Port as an offset in the block, protocol, family, address and whether it is reserved, of each row.
fn rows(stage: &Stage, scan: Invocation) -> Vec<(u16, String)> {
    let table = scan.env("TROP_OUTPUT_FORMAT", "tsv").run().expect(0).stdout;
    let row = |line: &str| {
        let (port, rest) = line.split_once('\t').unwrap();
        let fields: Vec<&str> = rest.split('\t').take(4).collect();
        (port.parse::<u16>().unwrap() - stage.ports.first(), fields.join(" "))
    };
    table.lines().skip(1).map(row).collect()
}

fn expected(rows: &[(u16, &str)]) -> Vec<(u16, String)> {
    rows.iter().map(|(offset, fields)| (*offset, (*fields).to_owned())).collect()
}

#[test]
fn every_socket_is_a_row_with_its_own_address() {
    skip_unless!(need::ipv6());
    let stage = Stage::new();
    let port = |offset| stage.ports.port(offset);
    let _sockets = [
        listening("127.0.0.1", port(0)),
        listening("0.0.0.0", port(1)),
        listening("::", port(2)),
        bound(Type::DGRAM, "127.0.0.1", port(3)),
        listening("127.0.0.1", port(4)),
        listening("::1", port(4)),
        bound(Type::DGRAM, "::1", port(4)),
        bound(Type::STREAM, "127.0.0.1", port(5)),
    ];
    let all = expected(&[
        (0, "tcp ipv4 127.0.0.1 false"),
        (1, "tcp ipv4 0.0.0.0 false"),
        (2, "tcp ipv6 :: false"),
        (3, "udp ipv4 127.0.0.1 false"),
        (4, "tcp ipv4 127.0.0.1 false"),
        (4, "tcp ipv6 ::1 false"),
        (4, "udp ipv6 ::1 false"),
        (5, "tcp ipv4 127.0.0.1 false"),
    ]);
    assert_eq!(rows(&stage, scan(&stage, &[])), all);
    assert_eq!(rows(&stage, scan(&stage, &["--exact"])), all);

    let without = |skip: &str, left: &dyn Fn(&str) -> bool| {
        let left: Vec<_> = all.iter().filter(|(_, fields)| left(fields)).cloned().collect();
        assert_eq!(rows(&stage, scan(&stage, &[skip])), left, "{skip}");
    };
    without("--skip-tcp", &|fields| fields.starts_with("udp"));
    without("--skip-udp", &|fields| fields.starts_with("tcp"));
    // A socket at :: may take IPv4, too; the list does not say.
    without("--skip-ipv6", &|fields| fields.contains("ipv4") || fields.contains(" :: "));
    without("--skip-ipv4", &|fields| fields.contains("ipv6"));
    let variable = scan(&stage, &[]).env("TROP_SKIP_OCCUPANCY_CHECK", "yes");
    assert_eq!(rows(&stage, variable), all, "to scan is to look");
}

#[test]
fn the_process_and_its_user_are_named() {
    let stage = Stage::new();
    let server = Listening::on(stage.ports.port(2));
    let ran = scan(&stage, &["--format", "json"]).run().expect(0);
    let process = format!("\"process_id\": {}, ", server.process_id());
    assert!(ran.stdout.contains(&process), "{}", ran.stdout);
    assert!(ran.stdout.contains("\"holder_visible\": true"), "{}", ran.stdout);
    assert_eq!(ran.stdout.lines().count(), 3, "one row in an array: {}", ran.stdout);
}

#[test]
fn of_somebody_elses_server_the_user_is_known_and_the_process_is_not() {
    skip_unless!(need::root());
    let stage = Stage::of_ordinary_user();
    let _server = Listening::on(stage.ports.port(0));
    let ran = scan(&stage, &["--format", "csv"]).run().expect(0);
    let row = format!("{},tcp,ipv4,127.0.0.1,false,,,root,false\n", stage.ports.port(0));
    assert!(ran.stdout.ends_with(&row), "{}", ran.stdout);
    let table = scan(&stage, &[]).run().expect(0).stdout;
    assert!(table.contains("not visible") && table.contains("root"), "{table}");
}

#[test]
fn both_ends_of_a_connection_hold_their_ports() {
    let stage = Stage::new();
    let server = listening("127.0.0.1", stage.ports.port(0));
    let client = bound(Type::STREAM, "127.0.0.1", stage.ports.port(1));
    client.connect(&SocketAddr::from(([127, 0, 0, 1], stage.ports.port(0))).into()).unwrap();
    let accepted = TcpStream::from(server.accept().unwrap().0);
    let rows = rows(&stage, scan(&stage, &[]));
    assert_eq!(
        rows,
        expected(&[(0, "tcp ipv4 127.0.0.1 false"), (1, "tcp ipv4 127.0.0.1 false")]),
        "the server and its end of the connection look alike and are one row"
    );
    drop(accepted);
}

#[test]
fn reserved_ports_and_those_that_are_not_handed_out_are_not_tested_unless_all_are() {
    let stage = Stage::new();
    let reserved = stage.reserved(stage.directory("shop"), 0..=0);
    let outside = stage.ports.port(PORTS);
    // The system lists neither.
    let _bound = [bound(Type::STREAM, "127.0.0.1", reserved), bound(Type::STREAM, "127.0.0.1", outside)];
    let max = format!("--max={outside}");
    let seen = [(0, "tcp ipv4 127.0.0.1 true"), (PORTS, "tcp ipv4 127.0.0.1 false")];

    let believed = scan(&stage, &[&max]).run().expect(0);
    assert_eq!(believed.stdout, "");
    assert!(
        believed.stderr.contains("of the reserved port what the system lists is believed"),
        "{}",
        believed.stderr
    );
    assert!(believed.stderr.contains("of the ports outside"), "{}", believed.stderr);
    assert_eq!(scan(&stage, &["--quiet", &max]).run().expect(0).stderr, "");

    let exact = scan(&stage, &["--exact", &max]);
    assert_eq!(rows(&stage, exact), expected(&seen));
    assert_eq!(scan(&stage, &["--exact", &max]).run().expect(0).stderr, "", "all is known");

    let listens = listening("127.0.0.1", stage.ports.port(1));
    let taken = stage.reserve(stage.directory("blog"), 1..=1, &["--skip-occupancy-check"]);
    taken.run().expect(0);
    let listed = rows(&stage, scan(&stage, &[]));
    assert_eq!(
        listed,
        expected(&[(1, "tcp ipv4 127.0.0.1 true")]),
        "a server on its reserved port is listed"
    );
    drop(listens);
}

#[test]
fn one_end_of_the_range_is_enough() {
    let stage = Stage::new();
    let _sockets: Vec<_> =
        [0, 3, PORTS].map(|offset| listening("127.0.0.1", stage.ports.port(offset))).into();
    let found = |more: &[&str]| {
        let rows = rows(&stage, scan(&stage, more));
        let own = rows.into_iter().map(|(offset, _)| offset).filter(|offset| *offset <= PORTS);
        own.collect::<Vec<u16>>()
    };
    let port = |offset| stage.ports.port(offset).to_string();
    assert_eq!(found(&[]), [0, 3]);
    assert_eq!(found(&["--min", &port(1)]), [3]);
    assert_eq!(found(&["--max", &port(2)]), [0]);
    assert_eq!(found(&["--max", &port(PORTS)]), [0, 3, PORTS]);
    assert_eq!(found(&["--min", &port(PORTS)]), [PORTS], "beyond what is handed out: up to the end");
    let below = scan(&stage, &["--exact", "--max=9", "--format=json"]).run().expect(0);
    let below: Vec<Value> = serde_json::from_str(&below.stdout).unwrap();
    let is_below = |row: &Value| row["port"].as_u64().is_some_and(|port| port < 10);
    assert!(below.iter().all(is_below), "below what is handed out: from the first port on: {below:?}");
    let wrong = scan(&stage, &["--min", &port(3), "--max", &port(2)]).run().expect(4);
    assert!(wrong.stderr.contains("is above --max"), "{}", wrong.stderr);
    scan(&stage, &["--max", "0"]).run().expect(4);
}

#[test]
fn answers_are_snapshots_in_every_format() {
    let stage = Stage::new();
    let reserved = stage.reserved(stage.directory("shop"), 1..=1);
    let server = Listening::on(reserved);
    let _bound = bound(Type::STREAM, "127.0.0.1", stage.ports.port(3));
    let process = read_to_string(format!("/proc/{}/comm", server.process_id())).unwrap();
    let id = Command::new("id").arg("-un").output().unwrap();
    let user = String::from_utf8(id.stdout).unwrap();
    for format in ["table", "json", "csv", "tsv"] {
        let scanned = scan(&stage, &["--format", format]).run().expect(0);
        let pid = server.process_id();
        let shown = scrub(&scanned.stdout, &[Varying::Pid(pid), Varying::Ports(&stage.ports)]);
        let shown = shown.replace(process.trim(), "<process>").replace(user.trim(), "<user>");
        let name = format!("cli/scan-{format}");
        snapshot!(&name, columns_closed_up(&shown));
    }
}

/// How wide a column is depends on a name that differs from run to run.
fn columns_closed_up(table: &str) -> String {
    let mut text = table.to_owned();
    while text.contains("   ") {
        text = text.replace("   ", "  ");
    }
    text
}

#[test]
fn where_nothing_is_in_use_that_is_said() {
    let stage = Stage::new();
    let check = |format: &str, stdout: &str, stderr: &str| {
        let scanned = scan(&stage, &["--format", format]).run().expect(0);
        assert_eq!((scanned.stdout.as_str(), scanned.stderr.as_str()), (stdout, stderr));
    };
    let range = format!("{}..{}", stage.ports.port(0), stage.ports.port(PORTS - 1));
    check("table", "", &format!("note: no socket was found on the ports {range}\n"));
    check("json", "[]\n", "");
    check("csv", "port,protocol,family,address,reserved,process_id,process_name,user,holder_visible\n", "");
    assert!(!stage.data_directory().exists(), "nothing is made");
}

#[test]
fn without_sockets_there_is_no_answer() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let log = stage.sandbox.root().join("log");
    for error in ["EPERM", "EMFILE"] {
        let refused = under_strace(scan(&stage, &[]), &log, &failing("socket", error, 1, 1)).run().expect(5);
        assert_eq!(refused.stdout, "");
        assert!(!refused.stderr.contains("--skip-occupancy-check"), "{}", refused.stderr);
    }
}

#[test]
fn where_the_system_does_not_tell_tests_still_do() {
    skip_unless!(need::tool("strace"));
    let stage = Stage::new();
    let _server = listening("127.0.0.1", stage.ports.port(0));
    let files = ["tcp", "tcp6", "udp", "udp6"].map(|file| format!("/proc/net/{file}"));
    let hide = files.iter().flat_map(|file| ["-P".to_owned(), file.clone()]);
    let hide: Vec<String> = hide.chain(failing("openat", "ENOENT", 1, 1)).collect();
    let log = stage.sandbox.root().join("log");
    let scanned = under_strace(scan(&stage, &["--format", "csv"]), &log, &hide).run().expect(0);
    let row = format!("{},tcp,ipv4,127.0.0.1,false,,,,false\n", stage.ports.port(0));
    assert!(scanned.stdout.ends_with(&row), "{}", scanned.stdout);
    assert!(
        scanned.stderr.contains("the system does not tell which sockets there are"),
        "{}",
        scanned.stderr
    );
}

#[test]
fn who_waits_at_a_terminal_sees_how_far_it_is() {
    skip_unless!(script());
    let stage = Stage::new();
    let sent = |more: &[&str]| {
        let run = scan(&stage, more).env("TROP_PORT_MAX", (stage.ports.port(0) + 1_499).to_string());
        let output = at_a_terminal(&run.env("NO_COLOR", "1")).output().unwrap();
        String::from_utf8(output.stdout).unwrap()
    };
    assert!(sent(&[]).starts_with("\rtesting ports: 0 of 1500"));
    assert!(!sent(&["--quiet"]).contains("testing ports"));
}

#[test]
fn where_nothing_is_looked_at_nothing_is_said_to_be_free() {
    let stage = Stage::new();
    let _server = listening("127.0.0.1", stage.ports.port(0));
    for skipped in [["--skip-tcp", "--skip-udp"], ["--skip-ipv4", "--skip-ipv6"]] {
        let scanned = scan(&stage, &[&skipped[..], &["--exact"]].concat()).run().expect(0);
        assert_eq!(scanned.stdout, "");
        assert!(scanned.stderr.starts_with("warning: nothing is looked at"), "{}", scanned.stderr);
    }
}
