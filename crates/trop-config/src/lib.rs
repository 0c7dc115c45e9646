//! Settings: declared once, layered, with the place each value came from.
//!
//! [`settings`] is one table; everything else here reads it. A declaration gives a setting its key, its environment
//! variable, its flag, its rule, its default and its sentence of help, and a typed handle under which the program asks for
//! its value. A [`Layer`] is what one source says ([`Layer::from_variables`], [`Layer::from_flags`]); [`Effective`] merges
//! layers, highest first, and knows the [`Origin`] of every value.
//!
//! Values are checked when a layer is read, each by the rule of its setting, and every problem is reported at once. Rules that
//! tie several settings together, such as the ends of the port range, are checked on the merged values and name both places.
//!
//! Not here, ever: the process environment and the command line, which are arguments.

mod declaration;
mod effective;
mod layer;
mod port_range;
mod problem;
pub mod settings;
mod value;

pub use declaration::{Declaration, Setting};
pub use effective::Effective;
pub use layer::{Layer, Origin};
pub use problem::{ConfigError, Problem};
pub use value::{FromValue, Rule, Value};

/// Compiles and runs the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
