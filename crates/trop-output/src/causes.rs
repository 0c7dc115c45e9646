//! What an error says, and what it says of its causes.

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

/// What the causes of the error say, the nearest first, each in plain words as by [`message_of`]. A cause is left out when
/// what stands above it already says so.
#[must_use]
pub fn causes_of(error: &dyn Error) -> Vec<String> {
    let mut said_above = message_of(error);
    let mut causes = Vec::new();
    let mut next = error.source();
    while let Some(cause) = next {
        let message = message_of(cause);
        if !said_above.contains(&message) {
            causes.push(message.clone());
            said_above = message;
        }
        next = cause.source();
    }
    causes
}

/// Where a trailing ` (os error 13)` begins.
fn find_error_number(message: &str) -> Option<usize> {
    const OPENING: &str = " (os error ";
    let start = message.rfind(OPENING)?;
    let number = message[start + OPENING.len()..].strip_suffix(')')?;
    number.parse::<i32>().is_ok().then_some(start)
}
