//! What is known of one port, for people and for programs.

use serde_json::{Value, from_str};
use trop_model::{Port, PortRange, Reservation};
use trop_output::{
    PortInfo, PortOccupancy, PortSocket, ProcessView, SocketRole, SocketView, Style, write_port_info,
    write_port_info_json,
};
use trop_testkit::snapshot;

use crate::samples::{HOSTILE, NOW, at, row, with_visible_codes, written};

fn port() -> Port {
    Port::new(5000).unwrap()
}

/// An ordinary port of which nobody asked who uses it.
fn info(reservation: Option<(&Reservation, Option<bool>)>) -> PortInfo<'_> {
    let handed_out = PortRange::new(port(), Port::new(7000).unwrap()).unwrap();
    let (excluded, browser_blocked) = (false, false);
    PortInfo { port: port(), reservation, handed_out, excluded, browser_blocked, occupancy: None }
}

fn socket(
    protocol: &'static str,
    role: Option<SocketRole>,
    process: Option<&str>,
    process_inside: Option<bool>,
) -> PortSocket {
    let process = process.map(|name| ProcessView { id: 4711, name: name.to_owned() });
    let user = role.map(|_| "ann".to_owned());
    let address = "127.0.0.1".parse().unwrap();
    let socket = SocketView { port: port(), protocol, address, reserved: false, process, user };
    PortSocket { socket, role, process_inside }
}

fn in_use(sockets: Vec<PortSocket>) -> Option<PortOccupancy> {
    Some(PortOccupancy { occupied: Some(true), sockets })
}

fn in_words(info: &PortInfo<'_>, style: Style) -> String {
    written(|out| write_port_info(out, info, at(NOW), style))
}

fn as_json(info: &PortInfo<'_>) -> String {
    written(|out| write_port_info_json(out, info))
}

/// A port that is reserved and used in every way, and one about which there is something to say otherwise.
fn check_snapshots(name: &str, infos: &[PortInfo<'_>]) {
    let words: Vec<String> = infos.iter().map(|info| in_words(info, Style::plain())).collect();
    let human = format!("output/port-info-{name}-human");
    snapshot!(&human, words.join("\n"));
    let json = format!("output/port-info-{name}-json");
    snapshot!(&json, infos.iter().map(as_json).collect::<String>());
}

#[test]
fn ports_in_both_formats() {
    use SocketRole::{Bound, Connected, Listens};

    let full = row(5000, "/srv/shop", ["web", "shop", "main"]);
    let bare = row(5000, "/srv/shop", ["", "", ""]);
    let sockets = vec![
        socket("tcp", Some(Listens), Some("node"), Some(true)),
        socket("tcp", Some(Listens), Some("node"), Some(false)),
        socket("tcp", Some(Listens), None, None),
        socket("tcp", Some(Connected), Some("curl"), Some(false)),
        socket("udp", Some(Bound), Some("node"), None),
    ];
    let handed_out = PortRange::from(Port::new(6000).unwrap());
    let used = |sockets| PortInfo { occupancy: in_use(sockets), ..info(Some((&full, Some(true)))) };
    let infos = [
        info(None),
        PortInfo { handed_out, excluded: true, browser_blocked: true, ..info(None) },
        info(Some((&bare, Some(false)))),
        info(Some((&full, None))),
        used(sockets.clone()),
        PortInfo { occupancy: in_use(vec![socket("udp", None, None, None)]), ..info(None) },
        PortInfo { occupancy: Some(PortOccupancy { occupied: Some(false), sockets: vec![] }), ..info(None) },
        PortInfo { occupancy: Some(PortOccupancy { occupied: None, sockets: vec![] }), ..info(None) },
    ];
    check_snapshots("ordinary", &infos);
    let coloured = with_visible_codes(&in_words(&used(sockets), Style::colored()));
    snapshot!("output/port-info-coloured", coloured);
}

#[test]
fn hostile_names_are_escaped_for_people_and_exact_for_programs() {
    let row = row(5000, &format!("/srv/{HOSTILE}"), ["a\u{202e}b", "c\u{2066}d", "e\u{2028}f"]);
    let sockets = vec![socket("tcp", Some(SocketRole::Listens), Some(HOSTILE), Some(false))];
    let info = PortInfo { occupancy: in_use(sockets), ..info(Some((&row, Some(true)))) };
    for text in [in_words(&info, Style::plain()), as_json(&info)] {
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{2066}', '\u{2028}', '\r', '\t']), "{text:?}");
    }
    assert_eq!(in_words(&info, Style::plain()).lines().count(), 9);
    let json: Value = from_str(&as_json(&info)).unwrap();
    assert_eq!(json["reservation"]["path"], row.key.path.as_str());
    assert_eq!(json["occupancy"]["sockets"][0]["process_name"], HOSTILE);
}
