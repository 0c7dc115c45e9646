//! What an error says.

use std::error::Error;

/// What the error itself says, in plain words: the number that the standard library puts behind a message of the system,
/// as in `Permission denied (os error 13)`, is taken off.
#[must_use]
pub fn message_of(error: &dyn Error) -> String {
    let mut message = error.to_string();
    if let Some(start) = find_error_number(&message) {
        message.truncate(start);
    }
    message
}

/// Where a trailing ` (os error 13)` begins.
fn find_error_number(message: &str) -> Option<usize> {
    const OPENING: &str = " (os error ";
    let start = message.rfind(OPENING)?;
    let number = message[start + OPENING.len()..].strip_suffix(')')?;
    number.parse::<i32>().is_ok().then_some(start)
}
