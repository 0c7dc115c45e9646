//! The names of environment variables.

use std::collections::BTreeMap;
use std::ffi::OsString;

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

/// Whether any of these could be trop's own. Most environments have none, and there is no need to look for each.
pub(crate) fn has_own(variables: &BTreeMap<String, OsString>) -> bool {
    variables.range(PREFIX.to_owned()..).next().is_some_and(|(name, _)| name.starts_with(PREFIX))
}

fn known() -> impl Iterator<Item = &'static str> {
    settings::ALL.iter().flat_map(|declaration| declaration.variables.iter().copied())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_variables_of_all_settings_begin_alike() {
        assert_eq!(known().find(|name| !name.starts_with(PREFIX)), None);
    }

    #[test]
    fn own_variables_are_seen_among_others() {
        let check = |names: &[&str], expected| {
            let variables = names.iter().map(|name| ((*name).to_owned(), OsString::new())).collect();
            assert_eq!(has_own(&variables), expected, "{names:?}");
        };
        check(&[], false);
        check(&["HOME", "TROPICAL", "TROP", "USER"], false);
        check(&["TROP_", "USER"], true);
        check(&["HOME", "TROP_PORT_MIN"], true);
    }
}
