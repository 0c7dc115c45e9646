//! What is wrong with what somebody set.

use std::fmt;

use crate::{Origin, Place};

/// One wrong value, or several that do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong; it names the flag, the variable or the key.
    pub message: String,
    /// What to do about it, where that is not plain.
    pub help: Option<String>,
    /// The places that have to do with it, the one to look at first in front.
    pub origins: Vec<Origin>,
}

impl Problem {
    /// A problem with one place in a file.
    pub(crate) fn at(place: Place, message: String) -> Problem {
        Problem { message, help: None, origins: vec![Origin::File(place)] }
    }
}

/// Everything that is wrong with the configuration; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The problems, those of the highest layer first.
    pub problems: Vec<Problem>,
}

impl ConfigError {
    /// Whether the command line has a part in it.
    #[must_use]
    pub fn concerns_the_command_line(&self) -> bool {
        let mut origins = self.problems.iter().flat_map(|problem| &problem.origins);
        origins.any(|origin| matches!(origin, Origin::Flag(_)))
    }
}

impl From<Problem> for ConfigError {
    fn from(problem: Problem) -> ConfigError {
        ConfigError { problems: vec![problem] }
    }
}

impl std::error::Error for ConfigError {}

impl fmt::Display for ConfigError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let messages: Vec<&str> = self.problems.iter().map(|problem| problem.message.as_str()).collect();
        f.write_str(&messages.join("; "))
    }
}
