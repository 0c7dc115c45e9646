//! The sockets that this process may see, for systems that list no others.

use listeners::SocketState;

use crate::snapshot::{Listed, Role};

pub(crate) fn list_sockets() -> Option<Vec<Listed>> {
    let visible = listeners::get_all().ok()?;
    let sockets = visible.iter().filter_map(|listener| {
        Some(Listed {
            port: listener.socket.port(),
            protocol: listener.protocol.into(),
            address: listener.socket,
            role: role(listener.state)?,
            user_id: None,
            is_orphan: false,
        })
    });
    // Somebody always has some; nothing at all means that the system did not tell.
    (!visible.is_empty()).then(|| sockets.collect())
}

/// `None` for what is no socket any more.
fn role(state: SocketState) -> Option<Role> {
    match state {
        SocketState::TimeWait => None,
        SocketState::Listen => Some(Role::Listens),
        SocketState::Unknown | SocketState::Closed => Some(Role::Bound),
        _ => Some(Role::Connected),
    }
}
