//! Real sockets on the loopback addresses.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod find_held;
mod held;
mod holder;
mod race;
mod snapshot;
mod sockets;
mod sweep;
#[cfg(target_os = "linux")]
mod time_wait;
