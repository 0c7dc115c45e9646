//! The rules of the nouns: tables, and laws against models that are too simple to be wrong.

mod browser;
mod env_name;
mod exclusions;
mod group;
mod label;
mod laws;
mod port;
mod port_set;
mod range;
#[cfg(unix)]
mod reservation;
mod timestamp;
