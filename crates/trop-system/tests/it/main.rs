//! What this machine says of itself.
#![cfg(target_os = "linux")]

mod file_system;
mod ownership;
mod parent;
mod process_directory;
mod user;
