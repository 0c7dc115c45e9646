//! Ports that somebody uses, whichever way, and which flag and variable lifts what.

use std::net::SocketAddr;

use socket2::{Domain, Protocol, Socket, Type};

use trop_testkit::{Invocation, Ran, need, skip_unless};

use crate::database::Database;
use crate::elsewhere::Listening;
use crate::stage::{Stage, port};

/// A socket that somebody may have.
#[derive(Debug, Clone, Copy)]
enum Kind {
    TcpListening,
    TcpBound,
    UdpBound,
}

use Kind::{TcpBound, TcpListening, UdpBound};

/// Opens a socket at that address: `::` means IPv6 alone, `dual` means both.
fn open(kind: Kind, address: &str, port: u16) -> Socket {
    let (address, only_ipv6) = if address == "dual" { ("::", false) } else { (address, true) };
    let address = SocketAddr::new(address.parse().unwrap(), port);
    let (kind_of_socket, protocol) = match kind {
        TcpListening | TcpBound => (Type::STREAM, Protocol::TCP),
        UdpBound => (Type::DGRAM, Protocol::UDP),
    };
    let socket = Socket::new(Domain::for_address(address), kind_of_socket, Some(protocol)).unwrap();
    if address.is_ipv6() {
        socket.set_only_v6(only_ipv6).unwrap();
    }
    socket.bind(&address.into()).unwrap();
    if let TcpListening = kind {
        socket.listen(1).unwrap();
    }
    socket
}

/// What can be said about probing: the flag and the variable.
const SETTINGS: [(&str, &str); 6] = [
    ("--skip-tcp", "TROP_SKIP_TCP"),
    ("--skip-udp", "TROP_SKIP_UDP"),
    ("--skip-ipv4", "TROP_SKIP_IPV4"),
    ("--skip-ipv6", "TROP_SKIP_IPV6"),
    ("--skip-occupancy-check", "TROP_SKIP_OCCUPANCY_CHECK"),
    ("--check-all-interfaces", "TROP_CHECK_ALL_INTERFACES"),
];

#[test]
fn a_port_in_use_is_handed_out_only_when_its_probe_is_skipped() {
    skip_unless!(need::ipv6());
    /// Requires that the port of the socket is handed out with these settings, each alone, and not with the others.
    #[track_caller]
    fn check(stage: &Stage, first: u16, kind: Kind, address: &str, without_any: bool, lifted_by: &[&str]) {
        let range = first..=first + 1;
        let (used, other) = (stage.ports.port(first), stage.ports.port(first + 1));
        let _socket = open(kind, address, used);
        let directory = stage.directory("a");
        let hands_out = |expected: bool, run: Invocation, how: &str| {
            let ran = run.run().expect(0);
            let _ = stage.trop(&directory, ["release"]).run().expect(0);
            let expected = if expected { used } else { other };
            assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (expected, ""), "{kind:?} {address}, {how}");
        };
        hands_out(without_any, stage.reserve(&directory, range.clone(), &[]), "no setting");
        for (flag, variable) in SETTINGS {
            let expected = lifted_by.contains(&flag);
            hands_out(expected, stage.reserve(&directory, range.clone(), &[flag]), flag);
            let by_variable = stage.reserve(&directory, range.clone(), &[]).env(variable, "true");
            hands_out(expected, by_variable, variable);
        }
    }
    let stage = Stage::new();
    let (tcp, udp, ipv4, ipv6) = ("--skip-tcp", "--skip-udp", "--skip-ipv4", "--skip-ipv6");
    let everything = "--skip-occupancy-check";
    for (number, kind) in (0..).zip([TcpListening, TcpBound, UdpBound]) {
        let protocol = if let UdpBound = kind { udp } else { tcp };
        // Every socket has ports of its own: a closed one may linger in a process that another test is just starting.
        let check = |row: u16, address, without_any, lifted_by: &[&str]| {
            check(&stage, number * 12 + row * 2, kind, address, without_any, lifted_by);
        };
        check(0, "127.0.0.1", false, &[protocol, ipv4, everything]);
        check(1, "0.0.0.0", false, &[protocol, ipv4, everything]);
        check(2, "::1", false, &[protocol, ipv6, everything]);
        check(3, "::", false, &[protocol, ipv6, everything]);
        check(4, "dual", false, &[protocol, everything]);
        // Another address of this machine than the two that are probed: seen only when all interfaces are asked for.
        check(5, "127.0.0.2", true, &[tcp, udp, ipv4, ipv6, everything]);
    }
}

#[test]
fn several_settings_lift_what_each_of_them_lifts() {
    let stage = Stage::new();
    let _tcp = open(TcpListening, "127.0.0.1", stage.ports.port(0));
    let _udp = open(UdpBound, "127.0.0.1", stage.ports.port(0));
    #[track_caller]
    fn check(stage: &Stage, settings: &[&str], expected: u16) {
        let ran = stage.reserve(stage.directory("a"), 0..=1, settings).run().expect(0);
        assert_eq!(port(&ran.stdout), stage.ports.port(expected));
        let _ = stage.trop(stage.directory("a"), ["release"]).run().expect(0);
    }
    check(&stage, &["--skip-tcp"], 1);
    check(&stage, &["--skip-udp"], 1);
    check(&stage, &["--skip-tcp", "--skip-udp"], 0);
    check(&stage, &["--skip-ipv4", "--check-all-interfaces"], 0);
}

/// Requires that stderr has these words in it.
#[track_caller]
fn require_names(ran: &Ran, words: &[&str]) {
    for word in words {
        assert!(ran.stderr.contains(word), "no {word:?} in {:?}", ran.stderr);
    }
}

#[test]
fn a_preferred_port_in_use_is_passed_over_aloud() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let used = stage.ports.port(50).to_string();
    let server = Listening::on(stage.ports.port(50));
    let preferred = format!("--port={used}");
    let holder = format!("process {} ", server.process_id());
    let reserve = |more: &[&str]| stage.reserve(&directory, 0..=9, &[&[preferred.as_str()], more].concat());

    for more in [&["--strict-port"][..], &["--strict-port", "--ignore-exclusions"]] {
        let refused = reserve(more).run().expect(8);
        require_names(&refused, &[&used, "in use", &holder, "--ignore-occupied"]);
        assert_eq!(refused.stdout, "");
    }
    let elsewhere = reserve(&["--ignore-exclusions"]).run().expect(0);
    require_names(&elsewhere, &[&used, "in use", &holder, &stage.ports.first().to_string()]);
    assert_eq!(port(&elsewhere.stdout), stage.ports.first());

    let _ = stage.trop(&directory, ["release"]).run().expect(0);
    let taken = reserve(&["--ignore-occupied"]).run().expect(0);
    assert_eq!((taken.stdout.trim_end(), taken.stderr.as_str()), (used.as_str(), ""));
    let _ = stage.trop(&directory, ["release"]).run().expect(0);
    let taken = reserve(&["--ignore-occupied", "--strict-port"]).run().expect(0);
    assert_eq!((taken.stdout.trim_end(), taken.stderr.as_str()), (used.as_str(), ""));
}

#[test]
fn an_excluded_preferred_port_is_passed_over_aloud() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let excluded = stage.ports.port(5).to_string();
    let preferred = format!("--port={excluded}");
    let exclusions = format!("{}..{},{excluded}", stage.ports.port(0), stage.ports.port(1));
    let reserve = |more: &[&str]| {
        let run = stage.reserve(&directory, 0..=9, &[&[preferred.as_str()], more].concat());
        run.env("TROP_EXCLUDED_PORTS", &exclusions)
    };

    for more in [&["--strict-port"][..], &["--strict-port", "--ignore-occupied"]] {
        require_names(&reserve(more).run().expect(8), &[&excluded, "excluded", "--ignore-exclusions"]);
    }
    let elsewhere = reserve(&["--ignore-occupied"]).run().expect(0);
    require_names(&elsewhere, &[&excluded, "excluded", &stage.ports.port(2).to_string()]);
    assert_eq!(port(&elsewhere.stdout), stage.ports.port(2));

    let _ = stage.trop(&directory, ["release"]).run().expect(0);
    let taken = reserve(&["--ignore-exclusions"]).run().expect(0);
    assert_eq!((taken.stdout.trim_end(), taken.stderr.as_str()), (excluded.as_str(), ""));
}

/// What the help says can be pasted into a shell, whatever the directory and the tag are called.
#[test]
fn the_command_that_helps_against_a_strict_port_works() {
    for (name, tag) in [("plain", None), ("it's $HOME `x`; \"y\"", Some("-t 'a'"))] {
        let stage = Stage::new();
        let holder = stage.directory(name);
        let tag: Vec<String> = tag.iter().map(|tag| format!("--tag={tag}")).collect();
        let tag: Vec<&str> = tag.iter().map(String::as_str).collect();
        stage.reserve(&holder, 0..=0, &tag).run().expect(0);
        let port = stage.ports.port(0).to_string();
        let strict = || stage.reserve(stage.directory("other"), 0..=9, &["--port", &port, "--strict-port"]);
        let refused = strict().run().expect(8).stderr;
        let (_, after) = refused.split_once("first with trop ").unwrap();
        let (arguments, _) = after.split_once(", or leave out").unwrap();
        let trop = strict().command.get_program().to_owned();
        let mut shell = std::process::Command::new("sh");
        shell.arg("-c").arg(format!("exec \"$0\" {arguments}")).arg(trop);
        let output = shell.env_clear().env("HOME", stage.sandbox.home()).current_dir("/").output().unwrap();
        assert!(output.status.success(), "{output:?}");
        strict().run().expect(0);
    }
}

#[test]
fn nothing_lifts_the_reservation_of_another_key() {
    let stage = Stage::new();
    let owner = stage.directory("owner");
    let reserved = stage.reserved(&owner, 5..=9).to_string();
    let preferred = format!("--port={reserved}");
    let directory = stage.directory("a");
    let reserve = |more: &[&str]| stage.reserve(&directory, 0..=9, &[&[preferred.as_str()], more].concat());

    for more in [&["--strict-port"][..], &["--strict-port", "--force"]] {
        require_names(&reserve(more).run().expect(8), &[&reserved, owner.as_str()]);
    }
    for more in [&[][..], &["--ignore-occupied", "--ignore-exclusions"], &["--force"]] {
        let elsewhere = reserve(more).run().expect(0);
        require_names(&elsewhere, &[&reserved, owner.as_str(), &stage.ports.first().to_string()]);
        assert_eq!(port(&elsewhere.stdout), stage.ports.first());
        let _ = stage.trop(&directory, ["release"]).run().expect(0);
    }
}

#[test]
fn a_key_keeps_its_port_whatever_is_preferred() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let kept = stage.reserved(&directory, 0..=9);
    let other = stage.ports.port(7).to_string();
    let preferred = format!("--port={other}");
    let ran = stage.reserve(&directory, 0..=9, &[&preferred]).run().expect(0);
    assert_eq!(port(&ran.stdout), kept);
    require_names(&ran, &["note: ", &kept.to_string(), &other]);
    let ran = stage.reserve(&directory, 0..=9, &[&preferred, "--strict-port"]).run().expect(8);
    require_names(&ran, &[&kept.to_string(), &other, "--overwrite"]);
    let own = format!("--port={kept}");
    let ran = stage.reserve(&directory, 0..=9, &[&own, "--strict-port"]).run().expect(0);
    assert_eq!((port(&ran.stdout), ran.stderr.as_str()), (kept, ""));
}

#[test]
fn overwriting_keeps_the_port_that_its_own_server_listens_on() {
    let stage = Stage::new();
    let directory = stage.directory("a");
    let database = Database::of(stage.data_directory());
    // Not the lowest port, which a search would find.
    let own = stage.reserved(&directory, 5..=9);
    database.age(&directory, 1000);
    let created_at = database.row(&directory).unwrap().created_at;
    let _server = open(TcpListening, "127.0.0.1", own);

    let overwritten = stage.reserve(&directory, 0..=9, &["--overwrite"]).run().expect(0);
    assert_eq!((port(&overwritten.stdout), overwritten.stderr.as_str()), (own, ""));
    let preferred = format!("--port={own}");
    let strict =
        stage.reserve(&directory, 0..=9, &["--overwrite", "--strict-port", &preferred]).run().expect(0);
    assert_eq!((port(&strict.stdout), strict.stderr.as_str()), (own, ""));

    let other = format!("--port={}", stage.ports.port(3));
    let moved = stage.reserve(&directory, 0..=9, &["--overwrite", &other]).run().expect(0);
    assert_eq!((port(&moved.stdout), moved.stderr.as_str()), (stage.ports.port(3), ""));
    let row = database.row(&directory).unwrap();
    assert_eq!((row.port, row.created_at), (stage.ports.port(3), created_at));
    assert!(created_at < row.last_used_at);
}
