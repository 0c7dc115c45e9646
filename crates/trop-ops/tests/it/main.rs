//! What trop plans, on ledgers in memory, and how it is carried out, on a real store.

mod clean;
mod execute;
mod guard;
mod laws;
mod memory;
mod release;
mod reserve;
mod samples;
mod targets;
