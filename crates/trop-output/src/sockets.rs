//! Sockets that hold ports.

use std::borrow::Cow;
use std::io::{self, Write};
use std::net::IpAddr;

use serde::Serialize;
use trop_model::Port;

use crate::shortened::cell;
use crate::{ListFormat, Style, columns, escaped, json, records};

/// A socket that holds a port.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SocketView {
    /// Its port.
    pub port: Port,
    /// Its protocol: `tcp` or `udp`.
    pub protocol: &'static str,
    /// Its own address.
    pub address: IpAddr,
    /// Whether the port is reserved.
    pub reserved: bool,
    /// The process that has it, when it is visible.
    pub process: Option<ProcessView>,
    /// Whose it is, where that is known.
    pub user: Option<String>,
}

/// A process.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProcessView {
    /// Its process id.
    pub id: u32,
    /// Its name.
    pub name: String,
}

/// What machine formats hold of a socket, in this order, which never changes.
#[derive(Serialize)]
pub(crate) struct Fields<'s> {
    port: u16,
    protocol: &'static str,
    family: &'static str,
    address: String,
    reserved: bool,
    process_id: Option<u32>,
    process_name: Option<&'s str>,
    user: Option<&'s str>,
    holder_visible: bool,
}

/// The names of [`Fields`].
const NAMES: [&str; 9] = [
    "port",
    "protocol",
    "family",
    "address",
    "reserved",
    "process_id",
    "process_name",
    "user",
    "holder_visible",
];

/// What stands in the place of a process that this user may not see.
const NOT_VISIBLE: &str = "not visible";

const HEADER: [&str; 6] = ["PORT", "PROTOCOL", "ADDRESS", "RESERVED", "PROCESS", "USER"];

/// Writes the sockets in the order in which they come.
///
/// For programs the fields are `port, protocol, family, address, reserved, process_id, process_name, user, holder_visible`; the
/// family is `ipv4` or `ipv6`. What is absent is `null` in JSON and empty elsewhere. Without sockets JSON is `[]`, CSV and TSV are
/// the line of names, and the table is nothing at all.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_sockets(
    out: &mut dyn Write,
    sockets: &[SocketView],
    format: ListFormat,
    style: Style,
) -> io::Result<()> {
    let mut out = records::buffered(out);
    match format {
        ListFormat::Table if sockets.is_empty() => {}
        ListFormat::Table => {
            let table = columns::table(HEADER, sockets.iter().map(cells));
            columns::write(&mut out, &table, style)?;
        }
        ListFormat::Json => json::write_array(&mut out, sockets.iter().map(Fields::from))?,
        ListFormat::Csv => records::write_csv(&mut out, &NAMES, sockets.iter().map(values))?,
        ListFormat::Tsv => records::write_tsv(&mut out, &NAMES, sockets.iter().map(values))?,
    }
    out.flush()
}

impl<'s> From<&'s SocketView> for Fields<'s> {
    fn from(socket: &'s SocketView) -> Fields<'s> {
        Fields {
            port: socket.port.get(),
            protocol: socket.protocol,
            family: if socket.address.is_ipv4() { "ipv4" } else { "ipv6" },
            address: socket.address.to_string(),
            reserved: socket.reserved,
            process_id: socket.process.as_ref().map(|process| process.id),
            process_name: socket.process.as_ref().map(|process| process.name.as_str()),
            user: socket.user.as_deref(),
            holder_visible: socket.process.is_some(),
        }
    }
}

/// The values in the order of [`NAMES`], escaped.
fn values(socket: &SocketView) -> [Cow<'_, str>; 9] {
    let fields = Fields::from(socket);
    [
        fields.port.to_string().into(),
        fields.protocol.into(),
        fields.family.into(),
        fields.address.into(),
        fields.reserved.to_string().into(),
        fields.process_id.map_or(Cow::Borrowed(""), |id| id.to_string().into()),
        escaped(fields.process_name.unwrap_or_default()),
        escaped(fields.user.unwrap_or_default()),
        fields.holder_visible.to_string().into(),
    ]
}

fn cells(socket: &SocketView) -> [Cow<'_, str>; 6] {
    let process = match &socket.process {
        Some(ProcessView { id, name }) => format!("{} ({id})", cell(name)).into(),
        None => NOT_VISIBLE.into(),
    };
    [
        socket.port.to_string().into(),
        socket.protocol.into(),
        socket.address.to_string().into(),
        if socket.reserved { "yes" } else { "no" }.into(),
        process,
        cell(socket.user.as_deref().unwrap_or_default()),
    ]
}

/// Who has a socket, in one piece: `node (4711, ann)`, escaped.
pub(crate) fn holder_in_words(process: Option<&ProcessView>, user: Option<&str>) -> String {
    let user = user.map(escaped);
    match (process, user) {
        (Some(ProcessView { id, name }), Some(user)) => format!("{} ({id}, {user})", escaped(name)),
        (Some(ProcessView { id, name }), None) => format!("{} ({id})", escaped(name)),
        (None, Some(user)) => format!("{NOT_VISIBLE} ({user})"),
        (None, None) => NOT_VISIBLE.to_owned(),
    }
}
