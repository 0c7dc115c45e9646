//! Words that people give to reservations.

use std::fmt;
use std::str::FromStr;

use crate::quoted;

/// The longest label, in bytes of UTF-8.
const LONGEST: usize = 255;

/// Text that is no tag, project or task.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum InvalidLabel {
    /// Nothing is left after trimming.
    #[error("a {0} must not be empty")]
    Empty(&'static str),
    /// More than 255 bytes.
    #[error("a {noun} is at most 255 bytes long, and this one has {length}")]
    TooLong {
        /// `tag`, `project` or `task`.
        noun: &'static str,
        /// Its length in bytes.
        length: usize,
    },
    /// A newline, an escape or another control character.
    #[error("a {noun} must not hold control characters, and {} does", quoted(text))]
    ControlCharacter {
        /// `tag`, `project` or `task`.
        noun: &'static str,
        /// The text as it came.
        text: String,
    },
}

fn checked(noun: &'static str, text: &str) -> Result<String, InvalidLabel> {
    if text.chars().any(char::is_control) {
        return Err(InvalidLabel::ControlCharacter { noun, text: text.to_owned() });
    }
    let trimmed = text.trim();
    match trimmed.len() {
        0 => Err(InvalidLabel::Empty(noun)),
        length if LONGEST < length => Err(InvalidLabel::TooLong { noun, length }),
        _ => Ok(trimmed.to_owned()),
    }
}

macro_rules! label {
    ($(#[$doc:meta])* $name:ident, $noun:literal) => {
        $(#[$doc])*
        /// Trimmed, not empty, at most 255 bytes, without control characters.
        #[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl FromStr for $name {
            type Err = InvalidLabel;

            fn from_str(text: &str) -> Result<$name, InvalidLabel> {
                checked($noun, text).map($name)
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }
    };
}

label! {
    /// Tells several reservations of one directory apart: `web`, `api`.
    Tag, "tag"
}
label! {
    /// The repository that a reservation belongs to. It never affects which port is chosen.
    Project, "project"
}
label! {
    /// The branch or worktree that a reservation belongs to. It never affects which port is chosen.
    Task, "task"
}
