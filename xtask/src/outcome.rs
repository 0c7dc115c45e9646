//! How a task ends.

use std::error::Error;

/// Whatever went wrong is shown to a person and ends the task; nobody asks for its kind.
pub(crate) type Outcome<T = ()> = Result<T, Box<dyn Error>>;
