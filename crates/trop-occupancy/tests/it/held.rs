//! Sockets that hold a port, and the probes that see them.

use socket2::{Socket, Type};
use trop_model::Port;
use trop_occupancy::{Occupancy, Prober, Probes};

use crate::sockets::{address, is_skipped, plain_socket, unused_port};

/// How a port is held.
#[derive(Debug, Clone, Copy)]
enum Held {
    TcpListening,
    TcpListeningIpv6Only,
    TcpBound,
    TcpBoundToReuse,
    Udp,
    UdpIpv6Only,
}

fn hold(held: Held, host: &str, port: Port) -> Socket {
    let kind = match held {
        Held::Udp | Held::UdpIpv6Only => Type::DGRAM,
        _ => Type::STREAM,
    };
    let socket = plain_socket(kind, host);
    match held {
        Held::TcpListeningIpv6Only | Held::UdpIpv6Only => socket.set_only_v6(true).unwrap(),
        Held::TcpBoundToReuse => socket.set_reuse_address(true).unwrap(),
        _ => {}
    }
    socket.bind(&address(host, port).into()).unwrap();
    if matches!(held, Held::TcpListening | Held::TcpListeningIpv6Only) {
        socket.listen(1).unwrap();
    }
    socket
}

fn without(what: &str) -> Probes {
    let all = Probes::default();
    match what {
        "tcp" => Probes { tcp: false, ..all },
        "udp" => Probes { udp: false, ..all },
        "ipv4" => Probes { ipv4: false, ..all },
        "ipv6" => Probes { ipv6: false, ..all },
        _ => panic!("no probe is called {what}"),
    }
}

fn probe(probes: Probes, port: Port) -> Occupancy {
    Prober::new(probes).probe(port).unwrap()
}

#[test]
fn a_held_port_is_in_use_until_the_probes_that_see_it_are_left_out() {
    #[track_caller]
    fn check(held: Held, host: &str, unseen_without: &[&str]) {
        if is_skipped(host) {
            return;
        }
        let port = unused_port();
        let _holder = hold(held, host, port);
        assert_eq!(probe(Probes::default(), port), Occupancy::InUse);
        assert_eq!(probe(Probes { all_interfaces: true, ..Probes::default() }, port), Occupancy::InUse);
        for left_out in ["tcp", "udp", "ipv4", "ipv6"] {
            let expected =
                if unseen_without.contains(&left_out) { Occupancy::Free } else { Occupancy::InUse };
            assert_eq!(probe(without(left_out), port), expected, "without {left_out}");
        }
    }

    check(Held::TcpListening, "127.0.0.1", &["tcp", "ipv4"]);
    check(Held::TcpListening, "0.0.0.0", &["tcp", "ipv4"]);
    check(Held::TcpListening, "::1", &["tcp", "ipv6"]);
    check(Held::TcpListeningIpv6Only, "::", &["tcp", "ipv6"]);
    check(Held::TcpListening, "::", &["tcp"]);
    check(Held::TcpListening, "::ffff:127.0.0.1", &["tcp", "ipv4"]);

    check(Held::TcpBound, "127.0.0.1", &["tcp", "ipv4"]);
    check(Held::TcpBound, "::1", &["tcp", "ipv6"]);
    check(Held::TcpBound, "::", &["tcp"]);
    check(Held::TcpBoundToReuse, "127.0.0.1", &["tcp", "ipv4"]);
    check(Held::TcpBoundToReuse, "::1", &["tcp", "ipv6"]);
    check(Held::TcpBoundToReuse, "::", &["tcp"]);

    check(Held::Udp, "127.0.0.1", &["udp", "ipv4"]);
    check(Held::Udp, "0.0.0.0", &["udp", "ipv4"]);
    check(Held::Udp, "::1", &["udp", "ipv6"]);
    check(Held::UdpIpv6Only, "::", &["udp", "ipv6"]);
    check(Held::Udp, "::", &["udp"]);
}

#[test]
#[cfg(target_os = "linux")]
fn other_addresses_are_seen_on_all_interfaces_only() {
    #[track_caller]
    fn check(held: Held) {
        let port = unused_port();
        let _holder = hold(held, "127.0.0.2", port);
        assert_eq!(probe(Probes::default(), port), Occupancy::Free);
        assert_eq!(probe(Probes { all_interfaces: true, ..Probes::default() }, port), Occupancy::InUse);
        assert_eq!(probe(Probes { all_interfaces: true, ..without("ipv4") }, port), Occupancy::Free);
    }

    check(Held::TcpListening);
    check(Held::TcpBound);
    check(Held::Udp);
}

#[test]
fn a_port_that_nobody_holds_is_free() {
    let port = unused_port();
    let mut prober = Prober::new(Probes { all_interfaces: true, ..Probes::default() });
    assert_eq!(prober.probe(port).unwrap(), Occupancy::Free);
    assert!(!prober.nothing_applied());
}

#[test]
fn without_any_probe_everything_is_free() {
    #[track_caller]
    fn check(probes: Probes) {
        let port = unused_port();
        let _holder = hold(Held::TcpListening, "127.0.0.1", port);
        let mut prober = Prober::new(probes);
        assert_eq!(prober.probe(port).unwrap(), Occupancy::Free);
        assert!(!prober.nothing_applied(), "there was nothing to apply");
    }

    check(Probes { udp: false, ..without("tcp") });
    check(Probes { ipv6: false, ..without("ipv4") });
}

#[test]
fn one_prober_tells_used_ports_from_free_ones() {
    let mut prober = Prober::new(Probes::default());
    let used: Vec<(Port, Socket)> =
        [Held::TcpListening, Held::Udp, Held::TcpBound, Held::TcpListening, Held::Udp]
            .into_iter()
            .map(|held| {
                let port = unused_port();
                (port, hold(held, "127.0.0.1", port))
            })
            .collect();
    for (port, _) in &used {
        assert_eq!(prober.probe(*port).unwrap(), Occupancy::InUse);
        assert_eq!(prober.probe(unused_port()).unwrap(), Occupancy::Free);
    }
    for (port, holder) in used {
        drop(holder);
        assert_eq!(
            prober.probe(port).unwrap(),
            Occupancy::Free,
            "what was read before must not hide that it is free now"
        );
    }
}
