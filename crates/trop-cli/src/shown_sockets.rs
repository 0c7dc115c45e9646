//! Sockets and processes as they are shown.

use std::collections::HashMap;

use trop_model::Port;
use trop_occupancy::{Protocol, Socket};
use trop_output::{ProcessView, SocketView};
use trop_system::{User, UserId, process_user};

/// What users are called, each looked up once.
#[derive(Debug, Default)]
pub(crate) struct Users {
    names: HashMap<u32, String>,
}

impl Users {
    /// Whose the socket is: the user that its process runs as, else the one that the system lists for the socket. A user without a
    /// name is a number.
    pub(crate) fn of(&mut self, socket: &Socket) -> Option<String> {
        let process_user = socket.process.as_ref().and_then(|process| process_user(process.process_id));
        let user = process_user.or(socket.user_id.map(UserId::new))?;
        let name = self.names.entry(user.get());
        Some(
            name.or_insert_with(|| User::look_up(user).name.unwrap_or_else(|| user.get().to_string()))
                .clone(),
        )
    }
}

/// A socket on that port, fit to be shown.
pub(crate) fn shown(socket: &Socket, port: Port, reserved: bool, users: &mut Users) -> SocketView {
    SocketView {
        port,
        protocol: match socket.protocol {
            Protocol::Tcp => "tcp",
            Protocol::Udp => "udp",
        },
        address: socket.address.ip(),
        reserved,
        user: users.of(socket),
        process: shown_process(socket),
    }
}

/// The process that has the socket.
pub(crate) fn shown_process(socket: &Socket) -> Option<ProcessView> {
    let process = socket.process.as_ref()?;
    Some(ProcessView { id: process.process_id, name: process.process_name.clone() })
}
