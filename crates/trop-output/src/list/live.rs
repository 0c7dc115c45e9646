//! What is known of a reservation at this moment.

use serde::Serialize;
use trop_model::Reservation;

use crate::holder::{Holder, holder_in_words};

/// A reservation, and what is known of it at this moment.
#[derive(Debug, Clone)]
pub struct LiveReservation<'r> {
    /// The reservation as it is stored.
    pub reservation: &'r Reservation,
    /// The rest.
    pub live: Live,
}

/// What is known of a reservation at this moment. These fields are those of the JSON form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Live {
    /// Whether its directory is there; `None` when it cannot be looked at.
    pub path_exists: Option<bool>,
    /// Whether its port is served; `None` where the system does not tell.
    pub listening: Option<bool>,
    /// Who has a socket on its port. Nobody, as far as the system tells, where there is neither process nor user.
    #[serde(flatten)]
    pub holder: Holder,
    /// Whether that process runs inside the directory; `None` when that cannot be known.
    pub process_inside: Option<bool>,
}

impl Live {
    /// Whether it is not this directory that the port is served for.
    pub(super) fn is_served_from_elsewhere(&self) -> bool {
        self.listening == Some(true) && self.process_inside == Some(false)
    }

    pub(super) fn directory_in_words(&self) -> &'static str {
        match self.path_exists {
            Some(true) => "there",
            Some(false) => "gone",
            None => "unknown",
        }
    }

    /// Who serves the port, escaped; nothing where nobody does.
    pub(super) fn server_in_words(&self) -> String {
        let holder = holder_in_words(&self.holder);
        match self.listening {
            None => "unknown".to_owned(),
            Some(true) if self.is_served_from_elsewhere() => format!("elsewhere: {holder}"),
            Some(true) => holder,
            Some(false) if self.holder == Holder::default() => String::new(),
            Some(false) => format!("nobody; connected: {holder}"),
        }
    }
}
