//! What is put between brackets or braces, behind what stands there.

use std::ops::Range;

use super::patch::Patch;
use crate::lines::{ends_its_line, find_outside_comments, indentation, is_blank, line_break, line_end};

/// Adds to the elements of a list or a mapping in flow style, of which `outer` is all, from bracket to bracket.
pub(super) fn add(text: &str, outer: &Range<usize>, elements: &[Range<usize>], new: &[String]) -> Vec<Patch> {
    let [.., last] = elements else { return vec![into_empty(text, outer, new)] };
    let indentations: Option<Vec<&str>> =
        elements.iter().map(|element| indentation(text, element.start)).collect();
    match indentations.as_deref() {
        Some([.., indentation]) => on_lines_of_their_own(text, outer, last, indentation, new),
        _ => {
            let separator = separator(text, elements);
            let added: String = new.iter().map(|element| format!("{separator}{element}")).collect();
            vec![Patch::insert(last.end, added)]
        }
    }
}

fn into_empty(text: &str, outer: &Range<usize>, new: &[String]) -> Patch {
    let inner = outer.start + 1..outer.end - 1;
    let replaced = if is_blank(&text[inner.clone()]) { inner } else { inner.start..inner.start };
    Patch::replace(replaced, new.join(", "))
}

/// Where every element begins a line. The comma stands behind the element, in front of its comment; a last comma there is one
/// afterwards, too.
fn on_lines_of_their_own(
    text: &str,
    outer: &Range<usize>,
    last: &Range<usize>,
    indentation: &str,
    new: &[String],
) -> Vec<Patch> {
    let comma = find_outside_comments(text, last.end..outer.end - 1, ',');
    let lines: Vec<String> =
        new.iter().map(|element| format!("{}{indentation}{element}", line_break(text))).collect();
    let lines = lines.join(",");
    let end_of_last = comma.map_or(last.end, |comma| comma + 1);
    match (comma, ends_its_line(text, end_of_last)) {
        (Some(_), true) => vec![Patch::insert(line_end(text, end_of_last), format!("{lines},"))],
        (None, true) => {
            vec![Patch::insert(last.end, ","), Patch::insert(line_end(text, end_of_last), lines)]
        }
        // The bracket, or the comma, has a place in this line.
        (_, false) => vec![Patch::insert(last.end, format!(",{lines}"))],
    }
}

/// What stands between the first two elements, when it is a comma and no comment.
fn separator<'t>(text: &'t str, elements: &[Range<usize>]) -> &'t str {
    let [first, second, ..] = elements else { return ", " };
    let between = text.get(first.end..second.start).unwrap_or_default();
    if between.trim() == "," { between } else { ", " }
}
