//! Absolute, clean paths, how they relate, and whether a directory is certainly gone.
//!
//! An [`AbsPath`] is absolute Unicode text without `.`, `..`, repeated or trailing separators. It is made in two ways,
//! and the difference matters to people who use symlinks. What somebody typed is only cleaned ([`resolve_typed`]): the
//! symlinks in it stay, and nothing need exist. What a program found out for itself, such as a working directory, is also
//! made canonical ([`resolve_inferred`]), so that it does not matter by which route one came.
//!
//! Hierarchy is by component: `/srv/ab` is not inside `/srv/a`.
//!
//! Not here, ever: the environment and the current directory, which are arguments.

mod abs_path;
mod canonical;
mod find_upwards;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod presence;
mod resolve;

pub use abs_path::{AbsPath, NotClean, Relation};
pub use canonical::canonical_form;
pub use find_upwards::{Unseen, find_upwards};
pub use presence::{Presence, presence, presences};
pub use resolve::{PathError, resolve_inferred, resolve_typed};

#[cfg(all(doctest, unix))]
#[doc = include_str!("../README.md")]
struct ReadmeExample;
