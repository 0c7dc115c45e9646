//! The store at its border: what is written is read, what must be refused is refused and left alone.

mod changes;
mod database_refuses;
mod laws;
mod leftovers;
mod marks;
mod migrations;
mod missing;
mod questions;
mod refused_files;
mod refused_rows;
mod scene;
mod transactions;
