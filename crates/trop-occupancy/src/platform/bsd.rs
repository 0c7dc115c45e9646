//! macOS and the BSDs: a plain bind sees everything, and nothing else is asked.

use crate::Occupancy;
use crate::probes::ProbedSocket;

/// The first port that is open to every process.
const FIRST_UNPRIVILEGED_PORT: u16 = 1024;

/// There is no list to ask.
#[derive(Debug, Default)]
pub(crate) struct SystemList {}

impl SystemList {
    pub(crate) fn showed_holder(&self, _socket: ProbedSocket) -> bool {
        false
    }

    pub(crate) fn shows_only_time_wait(&self, _socket: ProbedSocket) -> bool {
        false
    }

    pub(crate) fn explain(&mut self, _socket: ProbedSocket) -> Option<Occupancy> {
        None
    }
}

pub(crate) fn bind_overlooks_holder(_bound: ProbedSocket) -> bool {
    false
}

/// Whether "access denied" may be about `port`.
pub(crate) fn may_deny(port: u16) -> bool {
    port < FIRST_UNPRIVILEGED_PORT
}

/// Source: errno(2), `sys/errno.h`, the same on macOS and the BSDs.
pub(crate) mod errors {
    /// EACCES.
    pub(crate) const ACCESS_DENIED: i32 = 13;
    /// EPERM.
    pub(crate) const NOT_PERMITTED: &[i32] = &[1];
    /// ENFILE, EMFILE.
    pub(crate) const TOO_FEW_DESCRIPTORS: &[i32] = &[23, 24];
    /// ENOMEM, ENOBUFS.
    pub(crate) const TOO_LITTLE_MEMORY: &[i32] = &[12, 55];
    /// EPROTONOSUPPORT, ESOCKTNOSUPPORT, EAFNOSUPPORT.
    pub(crate) const NO_SUCH_KIND: &[i32] = &[43, 44, 47];
}
