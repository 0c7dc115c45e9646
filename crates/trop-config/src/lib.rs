//! Settings: declared once, layered, with the place each value came from.
//!
//! [`settings`] is one table; everything else here reads it. A declaration gives a setting its key, the files that may hold it,
//! its environment variables, its flags, its rule, its default and its sentence of help, and a typed handle under which the
//! program asks for its value. A [`Layer`] is what one source says ([`Layer::from_flags`], [`Layer::from_variables`],
//! [`Layer::from_file`]); [`Layers`] puts them on top of each other, highest first, and [`Effective`] is what comes of it, when
//! nothing is wrong. It knows the [`Origin`] of every value.
//!
//! Values are checked when a layer is read, each by the rule of its setting, and every problem of every layer is reported at
//! once. Rules that tie several settings together, such as the ends of the port range, are checked on the merged values and
//! name both places. Whether the services of a tropfile fit into the range matters to few commands, which ask for it:
//! [`Effective::require_group_fits`]. A file can be judged by itself, by the same rules: [`Layer::judge_alone`]. A `config.yaml`
//! to begin with is [`text_of_defaults`].
//!
//! The one thing that is changed in a file is the list of ports that it excludes: [`text_with_exclusions`] adds to it and
//! [`text_with_compact_exclusions`] merges its entries. Every other byte stays, comments above all.
//!
//! Not here, ever: the process environment and the command line, which are arguments, and the search for files.

mod alone;
mod declaration;
mod defaults_file;
mod edit;
mod effective;
mod file;
mod group;
mod group_fit;
#[cfg(any(test, feature = "laws"))]
pub mod laws;
mod layer;
mod lines;
mod port_range;
mod problem;
pub mod settings;
mod source;
mod suggestion;
mod value;
mod variables;
mod yaml;

pub use alone::{CommonVariable, Judgement};
pub use declaration::{Declaration, Files, Setting};
pub use defaults_file::text_of_defaults;
pub use edit::{CannotEdit, IntricateList, text_with_compact_exclusions, text_with_exclusions};
pub use effective::{Effective, Layers, Resolved};
pub use group::{GROUP_KEYS, GroupKey};
pub use layer::{Layer, Origin};
pub use problem::{ConfigError, Problem};
pub use source::{FileKind, LoadError, Place, Position, Source, UnreadableFile};
pub use value::{FromValue, Rule, Value};
pub use variables::{Misspelt, misspelt};

/// Compiles and runs the example of the README with the other examples.
#[cfg(doctest)]
#[doc = include_str!("../README.md")]
struct Readme;
