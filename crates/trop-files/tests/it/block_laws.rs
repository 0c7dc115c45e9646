//! What holds for every text that gets a block.

use std::cell::RefCell;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestCaseResult, TestRng, TestRunner};
use trop_files::{Block, with_block};

const CASES: u32 = 2_000;
const REACHED_AT_LEAST: u32 = 100;
const BEGIN: &str = "# begin";
const END: &str = "# end";

/// A text in pieces: what is in front of the block, the block if there is one, what is behind.
#[derive(Debug, Clone)]
struct Case {
    before: Vec<u8>,
    /// The marker lines as they are in the text, and what is between them.
    old: Option<(Vec<u8>, Vec<u8>, Vec<u8>)>,
    after: Vec<u8>,
    lines: Vec<String>,
    other_lines: Vec<String>,
}

impl Case {
    fn text(&self) -> Vec<u8> {
        let (begin, body, end) = self.old.clone().unwrap_or_default();
        [self.before.clone(), begin, body, end, self.after.clone()].concat()
    }

    fn with_lines(&self, text: &[u8], lines: &[String]) -> Vec<u8> {
        with_block(text, &Block { begin: BEGIN, end: END, lines }).expect("its markers are sound")
    }
}

fn any_line_end() -> impl Strategy<Value = Vec<u8>> {
    prop_oneof![Just(b"\n".to_vec()), Just(b"\r\n".to_vec())]
}

/// Any bytes but those that end a line, or that no text has.
fn any_line() -> impl Strategy<Value = Vec<u8>> {
    let byte = any::<u8>().prop_map(|byte| if matches!(byte, 0 | b'\n') { b'x' } else { byte });
    prop_oneof![
        vec(byte, 0..12),
        Just(b" # begin".to_vec()),
        Just(b"# end of it".to_vec()),
        Just(b"# BEGIN".to_vec()),
        Just(b"\xef\xbb\xbf".to_vec()),
    ]
}

fn any_lines() -> impl Strategy<Value = Vec<u8>> {
    vec((any_line(), any_line_end()).prop_map(|(line, line_end)| [line, line_end].concat()), 0..5)
        .prop_map(|lines| lines.concat())
}

fn any_marker(marker: &'static str) -> impl Strategy<Value = Vec<u8>> {
    let blanks = prop_oneof![4 => Just(""), 1 => Just(" "), 1 => Just("\t \r")];
    (blanks, any_line_end()).prop_map(move |(blanks, line_end)| {
        [marker.as_bytes(), blanks.as_bytes(), line_end.as_slice()].concat()
    })
}

fn any_case() -> impl Strategy<Value = Case> {
    let old = proptest::option::of((any_marker(BEGIN), any_lines(), any_marker(END)));
    let new_lines = || vec("[A-Z]{1,3}=[0-9]{1,5}", 0..4);
    (any_lines(), old, any_lines(), any::<bool>(), any_line(), new_lines(), new_lines()).prop_filter_map(
        "it is a text",
        |(before, old, mut after, is_ended, last_line, lines, other_lines)| {
            if !is_ended {
                after.extend(last_line);
            }
            let case = Case { before, old, after, lines, other_lines };
            let text = case.text();
            let is_text = ![b"\xff\xfe", b"\xfe\xff"].iter().any(|mark| text.starts_with(*mark));
            is_text.then_some(case)
        },
    )
}

type Class = (&'static str, fn(&Case) -> bool);

const CLASSES: [Class; 8] = [
    ("there is a block", |case| case.old.is_some()),
    ("there is none", |case| case.old.is_none()),
    ("the last line does not end", |case| !case.text().ends_with(b"\n")),
    ("mixed line ends", |case| {
        let text = case.text();
        let ends = text.windows(2).filter(|pair| pair[1] == b'\n');
        let (with, without): (Vec<&[u8]>, Vec<&[u8]>) = ends.partition(|pair| pair[0] == b'\r');
        !with.is_empty() && !without.is_empty()
    }),
    ("no utf-8", |case| std::str::from_utf8(&case.text()).is_err()),
    ("the block is at the top", |case| case.old.is_some() && case.before.is_empty()),
    ("the block ends in \\r\\n", |case| {
        case.old.as_ref().is_some_and(|(begin, ..)| begin.ends_with(b"\r\n"))
    }),
    ("no lines", |case| case.lines.is_empty()),
];

#[track_caller]
fn for_all(law: impl Fn(&Case) -> TestCaseResult) {
    let config = Config { cases: CASES, failure_persistence: None, ..Config::default() };
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let reached = RefCell::new([0; CLASSES.len()]);
    let verdict = runner.run(&any_case(), |case| {
        for (count, (_, belongs)) in reached.borrow_mut().iter_mut().zip(CLASSES) {
            *count += u32::from(belongs(&case));
        }
        law(&case)
    });
    if let Err(failure) = verdict {
        panic!("{failure}");
    }
    let counts: Vec<_> = CLASSES.iter().map(|(name, _)| *name).zip(reached.into_inner()).collect();
    let missed: Vec<_> = counts.iter().filter(|(_, count)| *count < REACHED_AT_LEAST).collect();
    assert!(missed.is_empty(), "hardly reached: {missed:?}");
}

/// The lines, each of them ended like the first of these.
fn ended_like(example: &[u8], lines: &[&str]) -> Vec<u8> {
    let first = example.split_inclusive(|byte| *byte == b'\n').next().unwrap_or_default();
    let line_end = if first.ends_with(b"\r\n") { "\r\n" } else { "\n" };
    lines.iter().flat_map(|line| [*line, line_end]).collect::<String>().into_bytes()
}

#[test]
fn every_other_byte_stays_and_the_block_holds_the_lines() {
    for_all(|case| {
        let text = case.text();
        let mut whole: Vec<&str> = case.lines.iter().map(String::as_str).collect();
        let expected = match &case.old {
            Some((begin, _, end)) => {
                let body = ended_like(begin, &whole);
                [case.before.as_slice(), begin, &body, end, &case.after].concat()
            }
            None => {
                whole.insert(0, BEGIN);
                whole.push(END);
                let is_in_a_line = !text.is_empty() && text != b"\xef\xbb\xbf" && !text.ends_with(b"\n");
                let missing = if is_in_a_line { ended_like(&text, &[""]) } else { vec![] };
                [text.as_slice(), &missing, &ended_like(&text, &whole)].concat()
            }
        };
        prop_assert_eq!(case.with_lines(&text, &case.lines), expected);
        Ok(())
    });
}

#[test]
fn twice_is_once_and_the_last_time_counts() {
    for_all(|case| {
        let once = case.with_lines(&case.text(), &case.lines);
        prop_assert_eq!(&case.with_lines(&once, &case.lines), &once);
        let other = case.with_lines(&case.text(), &case.other_lines);
        prop_assert_eq!(case.with_lines(&other, &case.lines), once);
        Ok(())
    });
}
