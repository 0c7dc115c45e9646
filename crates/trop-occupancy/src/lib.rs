//! Is somebody using this port now, and who.
//!
//! A [`Prober`] answers the first half by binding plain sockets and closing them again; which ones is said by [`Probes`].
//! [`holder`] answers the second half as far as the system lets this process see. Of ports on which somebody's own server is
//! expected [`find_held`] says which are held already: a probe, however short, could keep that server from starting. And a
//! [`snapshot`] is everything that the system lists at one moment, for those who look at many ports; a [`sweep`] finds what no
//! system lists as well.
//!
//! A bind alone is too strict in two ways. It is refused where nothing but TIME_WAIT is left of a connection, and it is
//! refused for the instant in which another program probes the same port. So a refusal is looked into: what the system
//! lists on that port (Linux) decides, and where it lists nothing the bind is repeated after a millisecond, up to three
//! times. "Not listed" alone never means free: TCP sockets that are bound but do not listen are listed nowhere. One such
//! socket is overlooked: the one that set `SO_REUSEADDR` and shares its port with TIME_WAIT.
//!
//! What this crate does not do: remember anything about ports between two [`Prober`]s, decide which port to hand out, or
//! stop anybody from taking a port a moment after it was free.

mod bind;
mod conflict;
mod error;
mod held;
mod holder;
mod occupancy;
mod platform;
mod prober;
mod probes;
mod refusal;
mod snapshot;
mod sweep;

pub use error::SocketsNotPermitted;
pub use held::find_held;
pub use holder::{Holder, holder};
pub use occupancy::Occupancy;
pub use prober::Prober;
pub use probes::{Probes, Protocol};
pub use snapshot::{Role, Snapshot, Socket, snapshot};
pub use sweep::{Sweep, sweep};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
