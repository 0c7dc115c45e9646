//! Everything that is known of one port.

use std::io::{self, Write};

use serde::Serialize;
use trop_model::{Port, PortRange, Reservation, Timestamp};

use crate::list::{Listed, directory_in_words};
use crate::sockets::{self, holder_in_words};
use crate::{SocketView, Style, age_in_words, escaped, json, rfc3339};

/// What is known of a port.
#[derive(Debug, Clone)]
pub struct PortInfo<'p> {
    /// The port.
    pub port: Port,
    /// Who has it reserved, and whether the directory is there (`None` when it cannot be looked at).
    pub reservation: Option<(&'p Reservation, Option<bool>)>,
    /// The ports that are handed out.
    pub handed_out: PortRange,
    /// Whether it is excluded.
    pub excluded: bool,
    /// Whether web browsers refuse to open it.
    pub browser_blocked: bool,
    /// Who uses it, where that was asked.
    pub occupancy: Option<PortOccupancy>,
}

/// Who uses a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortOccupancy {
    /// Whether somebody does; `None` when that cannot be known.
    pub occupied: Option<bool>,
    /// The sockets on it.
    pub sockets: Vec<PortSocket>,
}

/// A socket on a port that was asked about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PortSocket {
    /// The socket.
    pub socket: SocketView,
    /// What it does there. `None` of a socket that the system does not list, and that only keeps others from the port.
    pub role: Option<SocketRole>,
    /// Whether its process runs inside the directory that has the port reserved; `None` when that cannot be known.
    pub process_inside: Option<bool>,
}

/// What a socket does. These names are those of the JSON form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum SocketRole {
    /// It waits for connections.
    Listens,
    /// It takes datagrams from everybody, or it is bound and does nothing yet.
    Bound,
    /// It is one end of a connection.
    Connected,
}

#[derive(Serialize)]
struct Fields<'p> {
    port: u16,
    reserved: bool,
    reservation: Option<ReservationFields<'p>>,
    in_range: bool,
    excluded: bool,
    browser_blocked: bool,
    occupancy: Option<OccupancyFields<'p>>,
}

#[derive(Serialize)]
struct ReservationFields<'p> {
    #[serde(flatten)]
    listed: Listed<'p>,
    path_exists: Option<bool>,
}

#[derive(Serialize)]
struct OccupancyFields<'p> {
    occupied: Option<bool>,
    sockets: Vec<SocketFields<'p>>,
}

#[derive(Serialize)]
struct SocketFields<'p> {
    #[serde(flatten)]
    socket: sockets::Fields<'p>,
    role: Option<SocketRole>,
    process_inside: Option<bool>,
}

/// Writes one line of JSON: `port, reserved, reservation, in_range, excluded, browser_blocked, occupancy`. The reservation has the
/// fields of a list, and `path_exists`; the occupancy has `occupied` and `sockets`, each with the fields of
/// [`write_sockets`](crate::write_sockets), `role` and `process_inside`.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_port_info_json(out: &mut dyn Write, info: &PortInfo<'_>) -> io::Result<()> {
    let fields = Fields {
        port: info.port.get(),
        reserved: info.reservation.is_some(),
        reservation: info
            .reservation
            .map(|(row, path_exists)| ReservationFields { listed: row.into(), path_exists }),
        in_range: info.handed_out.contains(info.port),
        excluded: info.excluded,
        browser_blocked: info.browser_blocked,
        occupancy: info.occupancy.as_ref().map(|occupancy| OccupancyFields {
            occupied: occupancy.occupied,
            sockets: occupancy.sockets.iter().map(SocketFields::from).collect(),
        }),
    };
    json::write_line(out, &fields)
}

impl<'p> From<&'p PortSocket> for SocketFields<'p> {
    fn from(socket: &'p PortSocket) -> SocketFields<'p> {
        let PortSocket { socket, role, process_inside } = socket;
        SocketFields { socket: socket.into(), role: *role, process_inside: *process_inside }
    }
}

/// Writes a line for each thing that is known, with what it is about in front.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_port_info(
    out: &mut dyn Write,
    info: &PortInfo<'_>,
    now: Timestamp,
    style: Style,
) -> io::Result<()> {
    for Line { about, text, stands_out } in lines(info, now) {
        let codes = if stands_out { style.warning() } else { anstyle::Style::new() };
        writeln!(out, "{codes}{about:11}{text}{codes:#}")?;
    }
    Ok(())
}

struct Line {
    about: &'static str,
    text: String,
    stands_out: bool,
}

impl Line {
    fn new(about: &'static str, text: impl Into<String>) -> Line {
        Line { about, text: text.into(), stands_out: false }
    }
}

fn lines(info: &PortInfo<'_>, now: Timestamp) -> Vec<Line> {
    let is_reserved = if info.reservation.is_some() { "reserved" } else { "not reserved" };
    let mut lines = vec![Line::new("port", format!("{}, {is_reserved}", info.port))];
    if let Some((row, path_exists)) = info.reservation {
        let moment = |moment| format!("{} ({})", rfc3339(moment), age_in_words(moment, now));
        let label = |about, label: Option<&str>| Some(Line::new(about, escaped(label?)));
        lines.push(Line::new("for", escaped(row.key.path.as_str())));
        lines.push(Line::new("directory", directory_in_words(path_exists)));
        lines.extend(label("tag", row.key.tag.as_ref().map(|tag| tag.as_str())));
        lines.extend(label("project", row.project.as_ref().map(|project| project.as_str())));
        lines.extend(label("task", row.task.as_ref().map(|task| task.as_str())));
        lines.push(Line::new("since", moment(row.created_at)));
        lines.push(Line::new("last used", moment(row.last_used_at)));
    }
    if !info.handed_out.contains(info.port) {
        lines.push(Line::new("range", format!("outside {}, which is handed out", info.handed_out)));
    }
    if info.excluded {
        lines.push(Line::new("excluded", "by the configuration that counts here"));
    }
    if info.browser_blocked {
        lines.push(Line::new("browsers", "refuse to open it"));
    }
    lines.extend(info.occupancy.iter().flat_map(occupancy_lines));
    lines
}

fn occupancy_lines(occupancy: &PortOccupancy) -> Vec<Line> {
    match occupancy.occupied {
        None => vec![Line::new("in use", "unknown")],
        Some(false) => vec![Line::new("in use", "no")],
        Some(true) => occupancy.sockets.iter().map(socket_line).collect(),
    }
}

fn socket_line(PortSocket { socket, role, process_inside }: &PortSocket) -> Line {
    let at = format!("{} {}", socket.protocol, socket.address);
    let holder = holder_in_words(socket.process.as_ref(), socket.user.as_deref());
    let Some(role) = role else {
        return Line::new("in use", format!("{at}, by a socket that the system does not list"));
    };
    let place = match process_inside {
        Some(true) => ", inside the directory",
        Some(false) => ", elsewhere",
        None => "",
    };
    let does = match role {
        SocketRole::Listens => "listens",
        SocketRole::Bound => "bound",
        SocketRole::Connected => "connected",
    };
    let serves = *role != SocketRole::Connected;
    let text = format!("{at}, {does}: {holder}{place}");
    Line { about: "in use", text, stands_out: serves && *process_inside == Some(false) }
}
