//! An error as programs read it.

use serde_json::Value;

/// The exit code that an error names in its only line, which is one JSON object. `None` where the text is anything else.
#[must_use]
pub fn code_of_error(text: &str) -> Option<u64> {
    let line = text.strip_suffix('\n').filter(|line| !line.contains('\n'))?;
    serde_json::from_str::<Value>(line).ok()?["code"].as_u64()
}
