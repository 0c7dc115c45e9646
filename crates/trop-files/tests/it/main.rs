//! Real files in directories of their own.
#![cfg(unix)]

mod block;
mod block_laws;
mod edit;
#[cfg(target_os = "linux")]
mod edit_faults;
mod edit_process;
#[cfg(target_os = "linux")]
mod edit_rights;
mod edit_together;
#[cfg(target_os = "linux")]
mod exposed;
mod held_directory;
mod lock;
mod obstacle;
mod other_process;
mod private;
#[cfg(target_os = "linux")]
mod without_root;
#[cfg(target_os = "linux")]
mod writable;
