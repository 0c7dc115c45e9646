//! The names of environment variables.

use crate::settings;
use crate::suggestion::closest;

/// What the names of trop's own variables begin with.
const PREFIX: &str = "TROP_";

/// A variable that looks like one of trop's own and is none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Misspelt<'v> {
    /// The name that is set.
    pub name: &'v str,
    /// The name that was probably meant.
    pub meant: &'static str,
}

/// The names that begin like trop's own, are none of them, and are close to one. Others belong to somebody else.
pub fn misspelt<'v>(names: impl IntoIterator<Item = &'v str>) -> impl Iterator<Item = Misspelt<'v>> {
    let own = names.into_iter().filter(|name| name.starts_with(PREFIX));
    own.filter(|name| known().all(|known| known != *name))
        .filter_map(|name| Some(Misspelt { name, meant: closest(name, known())? }))
}

fn known() -> impl Iterator<Item = &'static str> {
    settings::ALL.iter().flat_map(|declaration| declaration.variables.iter().copied())
}
