//! Taking something out of a text, line by line, so that neither comments go nor empty lines stay.

use std::collections::BTreeMap;
use std::ops::Range;

use super::patch::Patch;
use crate::lines::{
    BLANKS, BREAKS, in_front_of_break, is_blank, line_end, line_start, next_line, outside_comments,
};

/// Removes these bytes, but for the comments in them; and the lines of which nothing is left then.
pub(super) fn remove(text: &str, spans: &[Range<usize>]) -> Vec<Patch> {
    let mut by_line: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for stretch in spans.iter().flat_map(|span| outside_comments(text, span.clone())) {
        by_line.entry(line_start(text, stretch.start)).or_default().push(stretch);
    }
    let removed = by_line.into_iter().flat_map(|(start, stretches)| from_line(text, start, stretches));
    let mut removed = joined(removed.collect(), |from, to| from == to);
    // When the last lines go and had no break at the end, the one that is the last then has none either.
    if let Some(last) = removed.last_mut()
        && last.end == text.len()
        && !text.ends_with(BREAKS)
    {
        last.start = in_front_of_break(text, last.start);
    }
    removed.into_iter().map(Patch::remove).collect()
}

/// The stretches in their order, as one where the end of one and the start of the next belong together.
fn joined(
    mut stretches: Vec<Range<usize>>,
    belong_together: impl Fn(usize, usize) -> bool,
) -> Vec<Range<usize>> {
    stretches.sort_by_key(|stretch| stretch.start);
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if belong_together(last.end, stretch.start) => last.end = stretch.end,
            _ => joined.push(stretch),
        }
    }
    joined
}

/// What is removed of a line, or the line with its break.
fn from_line(text: &str, start: usize, stretches: Vec<Range<usize>>) -> Vec<Range<usize>> {
    let stretches = joined(stretches, |from, to| is_blank(&text[from..to]));
    let end = line_end(text, start);
    if let [only] = stretches.as_slice()
        && is_blank(&text[start..only.start])
        && is_blank(&text[only.end..end])
    {
        let line = start..next_line(text, start);
        return vec![line];
    }
    stretches.into_iter().map(|stretch| with_blanks(text, start, end, stretch)).collect()
}

/// A stretch of a line with the blanks in front of it; with those behind it where it begins the line, so that what follows has its
/// indentation.
fn with_blanks(text: &str, start: usize, end: usize, stretch: Range<usize>) -> Range<usize> {
    let before = text[start..stretch.start].trim_end_matches(BLANKS);
    if !before.is_empty() {
        return start + before.len()..stretch.end;
    }
    let behind = &text[stretch.end..end];
    let blanks = behind.len() - behind.trim_start_matches(BLANKS).len();
    stretch.start..stretch.end + blanks
}
