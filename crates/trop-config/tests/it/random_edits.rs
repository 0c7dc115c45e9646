//! Whatever a file looks like: after an edit it says exactly what was asked for, and every comment is there.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use trop_config::{
    CannotEdit, FileKind, Source, settings, text_with_compact_exclusions, text_with_exclusions,
};
use trop_model::{Exclusions, PortRange};

use crate::files::file;
use crate::layers::merged;
use crate::random_texts::{nearly, rubble};

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

fn source(text: &str) -> Source {
    Source::new(FileKind::Tropfile, "/srv/trop.yaml", text)
}

fn set(ranges: impl IntoIterator<Item = PortRange>) -> Exclusions {
    ranges.into_iter().collect()
}

fn excluded(text: &str) -> Exclusions {
    merged([file(FileKind::Tropfile, text)]).unwrap().get(&settings::EXCLUDED_PORTS)
}

/// Every comment, in the order of the text. The one `#` in these files that is none stands on a line that never changes.
fn comments(text: &str) -> Vec<&str> {
    let lines = text.split(['\n', '\r']);
    lines.filter_map(|line| line.find('#').map(|start| &line[start..])).collect()
}

/// What else it says.
fn others(text: &str) -> String {
    let effective = merged([file(FileKind::Tropfile, text)]).unwrap();
    format!("{:?} {:?}", effective.get(&settings::PROJECT), effective.port_range())
}

fn breaks(text: &str) -> (bool, bool) {
    (text.contains('\r'), text.replace("\r\n", "").contains('\n'))
}

fn check_edit(before: &str, after: &str, wanted: &Exclusions) -> Result<(), TestCaseError> {
    prop_assert_eq!(&excluded(after), wanted, "{:?} became {:?}", before, after);
    prop_assert_eq!(comments(before), comments(after), "{:?} became {:?}", before, after);
    prop_assert_eq!(others(before), others(after));
    let has_breaks = before.contains(['\n', '\r']);
    prop_assert!(!has_breaks || breaks(before) == breaks(after), "{:?} became {:?}", before, after);
    prop_assert_eq!(before.starts_with('\u{feff}'), after.starts_with('\u{feff}'));
    Ok(())
}

#[test]
fn an_edit_gives_what_was_asked_for_and_keeps_every_comment() {
    let [added, covered, compacted, compact] = [const { Cell::new(0) }; 4];
    let count = |cell: &Cell<u32>| cell.set(cell.get() + 1);
    let config = Config { cases: 1_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&(files(), proptest::collection::vec(range(), 1..3)), |(Written { text, ranges }, new)| {
            let there = set(ranges.clone());
            prop_assert_eq!(excluded(&text), there.clone(), "{}", text);
            let wanted = set(ranges.iter().chain(&new).copied());
            let grown = match text_with_exclusions(&source(&text), &new).unwrap() {
                Some(grown) => {
                    count(&added);
                    check_edit(&text, &grown, &wanted)?;
                    prop_assert_eq!(text_with_exclusions(&source(&grown), &new).unwrap(), None);
                    grown
                }
                None => {
                    count(&covered);
                    prop_assert_eq!(&wanted, &there);
                    text
                }
            };
            match text_with_compact_exclusions(&source(&grown)).unwrap() {
                Some(short) => {
                    count(&compacted);
                    check_edit(&grown, &short, &wanted)?;
                    prop_assert_eq!(text_with_compact_exclusions(&source(&short)).unwrap(), None);
                }
                None => count(&compact),
            }
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
            match text_with_exclusions(&source(&text), &[new]) {
                Ok(Some(after)) => {
                    edited.set(edited.get() + 1);
                    let there: Exclusions = excluded(&text);
                    prop_assert_eq!(excluded(&after), set(there.ranges().iter().copied().chain([new])));
                }
                Ok(None) => prop_assert!(excluded(&text).contains(new.first())),
                Err(CannotEdit::Intricate(_)) => {}
                Err(CannotEdit::Wrong(error)) => {
                    wrong.set(wrong.get() + 1);
                    prop_assert!(!error.problems.is_empty());
                }
            }
            let compacted = text_with_compact_exclusions(&source(&text));
            if let Ok(Some(after)) = compacted {
                prop_assert_eq!(excluded(&after), excluded(&text));
            }
            Ok(())
        })
        .unwrap();
    assert!(50 < edited.get() && 500 < wrong.get(), "{} and {}", edited.get(), wrong.get());
}
