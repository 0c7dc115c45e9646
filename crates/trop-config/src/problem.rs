//! What is wrong with what somebody set.

use std::fmt;

use crate::Origin;

/// One wrong value, or several that do not go together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub message: String,
    /// The places that have to do with it, highest layer first.
    pub origins: Vec<Origin>,
}

/// Everything that is wrong with the configuration; never empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ConfigError {
    /// The problems in the order in which they were met.
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
