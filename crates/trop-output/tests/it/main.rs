//! What comes out, byte by byte: snapshots of inputs times formats, and what programs read back.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod answers;
mod causes;
mod cleaned;
mod describe;
mod diagnostics;
mod escape;
mod exit_status;
mod groups;
mod health;
mod laws;
mod lists;
mod live_lists;
mod port_info;
mod progress;
mod projects;
mod real_shells;
mod remarks;
mod samples;
mod shells;
mod sockets;
mod time;
