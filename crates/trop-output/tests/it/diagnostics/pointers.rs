//! The lines that a problem is in, and the pointer under what is meant.

use std::sync::Arc;

use proptest::prelude::*;
use trop_output::{Diagnostic, ErrorFormat, ExitStatus, Place, Problem, Spot, Style, escaped};
use trop_testkit::snapshot;

use super::{at, problem, whole};
use crate::samples::{HOSTILE, written};

fn diagnostic(message: &str, problems: Vec<Problem>) -> Diagnostic {
    Diagnostic { problems, ..Diagnostic::new(ExitStatus::Configuration, message) }
}

fn in_words(diagnostic: &Diagnostic, style: Style) -> String {
    written(|out| diagnostic.write_to(out, ErrorFormat::Human, style, false))
}

/// How the only problem of a diagnostic is drawn.
fn drawn_with(place: Place, style: Style) -> String {
    in_words(&diagnostic("it is wrong", vec![problem("it is wrong", [place])]), style)
}

fn drawn(marked: &str) -> String {
    drawn_with(at("/srv/trop.yaml", marked), Style::plain())
}

#[test]
fn one_spot_in_many_kinds_of_text() {
    let long = "x".repeat(300);
    let cases: &[(&str, &str)] = &[
        ("in the middle", "# ours\nports:\n  «min»: 5000\n  max: 6000\nproject: shop\n"),
        ("blank lines around", "ports:\n\n  «min»: 5000\n\n  max: 6000\n"),
        ("line numbers of two lengths", "1\n2\n3\n4\n5\n6\n7\n8\n9\n«10»\n11\n"),
        ("byte order mark", "\u{feff}«prots»: 5\n"),
        ("carriage returns", "a: 1\r\n«prots»: 5\r\nb: 2\r\n"),
        ("carriage returns alone", "a: 1\r«prots»: 5\rb: 2\r"),
        ("carriage return within", "a: 1\r\nb: «prots\r»\nc: 2\r\n"),
        ("tabs", "a:\n\tb:\t«5»\t# c\n"),
        ("wide characters", "目录: «プロジェクト» # 👍\n"),
        ("pictures before", "👍👍 é: «x»\n"),
        ("several lines", "a:\n  b: «[1,\n     2,\n     3]»\nc: 4\n"),
        ("a line and its end", "a: 1\n«b: 2\n»c: 3\n"),
        ("many lines", "a: «1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11»\n12\n"),
        ("empty span", "a: 1\nb:«» 2\n"),
        ("end of a line", "a: 1«»\nb: 2\n"),
        ("end of the file", "a: 1\n«»"),
        ("no line end", "a: 1\nb: «2»"),
        ("end of the file without line end", "a: 1«»"),
        ("empty file", "«»"),
        ("nothing but line ends", "\n\n«\n»\n"),
        ("escape sequences", "a: \u{1b}[31m\0«\u{202e}5»\u{2066} \u{9b}2J\n"),
        ("hostile", &format!("a\n{HOSTILE}«{HOSTILE}»")),
        ("long line, at its start", &format!("«a»: {long}\n")),
        ("long line, in the middle", &format!("{long}\n{long}«yes»{long}\n{long}\n")),
        ("long line, at its end", &format!("{long}«yes»\n")),
        ("long line, long span", &format!("a: «{long}»\n")),
        ("long line of what grows", &format!("{0}«5»{0}", "\0".repeat(300))),
    ];
    let sections = cases.iter().map(|(name, marked)| format!("=== {name} ===\n{}\n", drawn(marked)));
    snapshot!("output/diagnostic-pointers", sections.collect::<String>());
}

#[test]
fn a_lone_problem_is_not_said_twice() {
    let with_help = |problem: Problem| Problem { help: Some("write prots as ports".to_owned()), ..problem };
    let alone = |problem: Problem| diagnostic(&problem.message.clone(), vec![problem]);
    let spot = at("trop.yaml", "a: 1\n«prots»: 5\n");
    let cases = [
        ("a spot", alone(problem("unknown key", [spot.clone()]))),
        ("a spot and help", alone(with_help(problem("unknown key", [spot.clone()])))),
        (
            "a spot, help, causes and more help",
            Diagnostic {
                help: Some("see the reference".to_owned()),
                causes: vec!["the cause".to_owned()],
                ..alone(with_help(problem("unknown key", [spot.clone()])))
            },
        ),
        ("a file", alone(problem("is not UTF-8", [whole("trop.yaml")]))),
        ("a file and help", alone(with_help(problem("is not UTF-8", [whole("trop.yaml")])))),
        ("nowhere", alone(problem("TROP_PORT_MIN is no port", []))),
        ("another message", diagnostic("cannot read trop.yaml", vec![problem("unknown key", [spot])])),
    ];
    let sections = cases
        .map(|(name, diagnostic)| format!("=== {name} ===\n{}\n", in_words(&diagnostic, Style::plain())));
    snapshot!("output/diagnostic-lone-problem", sections.concat());
}

#[test]
fn every_place_of_a_problem_is_shown() {
    let key = |marked| at("/srv/trop.yaml", marked);
    let cases = [
        ("neighbours in one file", vec![key("a: 1\n«web»: 2\nweb: 3\n"), key("a: 1\nweb: 2\n«web»: 3\n")]),
        ("the later one is more important", vec![key("web: 1\n\n«web»: 3\n"), key("«web»: 1\n\nweb: 3\n")]),
        ("the same", vec![key("«web»: 1\n"), key("«web»: 1\n")]),
        ("two files", vec![key("min: «7000»\n"), at("/srv/trop.local.yaml", "a: 1\nmax: «6000»\n")]),
        ("a file as a whole", vec![key("min: «7000»\n"), whole("/srv/trop.local.yaml")]),
        ("a file as a whole first", vec![whole("/srv/trop.local.yaml"), key("min: «7000»\n")]),
        ("two files as a whole", vec![whole("/srv/trop.yaml"), whole("/srv/trop.local.yaml")]),
        ("empty files", vec![key("«»"), at("/srv/trop.local.yaml", "«»")]),
    ];
    let sections = cases.map(|(name, places)| {
        let problem =
            Problem { places, help: Some("keep one".to_owned()), ..problem("it contradicts itself", []) };
        format!(
            "=== {name} ===\n{}\n",
            in_words(&diagnostic("cannot read it", vec![problem]), Style::plain())
        )
    });
    snapshot!("output/diagnostic-places", sections.concat());
}

#[test]
fn twenty_problems_are_drawn_unless_everything_is_to_be_told() {
    #[track_caller]
    fn check(count: usize, drawn: usize, last_line: &str) {
        let problems = (0..count).map(|number| problem(&format!("wrong {number}"), []));
        let diagnostic = diagnostic("much is wrong", problems.collect());
        let text = in_words(&diagnostic, Style::plain());
        assert_eq!(text.matches("wrong ").count(), drawn);
        assert_eq!(text.lines().last(), Some(last_line));
        let json = written(|out| diagnostic.write_to(out, ErrorFormat::Json, Style::plain(), false));
        let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(parsed["problems"].as_array().map(Vec::len), Some(count));
        let verbose = written(|out| diagnostic.write_to(out, ErrorFormat::Human, Style::plain(), true));
        assert_eq!(verbose.matches("wrong ").count(), count);
        assert!(!verbose.contains("more"));
    }
    check(20, 20, "  × wrong 19");
    check(21, 20, "  and 1 more");
    check(1_000, 20, "  and 980 more");
}

#[test]
fn json_names_the_first_place_and_then_the_others() {
    #[track_caller]
    fn check(places: Vec<Place>, expected: serde_json::Value) {
        let diagnostic = diagnostic("wrong", vec![Problem { places, ..problem("it", []) }]);
        let json = written(|out| diagnostic.write_to(out, ErrorFormat::Json, Style::plain(), false));
        let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
        assert_eq!(parsed["problems"][0], expected);
    }
    let json = |file: Option<&str>, line: Option<u32>, column: Option<u32>, also: serde_json::Value| serde_json::json!({ "message": "it", "file": file, "line": line, "column": column, "help": null, "also": also });
    let other = serde_json::json!([{ "file": "a", "line": 1, "column": 1 }]);
    check(vec![at("b", "x\n目«5»"), at("a", "«»")], json(Some("b"), Some(2), Some(2), other.clone()));
    check(vec![whole("b"), at("a", "«»")], json(Some("b"), None, None, other));
    check(vec![], json(None, None, None, serde_json::json!([])));
}

/// What is above the pointer, where every character is one cell wide.
fn pointed_at(drawn: &str) -> Option<String> {
    let lines: Vec<&str> = drawn.lines().collect();
    let pointer = lines.iter().position(|line| line.trim_start().starts_with('·'))?;
    let cells = lines[pointer - 1].chars().zip(lines[pointer].chars());
    Some(cells.filter(|&(_, below)| below == '^').map(|(above, _)| above).collect())
}

#[test]
fn very_long_lines_are_not_printed_whole() {
    let megabyte = "0123456789".repeat(100_000);
    for marked in [format!("{megabyte}«yes»{megabyte}"), format!("{megabyte}\na: «yes»\n{megabyte}")] {
        let drawn = drawn(&marked);
        assert_eq!(pointed_at(&drawn).as_deref(), Some("yes"));
        assert!(drawn.lines().all(|line| line.chars().count() < 120), "{drawn}");
    }
}

/// Text rich in what moves a cursor or ends a line, without characters that are not one cell wide.
fn narrow_text() -> impl Strategy<Value = String> {
    let character = proptest::sample::select(vec![
        'a', ' ', ':', 'é', '\t', '\r', '\n', '\0', '\u{1b}', '[', 'm', '\u{9b}', '\u{202e}', '\u{2028}',
    ]);
    proptest::collection::vec(character, 0..60).prop_map(String::from_iter)
}

fn any_text() -> impl Strategy<Value = String> {
    let character = prop_oneof![any::<char>(), proptest::sample::select(vec!['\n', '\r', '\u{feff}', '目'])];
    proptest::collection::vec(character, 0..300).prop_map(String::from_iter)
}

/// Ends of a span: mostly in the text, sometimes far outside of it, in any order, in the middle of characters too.
fn any_position() -> impl Strategy<Value = usize> {
    prop_oneof![0..70_usize, 0..1_000_usize, Just(usize::MAX)]
}

fn any_place() -> impl Strategy<Value = Place> {
    let numbers = (any::<u32>(), any::<u32>());
    let place = |(text, start, end, (line, column)): (String, usize, usize, (u32, u32))| {
        let spot = Spot { line, column, text: Arc::from(text.as_str()), span: start..end };
        Place { file: text, spot: Some(spot) }
    };
    (any_text(), any_position(), any_position(), numbers).prop_map(place)
}

/// The text without our own colours.
fn without_codes(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, behind)| behind))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn nothing_in_a_file_acts_on_the_terminal(
        places in [any_place(), any_place()],
        message in any_text(),
        help in any_text(),
    ) {
        let problem = Problem { message: message.clone(), help: Some(help.clone()), places: places.into() };
        let diagnostic = diagnostic(&help, vec![problem]);
        let plain = in_words(&diagnostic, Style::plain());
        for shown in plain.lines() {
            prop_assert_eq!(escaped(shown), shown);
        }
        let coloured = in_words(&diagnostic, Style::colored());
        prop_assert_eq!(without_codes(&coloured), plain);
    }

    #[test]
    fn the_pointer_is_under_what_is_meant(before in narrow_text(), meant in "[a-z\t\0\u{202e}]{1,6}", behind in narrow_text()) {
        let drawn = drawn(&format!("{before}«{meant}»{behind}"));
        prop_assert_eq!(pointed_at(&drawn), Some(escaped(&meant).into_owned()));
    }
}
