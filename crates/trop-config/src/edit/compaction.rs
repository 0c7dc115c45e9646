//! Merging entries of a list that overlap or are adjacent.

use std::ops::Range;

use trop_model::{Exclusions, PortRange};

use super::patch::Patch;
use super::removal::remove;
use super::{find_list, quotes_of};
use crate::lines::find_outside_comments;
use crate::yaml::{Form, Kind, Node};

/// Writes each merged range where the first of its entries stands, and takes the others out. `None` where it does not show how.
pub(super) fn patches(
    text: &str,
    root: &Node,
    ranges: &[PortRange],
    merged: &Exclusions,
) -> Option<Vec<Patch>> {
    let (_, list) = find_list(root)?;
    let Kind::List(items) = &list.kind else { return None };
    let mut patches = Vec::new();
    let mut is_removed = vec![false; items.len()];
    for whole in merged.ranges() {
        let is_part = |index: &usize| whole.contains(ranges[*index].first());
        let parts: Vec<usize> = (0..ranges.len()).filter(is_part).collect();
        let [first, others @ ..] = parts.as_slice() else { continue };
        if others.is_empty() {
            continue;
        }
        if parts.iter().any(|part| is_marked(&items[*part])) {
            return None;
        }
        if ranges[*first] != *whole {
            patches.extend(rewritten(text, &items[*first], *whole));
        }
        others.iter().for_each(|other| is_removed[*other] = true);
    }
    patches.extend(match list.form {
        Form::Block => without_dashes(text, items, &is_removed)?,
        Form::Flow => without_commas(text, list, items, &is_removed)?,
        Form::Marked(_) => return None,
    });
    Some(patches)
}

/// Whether some part of it is more than its letters.
fn is_marked(item: &Node) -> bool {
    matches!(item.form, Form::Marked(_))
        || match &item.kind {
            Kind::Plain(_) | Kind::Quoted(_) | Kind::List(_) => false,
            Kind::Mapping(ends) => ends.iter().any(|(key, value)| is_marked(key) || is_marked(value)),
        }
}

/// Makes another range of an entry, which keeps its quotes, or its start and its end.
fn rewritten(text: &str, item: &Node, range: PortRange) -> Vec<Patch> {
    let Kind::Mapping(ends) = &item.kind else {
        let quotes = quotes_of(text, item);
        return vec![Patch::replace(item.extent.clone(), format!("{quotes}{range}{quotes}"))];
    };
    let of_end = |(key, value): &(Node, Node)| {
        let port = if key.text() == Some("start") { range.first() } else { range.last() };
        Patch::replace(value.extent.clone(), port.to_string())
    };
    ends.iter().map(of_end).collect()
}

/// Takes those items out, each from its dash on. The first item always stays.
fn without_dashes(text: &str, items: &[Node], is_removed: &[bool]) -> Option<Vec<Patch>> {
    let pairs = items.windows(2).zip(&is_removed[1..]).filter(|(_, is_removed)| **is_removed);
    let removed: Option<Vec<Range<usize>>> = pairs
        .map(|(pair, _)| {
            let dash = find_outside_comments(text, pair[0].extent.end..pair[1].extent.start, '-')?;
            Some(dash..pair[1].extent.end)
        })
        .collect();
    Some(remove(text, &removed?))
}

/// Takes those items out, and of the commas those that are too many then.
fn without_commas(text: &str, list: &Node, items: &[Node], is_removed: &[bool]) -> Option<Vec<Patch>> {
    let last_that_stays = is_removed.iter().rposition(|is_removed| !is_removed)?;
    let tail = items[last_that_stays].extent.end..items.last()?.extent.end;
    let ends = items.iter().skip(1).map(|next| next.extent.start).chain([list.extent.end - 1]);
    let comma = |(item, end): (&Node, usize)| find_outside_comments(text, item.extent.end..end, ',');
    let commas: Vec<Option<usize>> = items.iter().zip(ends).map(comma).collect();
    let mut removed = Vec::new();
    for (index, item) in items.iter().enumerate().filter(|(index, _)| is_removed[*index]) {
        removed.push(item.extent.clone());
        removed.extend(commas[index].map(|comma| comma..comma + 1));
    }
    if tail.is_empty() {
        return Some(remove(text, &removed));
    }
    // Without comments there, what stood behind the last item comes to stand behind the one that is the last now.
    if !text[tail.clone()].contains('#') {
        removed.retain(|span| span.start < tail.start);
        let mut patches = remove(text, &removed);
        patches.push(Patch::remove(tail));
        return Some(patches);
    }
    if commas.last()?.is_none() {
        removed.extend(commas[last_that_stays].map(|comma| comma..comma + 1));
    }
    Some(remove(text, &removed))
}
