//! What an error says of its causes.

use std::error::Error;

use trop_model::message_of;

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
