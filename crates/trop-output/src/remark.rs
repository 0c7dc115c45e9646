//! What is said beside the answer.

use std::io::{self, Write};

use crate::Style;
use crate::shortened::sentence;

/// How much a remark matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The user would want to do something about it.
    Warning,
    /// Good to know.
    Note,
}

/// Writes one line, `warning: ...` or `note: ...`, with the text escaped.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_remark(out: &mut dyn Write, severity: Severity, text: &str, style: Style) -> io::Result<()> {
    let (word, codes) = match severity {
        Severity::Warning => ("warning", style.warning()),
        Severity::Note => ("note", style.aside()),
    };
    let line = format!("{codes}{word}{codes:#}: {}\n", sentence(text));
    out.write_all(line.as_bytes())
}
