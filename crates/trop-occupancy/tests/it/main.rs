//! Real sockets on the loopback addresses.

mod held;
mod holder;
mod race;
mod sockets;
#[cfg(target_os = "linux")]
mod time_wait;
