//! What keeps a list from being changed.

use std::ops::Range;

use super::find_list;
use crate::lines::{find_outside_comments, indentation, is_blank, line_start};
use crate::yaml::{Form, Kind, Mark, Node};

/// What was to become of the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Change {
    /// Something was to be added.
    Addition,
    /// Entries were to be merged.
    Compaction,
}

/// What stands in the way, and where.
pub(super) struct Obstacle {
    pub(super) what: &'static str,
    pub(super) span: Range<usize>,
}

/// Why that change cannot be made, where it shows.
pub(super) fn find(text: &str, root: &Node, change: Change) -> Option<Obstacle> {
    let (key, list) = find_list(root)?;
    if let Form::Marked(mark) = list.form {
        let span = marked(text, key.extent.end, list, mark);
        return Some(Obstacle { what: on_list(mark), span });
    }
    let entry = match change {
        Change::Addition => match around_key(text, key, list) {
            None => in_front_of_last(text, list),
            around_key => return around_key,
        },
        Change::Compaction => marked_entry(text, list),
    };
    entry.or_else(|| block_scalar(text, list))
}

/// The anchors inside the list, or in front of it, that are called for elsewhere.
pub(super) fn anchors_of_aliases(text: &str, root: &Node) -> Vec<String> {
    let Some((key, list)) = find_list(root) else { return Vec::new() };
    let inside = key.extent.end..list.extent.end.max(key.extent.end);
    let is_name = |found: char| !found.is_whitespace() && !"[]{},".contains(found);
    let elsewhere = [&text[..inside.start], &text[inside.end..]];
    let names = text[inside].split('&').skip(1).map(|rest| rest.split(|found| !is_name(found)).next());
    let names = names.flatten().filter(|name| !name.is_empty());
    let is_called_for = |name: &&str| {
        let mut aliases = elsewhere.iter().flat_map(|part| part.split('*').skip(1));
        aliases.any(|rest| rest.strip_prefix(name).is_some_and(|rest| !rest.starts_with(is_name)))
    };
    names.filter(is_called_for).map(str::to_owned).collect()
}

fn on_list(mark: Mark) -> &'static str {
    match mark {
        Mark::Alias => "the list is an alias",
        Mark::Anchor => "the list has an anchor",
        Mark::Tag => "the list has a tag",
    }
}

fn on_entry(mark: Mark) -> &'static str {
    match mark {
        Mark::Alias => "an entry is an alias",
        Mark::Anchor => "an entry has an anchor",
        Mark::Tag => "an entry has a tag",
    }
}

/// The anchor or tag in front of a node and behind `from`, or the alias that it is.
fn marked(text: &str, from: usize, node: &Node, mark: Mark) -> Range<usize> {
    let sign = match mark {
        Mark::Alias => return node.extent.clone(),
        Mark::Anchor => '&',
        Mark::Tag => '!',
    };
    let found = find_outside_comments(text, from..node.extent.start.max(from), sign);
    found.map_or_else(|| node.extent.clone(), |start| start..word_end(text, start))
}

fn word_end(text: &str, start: usize) -> usize {
    text[start..].find(char::is_whitespace).map_or(text.len(), |length| start + length)
}

/// A question mark in front of the key, or no colon behind it.
fn around_key(text: &str, key: &Node, list: &Node) -> Option<Obstacle> {
    let start = line_start(text, key.extent.start);
    let before = &text[start..key.extent.start];
    if let Some(at) = before.rfind('?').filter(|at| is_blank(&before[at + 1..])) {
        let at = start + at;
        return Some(Obstacle { what: "its key is written with a question mark", span: at..at + 1 });
    }
    let has_colon = text[key.extent.end..].trim_start().starts_with(':');
    (list.is_null() && !has_colon)
        .then(|| Obstacle { what: "its key has no colon", span: key.extent.clone() })
}

/// A dash that does not stand in front of its entry.
fn in_front_of_last(text: &str, list: &Node) -> Option<Obstacle> {
    let (Kind::List(items), Form::Block) = (&list.kind, list.form) else { return None };
    let last = &items.last()?.extent;
    indentation(text, last.start)?;
    Some(Obstacle { what: "an entry does not stand in the line of its dash", span: last.clone() })
}

fn marked_entry(text: &str, list: &Node) -> Option<Obstacle> {
    let Kind::List(items) = &list.kind else { return None };
    let mut from = list.extent.start;
    items.iter().find_map(|item| {
        let obstacle = mark_in(text, from, item);
        from = item.extent.end;
        obstacle
    })
}

/// The mark on an entry, or on one of its ends.
fn mark_in(text: &str, from: usize, item: &Node) -> Option<Obstacle> {
    if let Form::Marked(mark) = item.form {
        return Some(Obstacle { what: on_entry(mark), span: marked(text, from, item, mark) });
    }
    let Kind::Mapping(ends) = &item.kind else { return None };
    ends.iter().find_map(|(key, value)| {
        mark_in(text, item.extent.start, key).or_else(|| mark_in(text, key.extent.end, value))
    })
}

fn block_scalar(text: &str, list: &Node) -> Option<Obstacle> {
    let Kind::List(items) = &list.kind else { return None };
    let is_block = |item: &&Node| {
        matches!(item.kind, Kind::Quoted(_)) && !text[item.extent.clone()].starts_with(['"', '\''])
    };
    let found = items.iter().find(is_block)?;
    Some(Obstacle { what: "an entry is a block of text", span: found.extent.clone() })
}
