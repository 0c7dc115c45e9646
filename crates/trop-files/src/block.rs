//! One block of lines between two marker lines, in a text that belongs to somebody else.

use std::ops::Range;

/// What stands in front of the first line of some texts. It is no part of that line.
const BYTE_ORDER_MARK: &[u8] = b"\xef\xbb\xbf";
/// How a text in UTF-16 begins, in either order of its bytes.
const UTF_16_MARKS: [&[u8]; 2] = [b"\xff\xfe", b"\xfe\xff"];

/// What a text is to hold between two lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Block<'b> {
    /// The line in front of the block: one line without its end, without blanks at the end, and another one than
    /// [`end`](Block::end).
    pub begin: &'b str,
    /// The line behind the block, of the same kind.
    pub end: &'b str,
    /// The lines between them, without their ends. None is a marker, and none holds a line end.
    pub lines: &'b [String],
}

/// Why a text cannot get a block. Lines are counted from 1.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum BlockError {
    /// A block begins, and never ends.
    #[error("line {line} begins a block that no later line ends")]
    NoEnd {
        /// The line that begins it.
        line: usize,
    },
    /// A block ends that never began.
    #[error("line {line} ends a block that no earlier line begins")]
    NoBegin {
        /// The line that ends it.
        line: usize,
    },
    /// There are two blocks at least, and nobody knows which one is meant.
    #[error("line {first} begins a block, and line {second} begins another one")]
    Twice {
        /// The line that begins the first one.
        first: usize,
        /// The line that begins the second one.
        second: usize,
    },
    /// UTF-16, or bytes that no text has.
    #[error("it is UTF-16, or no text at all")]
    NotText,
}

/// The text in which the block between the two markers holds exactly these lines. Every byte outside of it stays, the
/// markers themselves too.
///
/// Where there is no block yet, it comes at the end, after a line end when the last line has none. Its own lines end like the
/// marker that begins it, which is new at first and then ends like the first line of the text; in an empty text that is
/// `\n`.
///
/// A marker is a line that is equal to it when blanks at its end, and a byte order mark in front of the first line, are taken
/// away. The text need not be UTF-8.
///
/// # Errors
/// When the text is no text, has half a block, or more than one.
pub fn with_block(text: &[u8], block: &Block<'_>) -> Result<Vec<u8>, BlockError> {
    if text.contains(&0) || UTF_16_MARKS.iter().any(|mark| text.starts_with(mark)) {
        return Err(BlockError::NotText);
    }
    let Some(body) = find_body(text, block)? else {
        return Ok(with_block_at_end(text, block));
    };
    let (before, after) = (&text[..body.start], &text[body.end..]);
    let lines: Vec<u8> = joined(block.lines.iter().map(String::as_str), line_end(before));
    Ok([before, &lines, after].concat())
}

/// What lies between the two markers.
fn find_body(text: &[u8], block: &Block<'_>) -> Result<Option<Range<usize>>, BlockError> {
    let mut open = None;
    let mut found = None;
    let mut next_line_at = 0;
    for (number, line) in (1..).zip(lines(text)) {
        let line_at = next_line_at;
        next_line_at += line.len();
        let line = if number == 1 { line.strip_prefix(BYTE_ORDER_MARK).unwrap_or(line) } else { line };
        let line = line.trim_ascii_end();
        if line == block.begin.as_bytes() {
            let earlier = open.map(|(line, _)| line).or(found.as_ref().map(|(line, _)| *line));
            if let Some(first) = earlier {
                return Err(BlockError::Twice { first, second: number });
            }
            open = Some((number, next_line_at));
        } else if line == block.end.as_bytes() {
            let Some((begin, body_at)) = open.take() else {
                return Err(BlockError::NoBegin { line: number });
            };
            found = Some((begin, body_at..line_at));
        }
    }
    match open {
        Some((line, _)) => Err(BlockError::NoEnd { line }),
        None => Ok(found.map(|(_, body)| body)),
    }
}

fn with_block_at_end(text: &[u8], block: &Block<'_>) -> Vec<u8> {
    let line_end = lines(text).next().map_or("\n", line_end);
    let is_in_a_line = !(text.is_empty() || text == BYTE_ORDER_MARK || text.ends_with(b"\n"));
    let missing_line_end = if is_in_a_line { line_end } else { "" };
    let whole_block =
        [block.begin].into_iter().chain(block.lines.iter().map(String::as_str)).chain([block.end]);
    [text, missing_line_end.as_bytes(), &joined(whole_block, line_end)].concat()
}

/// Each with its end, which only the last one may lack.
fn lines(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split_inclusive(|byte| *byte == b'\n')
}

/// How the last of these lines ends.
fn line_end(lines: &[u8]) -> &'static str {
    if lines.ends_with(b"\r\n") { "\r\n" } else { "\n" }
}

fn joined<'l>(lines: impl Iterator<Item = &'l str>, line_end: &str) -> Vec<u8> {
    lines.flat_map(|line| [line, line_end]).collect::<String>().into_bytes()
}
