//! Paths as text, and paths in a file system of their own.
#![cfg(unix)]

mod canonical;
mod clean;
mod find_upwards;
mod presence;
mod presences;
mod relation;
mod resolve;
mod tree;
