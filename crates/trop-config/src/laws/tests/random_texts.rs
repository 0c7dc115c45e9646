//! No text makes the reader fail, and every place it names is one.

use std::cell::Cell;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use crate::laws::{Verdict, text_of_configuration};
use crate::{FileKind, settings};

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
pub(super) fn rubble() -> impl Strategy<Value = String> {
    proptest::collection::vec(proptest::sample::select(FRAGMENTS), 0..30).prop_map(|parts| parts.concat())
}

/// Lines that look like a configuration, with one of the keys and any fragment or two behind it.
pub(super) fn nearly() -> impl Strategy<Value = String> {
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

#[test]
fn every_text_is_read_or_refused_at_a_place_within_it() {
    let (accepted, refused) = (Cell::new(0), Cell::new(0));
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop_oneof![rubble(), nearly()], |text| {
            for kind in FileKind::ALL {
                let counted = match text_of_configuration(kind, &text) {
                    Verdict::Good | Verdict::Unfit => &accepted,
                    Verdict::Wrong => &refused,
                };
                counted.set(counted.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    assert!(100 < accepted.get() && 1_000 < refused.get(), "{} and {}", accepted.get(), refused.get());
}

/// Ports of a range and of a group that may fit together or not, and sometimes something that is wrong by itself.
fn ranges_and_groups() -> impl Strategy<Value = String> {
    let port =
        || proptest::option::of(prop_oneof![4990..5010_u32, 6990..7010_u32, Just(65_535), Just(65_536)]);
    let line =
        |key: &str, value: Option<u32>| value.map_or(String::new(), |value| format!("  {key}: {value}\n"));
    let keys = (port(), port(), proptest::option::weighted(0.2, 1..3_000_u32), port(), port(), 0..20_u8);
    keys.prop_map(move |(min, max, max_offset, base, offset, slip)| {
        let ports = [line("min", min), line("max", max), line("max_offset", max_offset)].concat();
        let group = [line("base", base), line("offset", offset.map(|offset| offset - 4_990))];
        let [base, offset] = group;
        let slip = if slip == 0 { "colour: red\n" } else { "" };
        format!("ports:\n{ports}{slip}reservations:\n{base}  services:\n    web:\n    {offset}    api: {{offset: 2001}}\n")
    })
}

#[test]
fn a_file_is_wrong_exactly_when_commands_that_read_it_alone_refuse_it() {
    let [good, unfit, wrong] = [const { Cell::new(0) }; 3];
    let config = Config { cases: 4_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop_oneof![ranges_and_groups(), rubble(), nearly()], |text| {
            for kind in FileKind::ALL {
                let counted = match text_of_configuration(kind, &text) {
                    Verdict::Good => &good,
                    Verdict::Unfit => &unfit,
                    Verdict::Wrong => &wrong,
                };
                counted.set(counted.get() + 1);
            }
            Ok(())
        })
        .unwrap();
    assert!([&good, &unfit, &wrong].iter().all(|count| 200 < count.get()), "{good:?} {unfit:?} {wrong:?}");
}
