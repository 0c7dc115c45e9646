//! Settings: the table, the rules of values, layers, and what several settings make together.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod alone;
mod defaults_file;
mod editing;
mod files;
mod group_fit;
mod hostile;
mod kinds;
mod layers;
#[cfg(unix)]
mod loading;
mod places;
mod port_range;
mod positions;
mod precedence;
mod rules;
mod services;
mod suggestions;
mod table;
mod values;
