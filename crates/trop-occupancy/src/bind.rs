//! Trying one socket.

use std::io;

use socket2::{Domain, Socket, Type};

use crate::platform::bind_overlooks_holder;
use crate::probes::{ProbedSocket, Protocol};
use crate::refusal::Refusal;

/// Binds that socket, and closes it.
pub(crate) fn try_bind(wanted: ProbedSocket) -> Result<(), Refusal> {
    let socket = open(wanted).map_err(Refusal::to_open)?;
    socket.bind(&wanted.address.into()).map_err(|error| Refusal::to_bind(error, wanted.address.port()))?;
    drop(socket); // Otherwise it would be among those that are looked for.
    match bind_overlooks_holder(wanted) {
        true => Err(Refusal::Unusable),
        false => Ok(()),
    }
}

/// Opens that socket without binding it. An IPv6 socket will not claim IPv4.
pub(crate) fn open(wanted: ProbedSocket) -> io::Result<Socket> {
    let kind = match wanted.protocol {
        Protocol::Tcp => Type::STREAM,
        Protocol::Udp => Type::DGRAM,
    };
    let socket = Socket::new(Domain::for_address(wanted.address), kind, None)?;
    if wanted.address.is_ipv6() {
        socket.set_only_v6(true)?;
    }
    Ok(socket)
}
