//! Ports that cannot be had, in words.

use std::fmt;

use trop_allocation::PreferredRefusal;
use trop_model::{Port, ReservationKey, Tag};

/// Below this, most systems let only the administrator bind (ip(7)); a probe cannot tell that from use.
const FIRST_UNPRIVILEGED_PORT: u16 = 1024;

/// A port that was wanted and cannot be had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RefusedPort {
    /// The service of the group that wanted it, where it was one.
    pub service: Option<Tag>,
    /// The port.
    pub port: Port,
    /// Why it cannot be had.
    pub refusal: PreferredRefusal,
    /// Who reserved it, if that is why.
    pub reserved_for: Option<ReservationKey>,
}

impl fmt::Display for RefusedPort {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "port {}", self.port)?;
        if let Some(service) = &self.service {
            write!(f, " for {service}")?;
        }
        write!(f, " cannot be had: it is {}", self.reason())
    }
}

impl RefusedPort {
    /// Why it cannot be had, fit to stand after "it is ".
    pub(crate) fn reason(&self) -> String {
        match (self.refusal, &self.reserved_for) {
            (PreferredRefusal::Reserved, Some(key)) => format!("reserved for {key}"),
            (PreferredRefusal::Reserved, None) => "reserved".to_owned(),
            (PreferredRefusal::Excluded, _) => "excluded".to_owned(),
            (PreferredRefusal::InUse, _) if self.port.get() < FIRST_UNPRIVILEGED_PORT => {
                "in use, or only the administrator may use it".to_owned()
            }
            (PreferredRefusal::InUse, _) => "in use".to_owned(),
        }
    }
}
