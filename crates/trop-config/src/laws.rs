//! What has to hold for any bytes whatever. Each law panics when it is broken, and says how.
//!
//! The tests try them on random texts and on `fuzz/corpus`, the programs in `fuzz/` on what coverage leads to.

mod configuration;
mod exclusions;
#[cfg(test)]
mod tests;

pub use configuration::{Verdict, configuration, text_of_configuration};
pub use exclusions::{Edited, exclusions, text_with_exclusions};
