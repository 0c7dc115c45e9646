//! What git says of a directory: which project, which branch or worktree.
//!
//! [`identify`] only reads names: where the repository lies, what its directories are called, and one short file for the
//! branch. It runs no program, opens no repository, reads no configuration and does not care who owns the files, so a
//! repository that git itself would refuse is no danger here, and no obstacle.
//!
//! Everything is best effort. A repository may be broken in any way; what can still be known of it is told, and the rest
//! is left out. Only plain files are opened, and of a long one only the beginning is read.
//!
//! Not here, ever: the environment (`GIT_DIR`, `GIT_CEILING_DIRECTORIES` and the like) and the current directory. The
//! parts of gix that would look at them are not used.

mod branch;
mod labels;
mod layout;
mod pointer;
mod repository;

pub use labels::{Labels, identify};

#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
