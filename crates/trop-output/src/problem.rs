//! What is wrong in something a person wrote, and where.

use std::ops::Range;
use std::sync::Arc;

/// One thing that is wrong in something a person wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong; lower-case, without full stop.
    pub message: String,
    /// What to write instead.
    pub help: Option<String>,
    /// The places that have to do with it, the most important first; empty when it is not in a file.
    pub places: Vec<Place>,
}

/// A file, or a spot in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The name of the file, as people should read it.
    pub file: String,
    /// Where in the file; none means the file as a whole, as when it is not UTF-8 or too large.
    pub spot: Option<Spot>,
}

/// A stretch of a text.
///
/// A line ends as in YAML: with `\n`, `\r\n` or `\r`. Nothing goes wrong when the numbers do not fit the text: the
/// span is brought into the text, and line and column are shown as they are.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// The line in which the span begins, counted from 1.
    pub line: u32,
    /// The character of that line at which the span begins, counted from 1. A byte order mark is no character.
    pub column: u32,
    /// The whole text of the file.
    pub text: Arc<str>,
    /// Which bytes of it are meant; may be empty.
    pub span: Range<usize>,
}
