//! The lines around a spot, cut out of their file and fit for a terminal.

use std::iter::successors;
use std::ops::Range;

use crate::Spot;
use crate::shown_line::{ELLIPSIS, shown_line};

/// A span over more lines than this is shown only so far.
const MOST_LINES: usize = 8;

const BYTE_ORDER_MARK: char = '\u{feff}';
const LINE_ENDS: [char; 2] = ['\r', '\n'];

/// Some lines of a file, as they are shown.
#[derive(Debug, Default)]
pub(crate) struct Excerpt {
    /// The number of the first of the lines, counted from 1.
    pub(crate) first_line: usize,
    /// The lines, escaped, each with `\n` behind it.
    pub(crate) text: String,
    /// Which bytes of `text` the spot means.
    pub(crate) span: Range<usize>,
}

/// The lines in which the spot is, with the line before and the line behind where those are not blank. Very long lines
/// are cut to what is around the span, very many lines to the first of them.
///
/// What it costs does not depend on how much text there is before these lines: the line number of the spot is believed.
pub(crate) fn excerpt(spot: &Spot) -> Excerpt {
    let (text, span) = span_in_text(spot);
    let first = line_around(text, span.start);
    let before = line_before(text, &first).filter(|line| !is_blank(&text[line.clone()]));
    let lines: Vec<Range<usize>> =
        successors(Some(first), |line| line_behind(text, line)).take(MOST_LINES + 1).collect();
    let meant = lines.iter().take_while(|line| line.start <= span.end).count();
    let behind = lines.get(meant).filter(|line| !is_blank(&text[(*line).clone()]));

    let number = usize::try_from(spot.line).unwrap_or(usize::MAX);
    let mut excerpt = Excerpt { first_line: number, ..Excerpt::default() };
    if let Some(line) = before {
        excerpt.first_line = number.saturating_sub(1);
        excerpt.push(&text[line], 0..0);
    }
    for (index, line) in lines[..meant.min(MOST_LINES)].iter().enumerate() {
        let within = |position: usize| position.clamp(line.start, line.end) - line.start;
        let shown = excerpt.push(&text[line.clone()], within(span.start)..within(span.end));
        excerpt.span = if index == 0 { shown } else { excerpt.span.start..shown.end };
    }
    if MOST_LINES < meant {
        excerpt.span.end = excerpt.push(ELLIPSIS, 0..ELLIPSIS.len()).end;
    } else if let Some(line) = behind {
        excerpt.push(&text[line.clone()], 0..0);
    }
    excerpt
}

impl Excerpt {
    /// Adds a line, and says where in the text its focus has come to stand.
    fn push(&mut self, line: &str, focus: Range<usize>) -> Range<usize> {
        let offset = self.text.len();
        let shown = shown_line(line, focus);
        self.text += &shown.text;
        self.text.push('\n');
        offset + shown.focus.start..offset + shown.focus.end
    }
}

/// The text without its byte order mark, and the span as bytes of that: inside the text, of whole characters, and without
/// the line ends that stand last in it.
fn span_in_text(spot: &Spot) -> (&str, Range<usize>) {
    let text = spot.text.strip_prefix(BYTE_ORDER_MARK).unwrap_or(&spot.text);
    let mark = spot.text.len() - text.len();
    let mut start = text.floor_char_boundary(spot.span.start.saturating_sub(mark));
    if text[..start].ends_with('\r') && text[start..].starts_with('\n') {
        start -= 1;
    }
    let end = text.ceil_char_boundary(spot.span.end.saturating_sub(mark)).max(start);
    let length = text[start..end].trim_end_matches(LINE_ENDS).len();
    (text, start..start + length)
}

/// The line that this position is in, without its end.
fn line_around(text: &str, position: usize) -> Range<usize> {
    let mut start = 0;
    // One after the other: the search for a single character is quick even in a line of megabytes.
    for character in ['\n', '\r'] {
        start += text[start..position].rfind(character).map_or(0, |end_before| end_before + 1);
    }
    start..line_end(text, position)
}

fn line_before(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let until_line = &text[..line.start];
    let until_end = until_line.strip_suffix("\r\n").or_else(|| until_line.strip_suffix(LINE_ENDS))?;
    Some(line_around(text, until_end.len()))
}

fn line_behind(text: &str, line: &Range<usize>) -> Option<Range<usize>> {
    let from_end = &text[line.end..];
    let from_start = from_end.strip_prefix("\r\n").or_else(|| from_end.strip_prefix(LINE_ENDS))?;
    let start = text.len() - from_start.len();
    Some(start..line_end(text, start))
}

/// Where the line ends that this position is in.
fn line_end(text: &str, position: usize) -> usize {
    let rest = &text[position..];
    let until_line_feed = rest.split_once('\n').map_or(rest, |(line, _)| line);
    position + until_line_feed.find('\r').unwrap_or(until_line_feed.len())
}

fn is_blank(line: &str) -> bool {
    line.trim().is_empty()
}
