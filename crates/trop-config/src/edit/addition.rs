//! Where ports that are added to a list go.

use std::ops::Range;

use trop_model::PortRange;

use super::patch::Patch;
use super::{brackets, find_list, line_with, list_of, quotes_of};
use crate::lines::{
    BLANKS, find_outside_comments, indentation, is_blank, line_break, line_end, line_start, next_line,
};
use crate::yaml::{Form, Kind, Node};

/// Adds the ports behind what the list holds, or a list where there is none. `None` where it does not show how.
pub(super) fn patches(text: &str, root: &Node, new: &[PortRange]) -> Option<Vec<Patch>> {
    let Some((key, value)) = find_list(root) else { return with_list(text, root, new) };
    match (&value.kind, value.form) {
        (_, Form::Marked(_)) => None,
        (Kind::List(items), Form::Block) => below(text, items, new),
        (Kind::List(items), Form::Flow) => {
            let extents: Vec<Range<usize>> = items.iter().map(|item| item.extent.clone()).collect();
            Some(brackets::add(text, &value.extent, &extents, &like_the_last(text, items, new)))
        }
        _ => in_place_of_nothing(text, key, value, new),
    }
}

/// One line for each, behind the lines of the last item, and with a dash as there.
fn below(text: &str, items: &[Node], new: &[PortRange]) -> Option<Vec<Patch>> {
    let last = &items.last()?.extent;
    let line = &text[line_start(text, last.start)..last.start];
    let dash = line.find('-').filter(|dash| is_blank(&line[..*dash]))?;
    let behind_dash = &line[dash + 1..];
    let gap = behind_dash.len() - behind_dash.trim_start_matches(' ').len();
    let prefix = &line[..=dash + gap];
    let lines = like_the_last(text, items, new).into_iter();
    let added: String = lines.map(|item| format!("{}{prefix}{item}", line_break(text))).collect();
    Some(vec![Patch::insert(line_end(text, last.end), added)])
}

/// The ranges as items, in quotes when the last one has some.
fn like_the_last(text: &str, items: &[Node], new: &[PortRange]) -> Vec<String> {
    let quotes = items.last().map_or("", |last| quotes_of(text, last));
    new.iter().map(|range| format!("{quotes}{range}{quotes}")).collect()
}

/// The key is there, and stands for nothing.
fn in_place_of_nothing(text: &str, key: &Node, value: &Node, new: &[PortRange]) -> Option<Vec<Patch>> {
    if !value.extent.is_empty() {
        return Some(vec![Patch::replace(value.extent.clone(), list_of(new))]);
    }
    let colon = find_outside_comments(text, key.extent.end..line_end(text, key.extent.end), ':')?;
    Some(vec![Patch::insert(colon + 1, format!(" {}", list_of(new)))])
}

/// There is no such key.
fn with_list(text: &str, root: &Node, new: &[PortRange]) -> Option<Vec<Patch>> {
    match (&root.kind, root.form) {
        (Kind::Mapping(entries), Form::Flow) => {
            let extents = entries.iter().map(|(key, value)| {
                let end = key.extent.end.max(value.extent.end);
                key.extent.start..end
            });
            Some(brackets::add(text, &root.extent, &extents.collect::<Vec<_>>(), &[line_with(new)]))
        }
        (Kind::Mapping(_), Form::Block) => {
            let indentation = indentation(text, root.extent.start)?;
            Some(vec![at_the_end(text, root, &format!("{indentation}{}", line_with(new)))])
        }
        _ if root.is_null() && !root.extent.is_empty() && root.form == Form::Flow => {
            Some(vec![in_place_of_null(text, root, &line_with(new))])
        }
        _ => Some(vec![at_the_end(text, root, &line_with(new))]),
    }
}

/// A key cannot stand in the line of the marker `---`.
fn in_place_of_null(text: &str, null: &Node, line: &str) -> Patch {
    if indentation(text, null.extent.start).is_some() {
        return Patch::replace(null.extent.clone(), line);
    }
    let before = text[..null.extent.start].trim_end_matches(BLANKS).len();
    Patch::replace(before..null.extent.end, format!("{}{line}", line_break(text)))
}

/// A line behind all others of the document. A text whose last line has no end has none afterwards either.
fn at_the_end(text: &str, root: &Node, line: &str) -> Patch {
    let at = document_end(text, root.extent.end);
    let line_break = line_break(text);
    let begins_a_line = line_start(text, at) == at;
    let added = if begins_a_line { format!("{line}{line_break}") } else { format!("{line_break}{line}") };
    Patch::insert(at, added)
}

/// Where the marker `...` stands, else the end of the text.
fn document_end(text: &str, content_end: usize) -> usize {
    let begins_a_line = line_start(text, content_end) == content_end;
    let first = if begins_a_line { content_end } else { next_line(text, content_end) };
    let mut lines =
        std::iter::successors(Some(first), |at| Some(next_line(text, *at))).take_while(|at| *at < text.len());
    lines.find(|at| text[*at..line_end(text, *at)].starts_with("...")).unwrap_or(text.len())
}
