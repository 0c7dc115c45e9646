//! What the search may ask about a port.

use trop_model::Port;

/// The world as the search sees it.
///
/// During one search [`refusal`](View::refusal) and [`discouraged`](View::discouraged) answer the same for the same
/// port, at no cost worth counting.
pub trait View {
    /// What can go wrong when probing.
    type Error;

    /// Why `port` cannot be had whatever sockets say; `None` when nothing speaks against it.
    ///
    /// When both reasons hold the answer is [`Refusal::Reserved`]: a preferred port may be had in spite of an
    /// exclusion, but never in spite of a reservation.
    fn refusal(&self, port: Port) -> Option<Refusal>;

    /// How many ports from `port` on are reserved, without one between them that is not. Less than there are is no mistake: what is not
    /// counted here is asked about one by one.
    fn reserved_from(&self, port: Port) -> usize {
        usize::from(self.refusal(port) == Some(Refusal::Reserved))
    }

    /// Whether `port` is only for want of a better one, such as the ports that web browsers refuse to open.
    fn discouraged(&self, port: Port) -> bool;

    /// What sockets say of `port` now. Asked last, for candidates alone, and at most once for each in one search.
    ///
    /// # Errors
    /// When sockets cannot be asked at all. The search ends there.
    fn probe(&mut self, port: Port) -> Result<Probe, Self::Error>;
}

/// Why a port cannot be had whatever sockets say.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refusal {
    /// Another key holds it.
    Reserved,
    /// It is on the list of ports that are never handed out.
    Excluded,
}

/// What sockets say of a port.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Probe {
    /// No socket has it.
    Free,
    /// The only trace is a closed connection that the system still remembers (`TIME_WAIT`).
    Lingering,
    /// A socket has it.
    InUse,
}
