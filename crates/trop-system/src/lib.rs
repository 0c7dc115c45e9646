//! What only the operating system knows: users, processes, file systems, the ports that it takes for itself.
//!
//! Each answer has one small border between operating systems, and an operating system that does not tell is no error: the
//! answer is `None` there. What follows from an answer is the caller's business.
//!
//! A path is taken as the file system takes it, with its symlinks followed. One that does not exist (yet) is judged by the
//! nearest ancestor that does.
//!
//! Not here, ever: anything that needs `unsafe`, and the environment.

mod ephemeral;
mod file_system;
mod nearest;
mod ownership;
mod parent;
mod passwd;
mod process_directory;
mod user;

pub use ephemeral::ephemeral_ports;
pub use file_system::network_file_system;
pub use ownership::{foreign_owner, other_owner};
pub use parent::parent_process_name;
pub use process_directory::{ProcessDirectory, process_directory};
pub use user::{User, UserId, effective_user, process_user, user_name};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
