//! For trop's own tests: a home of its own for each run, port blocks, skipped tests, snapshots.
//!
//! A test that runs the real program makes a [`Sandbox`] and says which exit code it expects, always. One that opens
//! real sockets takes its ports from a [`PortBlock`], which no other test has at the same time. One that needs a tool
//! or a right begins with [`skip_unless!`]. What differs from run to run goes through [`scrub`] before a
//! [`snapshot!`]. Databases of older versions come from [`database`]. [`replay`] puts to a law what fuzzing left behind.
//!
//! Nothing here waits, tries again or judges by the clock, and everything is gone when its value is dropped. Everything
//! panics when it fails: its callers are tests. It runs on Unix alone.
//!
//! Never: any other crate of the workspace.

mod corpus;
pub mod database;
mod invocation;
pub mod need;
mod ordinary_user;
mod port_block;
mod ran;
mod sandbox;
mod scrub;
#[doc(hidden)]
pub mod snapshot;

pub use corpus::replay;
pub use invocation::{Invocation, run_together};
pub use ordinary_user::as_ordinary_user;
pub use port_block::PortBlock;
pub use ran::Ran;
pub use sandbox::Sandbox;
pub use scrub::{Varying, scrub};

/// For the macros, which expand where there may be no such dependency.
#[doc(hidden)]
pub use insta;

/// Compiles the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
