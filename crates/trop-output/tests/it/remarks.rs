//! Warnings and notes.

use trop_output::{Severity, Style, write_remark};

use crate::samples::written;

#[track_caller]
fn check(severity: Severity, text: &str, style: Style, expected: &str) {
    assert_eq!(written(|out| write_remark(out, severity, text, style)), expected);
}

#[test]
fn a_remark_is_one_line() {
    check(Severity::Warning, "the range is full", Style::plain(), "warning: the range is full\n");
    check(Severity::Note, "port 5000 is kept", Style::plain(), "note: port 5000 is kept\n");
    check(Severity::Note, "a\nerror: b\u{1b}[2J", Style::plain(), "note: a\\nerror: b\\u{1b}[2J\n");
}

#[test]
fn only_the_first_word_is_coloured() {
    check(Severity::Warning, "x", Style::colored(), "\u{1b}[1m\u{1b}[33mwarning\u{1b}[0m: x\n");
    check(Severity::Note, "x", Style::colored(), "\u{1b}[2mnote\u{1b}[0m: x\n");
}
