//! What is known of a reservation at this moment.

use trop_model::Reservation;

use crate::ProcessView;
use crate::sockets::holder_in_words;

/// A reservation, and what is known of it at this moment.
#[derive(Debug, Clone)]
pub struct LiveReservation<'r> {
    /// The reservation as it is stored.
    pub reservation: &'r Reservation,
    /// The rest.
    pub live: Live,
}

/// What is known of a reservation at this moment.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Live {
    /// Whether its directory is there; `None` when it cannot be looked at.
    pub path_exists: Option<bool>,
    /// Whether its port is served; `None` where the system does not tell.
    pub listening: Option<bool>,
    /// The process that serves it, or else has some socket on it, when that is visible.
    pub process: Option<ProcessView>,
    /// Whose that socket is, where that is known.
    pub user: Option<String>,
    /// Whether that process runs inside the directory; `None` when that cannot be known.
    pub process_inside: Option<bool>,
}

impl Live {
    /// Whether it is not this directory that the port is served for.
    #[must_use]
    pub fn is_served_from_elsewhere(&self) -> bool {
        self.listening == Some(true) && self.process_inside == Some(false)
    }

    /// Who serves the port, escaped; nothing where nobody does.
    pub(super) fn server_in_words(&self) -> String {
        let holder = holder_in_words(self.process.as_ref(), self.user.as_deref());
        match (self.listening, &self.process, &self.user) {
            (None, _, _) => "unknown".to_owned(),
            (Some(true), _, _) if self.is_served_from_elsewhere() => format!("elsewhere: {holder}"),
            (Some(true), _, _) => holder,
            (Some(false), None, None) => String::new(),
            (Some(false), _, _) => format!("nobody; connected: {holder}"),
        }
    }
}

/// How a directory stands of which that is known.
pub(crate) fn directory_in_words(path_exists: Option<bool>) -> &'static str {
    match path_exists {
        Some(true) => "there",
        Some(false) => "missing",
        None => "unknown",
    }
}
