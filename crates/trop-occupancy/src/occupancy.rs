//! What a probe can find.

/// Whether a port is in use. Of several findings about one port the greatest counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Occupancy {
    /// Nobody uses it.
    Free,
    /// Nobody uses it, but TCP still remembers closed connections (TIME_WAIT): a server that sets `SO_REUSEADDR` can start
    /// on it, one that does not has to wait, usually for a minute. Seen on Linux only; elsewhere such a port is in use.
    Lingering,
    /// Some socket holds it.
    InUse,
}
