//! Real files in directories of their own.
#![cfg(unix)]

mod block;
mod block_laws;
mod lock;
mod other_process;
mod private;
#[cfg(target_os = "linux")]
mod without_root;
#[cfg(target_os = "linux")]
mod writable;
