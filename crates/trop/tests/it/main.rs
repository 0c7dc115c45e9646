//! The whole program, as a process.

mod database;
mod races;
mod stage;
