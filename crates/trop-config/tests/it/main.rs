//! Settings: the table, the rules of values, layers, and what several settings make together.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod files;
mod layers;
mod port_range;
mod table;
mod values;
