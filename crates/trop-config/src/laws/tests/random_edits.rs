//! Whatever a file looks like: after an edit it says exactly what was asked for, and every comment is there.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use trop_model::{Exclusions, PortRange};

use super::random_texts::{nearly, rubble};
use crate::laws::exclusions::{excluded, has_compacted};
use crate::laws::{Edited, text_with_exclusions};

/// How a list is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Style {
    /// `[5001, 5002]`
    OneLine,
    /// Brackets around lines.
    Lines,
    /// Brackets, and breaks anywhere.
    Ragged,
    /// Lines with dashes.
    Dashes,
}

/// How an entry is written.
#[derive(Debug, Clone, Copy)]
enum Entry {
    Plain,
    Quoted,
    Ends,
}

/// A file that nothing is wrong with.
#[derive(Debug, Clone)]
struct Written {
    text: String,
    ranges: Vec<PortRange>,
}

fn range() -> impl Strategy<Value = PortRange> {
    (5001..5016_u16, 0..4_u16).prop_map(|(first, more)| format!("{first}..{}", first + more).parse().unwrap())
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![4 => Just(Entry::Plain), 1 => Just(Entry::Quoted), 1 => Just(Entry::Ends)]
}

fn written_entry(range: PortRange, entry: Entry) -> String {
    match entry {
        Entry::Plain => range.to_string(),
        Entry::Quoted => format!("'{range}'"),
        Entry::Ends => format!("{{start: {}, end: {}}}", range.first(), range.last()),
    }
}

/// A list behind its key, with a comment of its own behind some of its lines.
fn list(style: Style, entries: &[(PortRange, Entry, u8)], with_last_comma: bool) -> String {
    let mut text = if style == Style::Dashes { ":".to_owned() } else { ": [".to_owned() };
    for (index, (range, entry, more)) in entries.iter().enumerate() {
        let written = written_entry(*range, *entry);
        let comma = if index + 1 < entries.len() || with_last_comma { "," } else { "" };
        let comment = if more % 2 == 1 { format!("  # entry {index}") } else { String::new() };
        let above = if more % 5 == 4 { format!("\n  # above {index}") } else { String::new() };
        text += &match style {
            Style::OneLine => format!("{written}{comma} "),
            Style::Lines => format!("{above}\n  {written}{comma}{comment}"),
            Style::Ragged if comment.is_empty() => format!("{written}{comma} "),
            Style::Ragged if *more < 5 => format!("{written} {comma}{comment}\n "),
            Style::Ragged => format!("{written}{comment}\n  {comma} "),
            Style::Dashes => format!("{above}\n  - {written}{comment}"),
        };
    }
    match style {
        Style::Dashes => text,
        Style::Lines => text + "\n]",
        Style::OneLine | Style::Ragged => text + "]",
    }
}

/// Any list, and other lines before and behind it.
fn files() -> impl Strategy<Value = Written> {
    let styles = [Style::OneLine, Style::Lines, Style::Ragged, Style::Dashes];
    let entries = proptest::collection::vec((range(), entry(), 0..10_u8), 0..7);
    let around = ["", "# a comment\n", "\n", "project: 'a # b'\n", "ports: {min: 5000} # c\n", "# d\n\n"];
    let around = proptest::sample::select(around.to_vec());
    let parts = (proptest::sample::select(styles.to_vec()), entries, any::<bool>(), any::<bool>());
    let shape = (proptest::sample::select(vec!["\n", "\r\n", "\r"]), any::<bool>(), any::<bool>(), 0..3_u8);
    (around.clone(), parts, around, shape).prop_map(|(before, parts, after, shape)| {
        let (style, entries, with_last_comma, has_key) = parts;
        let (line_break, has_mark, has_last_break, markers) = shape;
        let value = match (entries.is_empty(), style) {
            (true, Style::Dashes) => ":".to_owned(),
            _ => list(style, &entries, with_last_comma && !entries.is_empty()),
        };
        let key = if has_key { format!("excluded_ports{value} # key\n") } else { String::new() };
        let after = if after == before { "" } else { after };
        let (begin, end) = if markers == 0 { ("--- # begin\n", "...\n# end\n") } else { ("", "") };
        let lines = format!("{begin}{before}{key}{after}{end}").replace('\n', line_break);
        let lines = if has_last_break { &lines } else { lines.trim_end_matches(line_break) };
        let mark = if has_mark { "\u{feff}" } else { "" };
        let ranges = if has_key { entries.iter().map(|(range, ..)| *range).collect() } else { Vec::new() };
        Written { text: format!("{mark}{lines}"), ranges }
    })
}

#[test]
fn an_edit_gives_what_was_asked_for_and_keeps_every_comment() {
    let [added, covered, compacted, compact] = [const { Cell::new(0) }; 4];
    let count = |cell: &Cell<u32>| cell.set(cell.get() + 1);
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(files(), proptest::collection::vec(range(), 1..3)), |(Written { text, ranges }, new)| {
            let there: Exclusions = ranges.iter().copied().collect();
            prop_assert_eq!(excluded(&text), there, "{}", text);
            match text_with_exclusions(&text, &new) {
                Edited::Added => count(&added),
                Edited::Covered => count(&covered),
                other => prop_assert!(false, "{:?}: {}", other, text),
            }
            count(if has_compacted(&text) { &compacted } else { &compact });
            Ok(())
        })
        .unwrap();
    let counts = [added, covered, compacted, compact].map(|cell| cell.get());
    assert!(counts.iter().all(|count| 40 < *count), "{counts:?}");
}

#[test]
fn any_text_is_edited_rightly_or_refused() {
    let [edited, wrong] = [const { Cell::new(0) }; 2];
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    let with_list = nearly().prop_map(|text| format!("excluded_ports: {text}"));
    let new: PortRange = "7000".parse().unwrap();
    TestRunner::new(config)
        .run(&prop_oneof![rubble(), nearly(), with_list], |text| {
            match text_with_exclusions(&text, &[new]) {
                Edited::Added => edited.set(edited.get() + 1),
                Edited::Wrong => wrong.set(wrong.get() + 1),
                Edited::Covered | Edited::Intricate => {}
            }
            Ok(())
        })
        .unwrap();
    assert!(50 < edited.get() && 500 < wrong.get(), "{} and {}", edited.get(), wrong.get());
}
