//! No text makes the reader fail, and every place it names is one.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use trop_config::{ConfigError, FileKind, Origin, settings};

use crate::files::file;
use crate::layers::merged;

/// What YAML is made of, and what trop knows.
const FRAGMENTS: &[&str] = &[
    "\n",
    "\n",
    "\r\n",
    "\r",
    "\t",
    " ",
    "  ",
    "- ",
    ": ",
    ", ",
    "[",
    "]",
    "{",
    "}",
    "? ",
    "|\n",
    ">-\n",
    "\"",
    "'",
    "&a ",
    "*a",
    "<<: ",
    "!!binary ",
    "!!int ",
    "!x ",
    "---\n",
    "...\n",
    "%YAML 1.2\n",
    "#",
    "# ä\n",
    "\u{feff}",
    "\0",
    "\\",
    "🦀",
    "e\u{301}",
    "\u{85}",
    "~",
    "null",
    "true",
    "yes",
    ".nan",
    "-.inf",
    "0x10",
    "010",
    "5001",
    "70000",
    "-1",
    "1e3",
    "5005..5009",
    "9..1",
    "web",
    "ä",
    "9",
    "PATH",
    "\"a\\u12",
    "99999999999999999999",
    "start: ",
    "end: ",
    "base: ",
    "services: ",
    "offset: ",
    "preferred: ",
    "env: ",
];

/// Any fragments in any order.
pub(crate) fn rubble() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..30).prop_map(|parts| parts.concat())
}

/// Lines that look like a configuration, with one of the keys and any fragment or two behind it.
pub(crate) fn nearly() -> impl Strategy<Value = String> {
    let keys = settings::ALL.iter().flat_map(|declaration| declaration.key.split('.'));
    let keys: Vec<&str> = keys.chain(["services", "web", "offset", "start", "mox", "é"]).collect();
    let value = proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..3);
    let line =
        (0..4_usize, proptest::sample::select(keys), value, proptest::sample::select(vec!["\n", "\r\n"]));
    let line = line.prop_map(|(indent, key, value, end)| {
        format!("{}{key}: {}{end}", "  ".repeat(indent), value.concat())
    });
    proptest::collection::vec(line, 0..8).prop_map(|lines| lines.concat())
}

fn check_places(text: &str, error: &ConfigError) -> Result<(), TestCaseError> {
    prop_assert!(!error.problems.is_empty());
    for problem in &error.problems {
        prop_assert!(!problem.message.is_empty());
        for origin in &problem.origins {
            let Origin::File(place) = origin else { continue };
            let span = place.span.clone().expect("a problem in a text has a place there");
            prop_assert!(text.get(span.clone()).is_some(), "{:?} in {:?}: {}", span, text, problem.message);
            prop_assert!(place.position().is_some());
        }
    }
    Ok(())
}

#[test]
fn every_text_is_read_or_refused_at_a_place_within_it() {
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop_oneof![rubble(), nearly()], |text| {
            for kind in FileKind::ALL {
                match merged([file(kind, &text)]) {
                    Ok(_) => accepted.set(accepted.get() + 1),
                    Err(error) => {
                        refused.set(refused.get() + 1);
                        check_places(&text, &error)?;
                    }
                }
            }
            Ok(())
        })
        .unwrap();
    assert!(100 < accepted.get() && 1_000 < refused.get(), "{} and {}", accepted.get(), refused.get());
}
