//! What one source says.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;

use crate::{ConfigError, Declaration, Problem, Value, settings};

/// Where a value came from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line, named without its dashes.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// Nobody said anything.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(flag) => write!(f, "--{flag}"),
            Origin::Variable(variable) => f.write_str(variable),
            Origin::Default => f.write_str("built in"),
        }
    }
}

/// The values that one source sets.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    pub(crate) entries: Vec<Entry>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) key: &'static str,
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

impl Layer {
    /// The layer of the environment. An empty variable counts as unset.
    ///
    /// # Errors
    /// Every variable whose value its setting does not take.
    pub fn from_variables(variables: &BTreeMap<String, OsString>) -> Result<Layer, ConfigError> {
        let written = settings::ALL.iter().filter_map(|declaration| {
            let set = |variable: &&&str| variables.get(**variable).filter(|value| !value.is_empty());
            let variable = declaration.variables.iter().find(|variable| set(variable).is_some())?;
            Some((*declaration, Origin::Variable(variable), variables.get(*variable)?.as_os_str()))
        });
        Layer::read(written)
    }

    /// The layer of the command line: the flags that were given, and the text behind each. A switch without text is on.
    ///
    /// # Errors
    /// Every flag whose value its setting does not take.
    pub fn from_flags<'a>(
        flags: impl IntoIterator<Item = (&'static Declaration, &'a OsStr)>,
    ) -> Result<Layer, ConfigError> {
        Layer::read(flags.into_iter().filter_map(|(declaration, text)| {
            let text = if text.is_empty() && declaration.rule == crate::Rule::Switch {
                OsStr::new("true")
            } else {
                text
            };
            Some((declaration, Origin::Flag(declaration.flag?), text))
        }))
    }

    fn read<'a>(
        written: impl Iterator<Item = (&'static Declaration, Origin, &'a OsStr)>,
    ) -> Result<Layer, ConfigError> {
        let mut layer = Layer::default();
        let mut problems = Vec::new();
        for (declaration, origin, text) in written {
            let parsed = match text.to_str() {
                Some(text) => declaration.rule.parse(text),
                None => Err(format!("\"{}\" is not valid Unicode", text.to_string_lossy().escape_debug())),
            };
            match parsed {
                Ok(value) => layer.entries.push(Entry { key: declaration.key, value, origin }),
                Err(message) => {
                    problems.push(Problem { message: format!("{origin}: {message}"), origins: vec![origin] });
                }
            }
        }
        if problems.is_empty() { Ok(layer) } else { Err(ConfigError { problems }) }
    }

    pub(crate) fn find(&self, key: &str) -> Option<&Entry> {
        self.entries.iter().find(|entry| entry.key == key)
    }
}
