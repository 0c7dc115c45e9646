//! One line of a file, short and safe enough for a terminal.

use std::ops::Range;

use crate::escape::acts_on_terminals;
use crate::escaped;

/// Stands for what was cut off.
pub(crate) const ELLIPSIS: &str = "…";

/// How many characters of a line are shown.
const LONGEST: usize = 100;

/// How many of them stand before the focus when the line has to be cut.
const LONGEST_BEFORE_FOCUS: usize = 40;

/// A line as it is shown.
pub(crate) struct ShownLine {
    pub(crate) text: String,
    /// Which bytes of the text are in focus.
    pub(crate) focus: Range<usize>,
}

/// Escapes the line, tabs too, and cuts it to what is around the focus when it is too long.
///
/// A focus that reaches over what is cut off covers the ellipsis.
pub(crate) fn shown_line(line: &str, focus: Range<usize>) -> ShownLine {
    let window = window(line, focus.start);
    let left = if window.start == 0 { "" } else { ELLIPSIS };
    let right = if window.end == line.len() { "" } else { ELLIPSIS };
    let text = format!("{left}{}{right}", escaped(&line[window.clone()]));
    let shown_position = |position: usize| left.len() + escaped(&line[window.start..position]).len();
    let start = shown_position(focus.start);
    let end = if window.end < focus.end { text.len() } else { shown_position(focus.end) };
    ShownLine { text, focus: start..end }
}

/// The whole line when it fits, else what fits from a little before the position.
fn window(line: &str, position: usize) -> Range<usize> {
    if fitting(line.chars(), LONGEST) == line.len() {
        return 0..line.len();
    }
    let start = position - fitting(line[..position].chars().rev(), LONGEST_BEFORE_FOCUS);
    start..start + fitting(line[start..].chars(), LONGEST)
}

/// How many bytes the characters have that fit, escaped, into so many characters.
fn fitting(characters: impl Iterator<Item = char>, room: usize) -> usize {
    let mut room_left = room;
    let fits = |character: &char| {
        let length = shown_length(*character);
        let fits = length <= room_left;
        room_left = room_left.saturating_sub(length);
        fits
    };
    characters.take_while(fits).map(char::len_utf8).sum()
}

fn shown_length(character: char) -> usize {
    if acts_on_terminals(character) { character.escape_default().count() } else { 1 }
}
