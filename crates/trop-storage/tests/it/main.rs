//! The store at its border: what is written is read, what must be refused is refused and left alone.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod adoption;
mod adoption_laws;
mod changes;
mod damage;
mod database_refuses;
mod laws;
mod leftovers;
mod marks;
mod migrations;
mod missing;
mod moves;
mod questions;
mod refused_files;
mod refused_rows;
mod scene;
mod starting_over;
mod starting_over_damaged;
mod together;
mod transactions;
#[cfg(unix)]
mod without_log;
