//! Private directories and files, and file locks that wait no longer than they may.
//!
//! Everything here is about files that a program keeps for one user: [`create_private_directory`] and
//! [`create_private_file`] make what nobody else can read, [`require_writable`] finds out whether one could write without
//! writing, and a [`FileLock`] keeps two processes from doing the same thing at once.
//!
//! Not here, ever: what is in the files.

mod lock;
mod private;
mod writable;

pub use lock::{FileLock, LockError};
pub use private::{create_private_directory, create_private_file};
pub use writable::require_writable;

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
