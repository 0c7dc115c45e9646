//! Values of settings, and the rules that they obey.

use std::fmt;

use trop_model::{Exclusions, GroupSpec, Port, PortRange, Project, Tag, Task, quoted};

/// Which values a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// true, 1, yes, on or false, 0, no, off, in any case; in a file true or false.
    Switch,
    /// A whole number, both ends included.
    Number {
        /// What is counted, as a help page calls it.
        unit: &'static str,
        /// The lowest value.
        least: u32,
        /// The highest value.
        most: u32,
    },
    /// A port, 1 to 65535.
    Port,
    /// Ports and ranges, with commas between them; in a file a list. Empty is the empty list.
    Ports,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A path. What it means is for others to say.
    Path,
    /// A tag.
    Tag,
    /// A project.
    Project,
    /// A task.
    Task,
    /// The services of a tropfile. They are too much for a variable or a flag.
    Group,
}

/// A value that obeys the rule of its setting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// On or off.
    Switch(bool),
    /// A number.
    Number(u32),
    /// A port.
    Port(Port),
    /// Ports, in the order in which they were written.
    Ports(Vec<PortRange>),
    /// One of the words that the rule lists.
    Word(&'static str),
    /// A path as it was written.
    Path(String),
    /// A tag.
    Tag(Tag),
    /// A project.
    Project(Project),
    /// A task.
    Task(Task),
    /// The services, or that there are none, whatever lower layers say.
    Group(Option<GroupSpec>),
}

impl Rule {
    /// Reads a value from text, as it stands in a variable or behind a flag.
    ///
    /// # Errors
    /// What is wrong with the text, fit to stand after the name of the place and a colon.
    pub fn parse(self, text: &str) -> Result<Value, String> {
        let shown = || quoted(text);
        match self {
            Rule::Switch => match text.to_ascii_lowercase().as_str() {
                "true" | "1" | "yes" | "on" => Ok(Value::Switch(true)),
                "false" | "0" | "no" | "off" => Ok(Value::Switch(false)),
                _ => Err(format!("{} is neither true, 1, yes, on nor false, 0, no, off", shown())),
            },
            Rule::Number { least, most, .. } => text
                .parse()
                .ok()
                .filter(|number| (least..=most).contains(number))
                .filter(|_| text.bytes().all(|byte| byte.is_ascii_digit()))
                .map(Value::Number)
                .ok_or_else(|| format!("{} is not a whole number from {least} to {most}", shown())),
            Rule::Port => text.parse().map(Value::Port).map_err(|error| format!("{error}")),
            Rule::Ports => {
                let written = text.split(',').map(str::trim).filter(|_| !text.trim().is_empty());
                let ranges = written.map(str::parse).collect::<Result<_, _>>();
                ranges.map(Value::Ports).map_err(|error| format!("{error}"))
            }
            Rule::Word(words) => {
                let word = words.iter().find(|word| **word == text);
                word.map(|word| Value::Word(word))
                    .ok_or_else(|| format!("{} is not one of {}", shown(), words.join(", ")))
            }
            Rule::Path => Ok(Value::Path(text.to_owned())),
            Rule::Tag => text.parse().map(Value::Tag).map_err(|error| format!("{error}")),
            Rule::Project => text.parse().map(Value::Project).map_err(|error| format!("{error}")),
            Rule::Task => text.parse().map(Value::Task).map_err(|error| format!("{error}")),
            Rule::Group => Err("services can be listed in a tropfile alone".to_owned()),
        }
    }
}

impl fmt::Display for Rule {
    /// Which values it takes, in words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Rule::Switch => f.write_str("true or false"),
            Rule::Number { unit, least, most } => {
                write!(f, "a whole number of {} from {least} to {most}", unit.to_lowercase())
            }
            Rule::Port => f.write_str("a port, 1 to 65535"),
            Rule::Ports => f.write_str("a list of ports and ranges, as in [5001, 5005..5009]"),
            Rule::Word(words) => f.write_str(&words.join(", ")),
            Rule::Path => f.write_str("a path"),
            Rule::Tag | Rule::Project | Rule::Task => {
                f.write_str("text of at most 255 bytes, not empty, without control characters")
            }
            Rule::Group => f.write_str("services, see below"),
        }
    }
}

impl fmt::Display for Value {
    /// The value as it would be written in a variable; services by their tags.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Value::Switch(on) => on.fmt(f),
            Value::Number(number) => number.fmt(f),
            Value::Port(port) => port.fmt(f),
            Value::Ports(ranges) => write_list(f, ranges),
            Value::Word(word) => f.write_str(word),
            Value::Path(path) => f.write_str(path),
            Value::Tag(tag) => tag.fmt(f),
            Value::Project(project) => project.fmt(f),
            Value::Task(task) => task.fmt(f),
            Value::Group(None) => Ok(()),
            Value::Group(Some(group)) => write_list(f, group.services().iter().map(|service| &service.tag)),
        }
    }
}

fn write_list(f: &mut fmt::Formatter<'_>, items: impl IntoIterator<Item = impl fmt::Display>) -> fmt::Result {
    for (index, item) in items.into_iter().enumerate() {
        let separator = if index == 0 { "" } else { "," };
        write!(f, "{separator}{item}")?;
    }
    Ok(())
}

/// Types that a setting can have.
pub trait FromValue: Sized {
    /// The value as that type; `None` stands for a setting without any value. The answer is `None` when the rule of the setting
    /// makes other values than the type holds, which is a mistake in the table.
    fn from_value(value: Option<&Value>) -> Option<Self>;
}

/// A type for each kind of value: one that a setting always has, or one that it may have.
macro_rules! from_value {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {
        $(
            impl FromValue for $type {
                fn from_value(value: Option<&Value>) -> Option<$type> {
                    match value { $pattern => Some($value), _ => None }
                }
            }
        )*
    };
}

from_value! {
    bool: Some(Value::Switch(on)) => *on;
    u32: Some(Value::Number(number)) => *number;
    Port: Some(Value::Port(port)) => *port;
    Exclusions: Some(Value::Ports(ranges)) => ranges.iter().copied().collect();
    &'static str: Some(Value::Word(word)) => word;
}

/// The same for types that a setting may lack.
macro_rules! from_optional_value {
    ($($type:ty: $pattern:pat => $value:expr;)*) => {
        $(
            impl FromValue for Option<$type> {
                fn from_value(value: Option<&Value>) -> Option<Option<$type>> {
                    match value { None => Some(None), Some($pattern) => Some($value), _ => None }
                }
            }
        )*
    };
}

from_optional_value! {
    String: Value::Path(path) => Some(path.clone());
    Tag: Value::Tag(tag) => Some(tag.clone());
    Project: Value::Project(project) => Some(project.clone());
    Task: Value::Task(task) => Some(task.clone());
    GroupSpec: Value::Group(group) => group.clone();
}
