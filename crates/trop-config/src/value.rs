//! Values of settings, and the rules that they obey.

use trop_model::{Exclusions, Port, PortRange};

/// Which values a setting takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// true, 1, yes, on or false, 0, no, off, in any case.
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
    /// Ports and ranges, with commas between them. Empty is the empty list.
    Ports,
    /// One of these words.
    Word(&'static [&'static str]),
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
}

impl Rule {
    /// Reads a value from text, as it stands in a variable or behind a flag.
    ///
    /// # Errors
    /// What is wrong with the text, fit to stand after the name of the place and a colon.
    pub fn parse(self, text: &str) -> Result<Value, String> {
        let shown = || format!("\"{}\"", text.escape_debug());
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
                    .ok_or_else(|| format!("{} is none of {}", shown(), words.join(", ")))
            }
        }
    }
}

/// Types that a setting can have.
pub trait FromValue: Sized {
    /// The value as that type. `None` when the rule of the setting makes other values, which is a mistake in the table.
    fn from_value(value: &Value) -> Option<Self>;
}

impl FromValue for bool {
    fn from_value(value: &Value) -> Option<bool> {
        if let Value::Switch(on) = value { Some(*on) } else { None }
    }
}

impl FromValue for u32 {
    fn from_value(value: &Value) -> Option<u32> {
        if let Value::Number(number) = value { Some(*number) } else { None }
    }
}

impl FromValue for Port {
    fn from_value(value: &Value) -> Option<Port> {
        if let Value::Port(port) = value { Some(*port) } else { None }
    }
}

impl FromValue for Exclusions {
    fn from_value(value: &Value) -> Option<Exclusions> {
        if let Value::Ports(ranges) = value { Some(ranges.iter().copied().collect()) } else { None }
    }
}

impl FromValue for &'static str {
    fn from_value(value: &Value) -> Option<&'static str> {
        if let Value::Word(word) = value { Some(word) } else { None }
    }
}
