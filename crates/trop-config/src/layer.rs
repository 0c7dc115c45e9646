//! What one source says.

use std::collections::BTreeMap;
use std::ffi::{OsStr, OsString};
use std::fmt;

use trop_model::quoted;

use crate::group::WrittenGroup;
use crate::variables::has_own;
use crate::{Declaration, Place, Problem, Rule, Value, settings};

/// Where a value came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag of the command line, named without its dashes.
    Flag(&'static str),
    /// An environment variable.
    Variable(&'static str),
    /// A configuration file.
    File(Place),
    /// Nobody said anything.
    Default,
}

impl Origin {
    /// The name of the layer: for a file its own, which may be any that somebody typed.
    #[must_use]
    pub fn layer(&self) -> &str {
        match self {
            Origin::Flag(_) => "command line",
            Origin::Variable(_) => "environment",
            Origin::File(Place { source, .. }) => source.path().file_name().unwrap_or(source.kind().name()),
            Origin::Default => "default",
        }
    }

    /// The first byte that is meant of a file.
    pub(crate) fn start(&self) -> usize {
        let Origin::File(Place { span: Some(span), .. }) = self else { return 0 };
        span.start
    }
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag(flag) => write!(f, "--{flag}"),
            Origin::Variable(variable) => f.write_str(variable),
            Origin::File(place) => place.fmt(f),
            Origin::Default => f.write_str("built in"),
        }
    }
}

/// The values that one source sets, and what is wrong with it.
#[derive(Debug, Clone, Default)]
pub struct Layer {
    pub(crate) entries: Vec<Entry>,
    pub(crate) problems: Vec<Problem>,
    /// Settings that it has, with values that cannot be.
    pub(crate) unusable: Vec<&'static Declaration>,
    /// What was read of its services, if it lists some.
    pub(crate) group: Option<WrittenGroup>,
}

#[derive(Debug, Clone)]
pub(crate) struct Entry {
    pub(crate) declaration: &'static Declaration,
    pub(crate) value: Value,
    pub(crate) origin: Origin,
}

impl Layer {
    /// What the environment says of these settings. An empty variable counts as unset.
    #[must_use]
    pub fn from_variables(
        variables: &BTreeMap<String, OsString>,
        settings: &[&'static Declaration],
    ) -> Layer {
        if !has_own(variables) {
            return Layer::default();
        }
        let set = |name: &str| variables.get(name).filter(|value| !value.is_empty());
        Layer::read(settings.iter().filter_map(|declaration| {
            let name = declaration.variables.iter().find(|name| set(name).is_some())?;
            Some((*declaration, Origin::Variable(name), set(name)?.as_os_str()))
        }))
    }

    /// What the command line says: the flags that were given, each named by its first spelling, and the text behind it. A switch
    /// without text is on.
    #[must_use]
    pub fn from_flags<'a>(flags: impl IntoIterator<Item = (&'static Declaration, &'a OsStr)>) -> Layer {
        Layer::read(flags.into_iter().filter_map(|(declaration, text)| {
            let is_bare_switch = text.is_empty() && declaration.rule == Rule::Switch;
            let text = if is_bare_switch { OsStr::new("true") } else { text };
            Some((declaration, Origin::Flag(declaration.flags.first()?), text))
        }))
    }

    fn read<'a>(written: impl Iterator<Item = (&'static Declaration, Origin, &'a OsStr)>) -> Layer {
        let mut layer = Layer::default();
        for (declaration, origin, text) in written {
            let parsed = match text.to_str() {
                Some(text) => declaration.rule.parse(text),
                None => Err(format!("{} is not valid Unicode", quoted(&text.to_string_lossy()))),
            };
            match parsed {
                Ok(value) => layer.entries.push(Entry { declaration, value, origin }),
                Err(message) => {
                    let message = format!("{origin}: {message}");
                    layer.unusable.push(declaration);
                    layer.problems.push(Problem { message, help: None, origins: vec![origin] });
                }
            }
        }
        layer.require_one_maximum();
        layer
    }

    /// The highest port can be set in two ways, and one layer has to choose.
    pub(crate) fn require_one_maximum(&mut self) {
        let max = self.find(&settings::PORT_MAX.declaration);
        let max_offset = self.find(&settings::PORT_MAX_OFFSET.declaration);
        if let (Some(max), Some(max_offset)) = (max, max_offset) {
            let (one, other) = (max.origin.clone(), max_offset.origin.clone());
            let message = match &one {
                Origin::File(_) => "ports.max and ports.max_offset".to_owned(),
                _ => format!("{one} and {other}"),
            };
            self.problems.push(Problem {
                message: format!("{message} are two ways to set the highest port, and only one can hold"),
                help: Some("remove one of the two".to_owned()),
                origins: vec![one, other],
            });
        }
    }

    /// Whether this layer has something to say of the range of ports.
    pub(crate) fn sets_the_port_range(&self) -> bool {
        port_range_ends().into_iter().any(|end| self.find(end).is_some())
    }

    /// Whether all is known that this layer has to say of the range of ports.
    pub(crate) fn tells_the_port_range(&self) -> bool {
        let ends = port_range_ends();
        let [_, max, max_offset] = ends;
        let has_two_maxima = self.find(max).is_some() && self.find(max_offset).is_some();
        !has_two_maxima && !ends.into_iter().any(|end| self.is_unusable(end))
    }

    /// Whether the layer has the setting, with a value that cannot be.
    pub(crate) fn is_unusable(&self, declaration: &Declaration) -> bool {
        self.unusable.iter().any(|unusable| std::ptr::eq(*unusable, declaration))
    }

    pub(crate) fn find(&self, declaration: &Declaration) -> Option<&Entry> {
        self.entries.iter().find(|entry| std::ptr::eq(entry.declaration, declaration))
    }
}

/// The settings that make the range of ports.
fn port_range_ends() -> [&'static Declaration; 3] {
    [&settings::PORT_MIN.declaration, &settings::PORT_MAX.declaration, &settings::PORT_MAX_OFFSET.declaration]
}
