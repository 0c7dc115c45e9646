//! An edit of `excluded_ports` gives what was asked for and keeps everything else, comments above all.

use std::ops::Range;

use trop_model::{Exclusions, PortRange};

use super::configuration::{layer, merged};
use crate::edit::find_list;
use crate::lines::{BREAKS, line_start, next_line};
use crate::yaml;
use crate::{CannotEdit, FileKind, Layers, Resolved, Source, Value, settings, text_with_compact_exclusions};

/// What became of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Edited {
    /// It has the ports now.
    Added,
    /// It had them.
    Covered,
    /// It is written in a way that is not changed.
    Intricate,
    /// Something is wrong with it.
    Wrong,
}

/// A line with the ports to add, as in `5001,5005..5009`, and behind it the text to add them to.
///
/// # Panics
/// When the law is broken.
pub fn exclusions(bytes: &[u8]) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    let (line, text) = input.split_once('\n').unwrap_or(("", input));
    let Ok(Value::Ports(new)) = settings::EXCLUDED_PORTS.declaration.rule.parse(line) else { return };
    text_with_exclusions(text, &new);
}

/// Adds the ports to the text, merges its list, and does both twice.
///
/// # Panics
/// When the law is broken.
pub fn text_with_exclusions(text: &str, new: &[PortRange]) -> Edited {
    let (grown, edited) = match crate::text_with_exclusions(&source(text), new) {
        Ok(Some(grown)) => (grown, Edited::Added),
        Ok(None) => (text.to_owned(), Edited::Covered),
        Err(CannotEdit::Intricate(_)) => (text.to_owned(), Edited::Intricate),
        Err(CannotEdit::Wrong(error)) => {
            assert!(!error.problems.is_empty(), "refused without a reason");
            assert!(merged(FileKind::Tropfile, text).is_err(), "refused although nothing is wrong: {text:?}");
            return Edited::Wrong;
        }
    };
    let there = excluded(text);
    let wanted: Exclusions = there.ranges().iter().chain(new).copied().collect();
    match edited {
        Edited::Added => {
            require_only_this_change(text, &grown, &wanted);
            let again = crate::text_with_exclusions(&source(&grown), new);
            assert!(matches!(again, Ok(None)), "added twice to {text:?}: {again:?}");
        }
        Edited::Covered => assert_eq!(there, wanted, "{text:?} is said to have them all"),
        Edited::Intricate | Edited::Wrong => {}
    }
    has_compacted(&grown);
    edited
}

/// Merges the entries of the list in a text that nothing is wrong with. Whether there was something to merge.
pub(super) fn has_compacted(text: &str) -> bool {
    match text_with_compact_exclusions(&source(text)) {
        Ok(Some(short)) => {
            require_only_this_change(text, &short, &excluded(text));
            let again = text_with_compact_exclusions(&source(&short));
            assert!(matches!(again, Ok(None)), "merged twice: {text:?} became {short:?}, then {again:?}");
            true
        }
        Ok(None) | Err(CannotEdit::Intricate(_)) => false,
        Err(CannotEdit::Wrong(error)) => panic!("{text:?} was good before: {error}"),
    }
}

/// The new text excludes what was wanted, says everything else as before, and differs where the list stands and nowhere else.
fn require_only_this_change(before: &str, after: &str, wanted: &Exclusions) {
    let edit = || format!("{before:?} became {after:?}");
    assert_eq!(excluded(after), *wanted, "{}", edit());
    assert_eq!(others(before), others(after), "{}", edit());
    assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'), "{}", edit());
    // Lines that are merged may take the only break of their kind with them.
    let is_new = |kind: char| holds_break(after, kind) && !holds_break(before, kind);
    assert!(!before.contains(BREAKS) || !BREAKS.into_iter().any(is_new), "{}", edit());
    let Some(lines) = lines_of_list(before) else {
        // Where there is no list, letters are put in and none is taken away.
        let mut letters = after.chars();
        assert!(before.chars().all(|letter| letters.any(|other| other == letter)), "{}", edit());
        assert_eq!(before.matches('#').count(), after.matches('#').count(), "{}", edit());
        return;
    };
    let rest = &before[lines.end..];
    assert!(lines.start + rest.len() <= after.len(), "{}", edit());
    assert!(after.starts_with(&before[..lines.start]) && after.ends_with(rest), "{}", edit());
    let lines_after = lines.start..after.len() - rest.len();
    assert_eq!(comments(&before[lines]), comments(&after[lines_after]), "{}", edit());
}

/// The whole lines in which the list stands, or that null which takes its place.
fn lines_of_list(text: &str) -> Option<Range<usize>> {
    let root = yaml::parse(text).ok()?;
    let extent = match find_list(&root) {
        Some((key, value)) => key.extent.start..value.extent.end.max(key.extent.end),
        None if root.is_null() && !root.extent.is_empty() => root.extent,
        None => return None,
    };
    Some(line_start(text, extent.start)..next_line(text, extent.end))
}

/// What begins with a `#` in each line, in the order of the text.
fn comments(lines: &str) -> Vec<&str> {
    lines.split(BREAKS).filter_map(|line| line.find('#').map(|start| &line[start..])).collect()
}

/// Whether a line ends with that character; a line feed counts where it is not the second half of a break.
fn holds_break(text: &str, kind: char) -> bool {
    text.replace("\r\n", "\r").contains(kind)
}

fn source(text: &str) -> Source {
    Source::new(FileKind::Tropfile, "/srv/trop.yaml", text)
}

/// The ports that a good text excludes, whatever it is at odds with that other layers say.
pub(super) fn excluded(text: &str) -> Exclusions {
    let mut layers = Layers::default();
    layers.push(layer(FileKind::Tropfile, text));
    match layers.find(&settings::EXCLUDED_PORTS) {
        Ok(excluded) => excluded,
        Err(error) => panic!("something is wrong with {text:?}: {error}"),
    }
}

/// What else it says.
fn others(text: &str) -> Vec<(&'static str, Option<Value>)> {
    let resolved =
        merged(FileKind::Tropfile, text).map_or_else(|_| Vec::new(), |effective| effective.resolved());
    let is_other = |one: &Resolved| one.declaration.key != settings::EXCLUDED_PORTS.declaration.key;
    resolved.into_iter().filter(is_other).map(|one| (one.declaration.key, one.value)).collect()
}
