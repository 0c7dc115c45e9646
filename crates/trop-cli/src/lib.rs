//! The command line of trop: arguments in, answer out.
//!
//! [`run`] is the whole program but for the process around it. The real world comes in as a [`Host`]: environment, working
//! directory, clock, streams. What happens to the process goes out as an [`Ending`]. In between, the arguments are parsed, the
//! session learns the global options, and one file under `cmd/` does the rest. This is also where the floors are joined: the
//! planners of trop-ops get their probe from trop-occupancy, their look at directories from trop-paths and their labels from trop-git here, and every
//! error becomes a diagnostic with an exit code in one place.

mod absence;
mod arguments;
mod cleaning;
mod cmd;
mod conclusion;
mod configuration;
mod data_directory;
mod defaults_file;
mod departure;
mod details;
mod exclusions;
mod exposure;
mod failure;
mod failure_help;
mod find_program;
mod gathering;
mod given;
mod global;
mod group;
mod group_answer;
mod health;
mod host;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod live;
mod occupancy;
mod pasting;
mod placeholders;
mod plan;
mod progress;
mod project;
mod remedies;
mod reserving;
mod run;
mod scanning;
mod session;
mod setting_flags;
mod shown_sockets;
mod single;
mod target;
mod telling;

pub use arguments::command;
pub use departure::Departure;
pub use host::{Ending, Host};
pub use run::run;

/// Compiles and runs the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
