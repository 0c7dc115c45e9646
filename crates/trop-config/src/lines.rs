//! Lines of a text, and comments in what is known to hold no other `#`.

use std::ops::Range;

/// How a line can end, but for both together.
pub(crate) const BREAKS: [char; 2] = ['\n', '\r'];
/// What may stand between two words.
pub(crate) const BLANKS: [char; 2] = [' ', '\t'];

/// Where the line begins that the place is in. A byte order mark is no part of it.
pub(crate) fn line_start(text: &str, at: usize) -> usize {
    match text[..at].rfind(BREAKS) {
        Some(end) => end + 1,
        None if text.starts_with('\u{feff}') => '\u{feff}'.len_utf8().min(at),
        None => 0,
    }
}

/// Where the line ends, in front of its break.
pub(crate) fn line_end(text: &str, at: usize) -> usize {
    text[at..].find(BREAKS).map_or(text.len(), |length| at + length)
}

/// Where the next line begins.
pub(crate) fn next_line(text: &str, at: usize) -> usize {
    let end = line_end(text, at);
    let is_pair = text[end..].starts_with("\r\n");
    if is_pair { end + 2 } else { text.len().min(end + 1) }
}

/// Where the break begins that ends in front of the place, if one does.
pub(crate) fn in_front_of_break(text: &str, at: usize) -> usize {
    let before = &text[..at];
    before.strip_suffix("\r\n").or_else(|| before.strip_suffix(BREAKS)).map_or(at, str::len)
}

/// How lines end in this text: as the first one does.
pub(crate) fn line_break(text: &str) -> &str {
    let end = line_end(text, 0);
    let found = &text[end..next_line(text, 0)];
    if found.is_empty() { "\n" } else { found }
}

/// What stands in front of the place in its line, when that is blanks alone.
pub(crate) fn indentation(text: &str, at: usize) -> Option<&str> {
    let before = &text[line_start(text, at)..at];
    is_blank(before).then_some(before)
}

pub(crate) fn is_blank(text: &str) -> bool {
    text.trim_start_matches(BLANKS).is_empty()
}

/// Whether nothing but a comment stands between the place and the end of the line.
pub(crate) fn ends_its_line(text: &str, at: usize) -> bool {
    let rest = text[at..line_end(text, at)].trim_start_matches(BLANKS);
    rest.is_empty() || rest.starts_with('#')
}

/// Each stretch of these bytes that is no comment, line by line and without the blanks around it.
pub(crate) fn outside_comments(text: &str, span: Range<usize>) -> impl Iterator<Item = Range<usize>> {
    let mut at = span.start;
    std::iter::from_fn(move || {
        if span.end <= at {
            return None;
        }
        let start = at;
        at = next_line(text, at);
        let line = &text[start..span.end.min(line_end(text, start))];
        let letters = line.split('#').next().unwrap_or_default();
        let first = start + (letters.len() - letters.trim_start_matches(BLANKS).len());
        Some(first..first + letters.trim_matches(BLANKS).len())
    })
    .filter(|stretch| !stretch.is_empty())
}

/// The first such character in these bytes that is in no comment.
pub(crate) fn find_outside_comments(text: &str, span: Range<usize>, wanted: char) -> Option<usize> {
    outside_comments(text, span).find_map(|stretch| {
        let found = text[stretch.clone()].find(wanted)?;
        Some(stretch.start + found)
    })
}
