//! The refusals that are about this process, not about any port.

use std::io;

/// No socket can be had, whichever port is asked about: probing on would call every port occupied.
#[derive(Debug, thiserror::Error)]
pub enum SocketsNotPermitted {
    /// A sandbox or a security policy forbids it.
    #[error("this process may not open sockets")]
    Denied(#[source] io::Error),
    /// This process, or the whole system, has as many files open as it may.
    #[error("too few file descriptors are left to open a socket")]
    TooFewDescriptors(#[source] io::Error),
    /// The system has no buffers or no memory left.
    #[error("too little memory is left to open a socket")]
    TooLittleMemory(#[source] io::Error),
}
