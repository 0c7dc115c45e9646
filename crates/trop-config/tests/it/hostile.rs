//! Texts that are meant to cost time, memory or the stack.

use trop_config::FileKind;

use crate::files::{check, file, problems_of};
use crate::layers::merged;

/// The message of the only problem, without its place.
#[track_caller]
fn check_refused(text: &str, expected: &str) {
    let problems = problems_of(FileKind::Tropfile, text);
    let shown: String = text.chars().take(40).collect();
    assert_eq!(problems.len(), 1, "{shown}");
    assert!(problems[0].ends_with(expected), "{shown}: {}", problems[0]);
}

const TOO_MUCH: &str = "this is more than any configuration holds, or nested too deeply";

fn repeated(count: usize, part: impl Fn(usize) -> String) -> String {
    (0..count).map(part).collect()
}

#[test]
fn aliases_do_not_multiply() {
    let level = |level: usize| {
        let below = vec![format!("*a{level}"); 9].join(", ");
        format!("a{0}: &a{0} [{below}]\n", level + 1)
    };
    check_refused(&format!("a0: &a0 [x]\n{}", repeated(20, level)), TOO_MUCH);
    check_refused(&format!("project: &a x\n{}", repeated(9_000, |n| format!("k{n}: *a\n"))), TOO_MUCH);
    let merging =
        |level: usize| format!("a{0}: &a{0} {{<<: [*a{level}, *a{level}, *a{level}]}}\n", level + 1);
    check_refused(&format!("a0: &a0 {{x: 1}}\n{}", repeated(40, merging)), TOO_MUCH);
}

/// A megabyte that is repeated three thousand times would be gigabytes.
#[test]
fn an_alias_repeats_no_letters() {
    let twenty = |name: &str| vec![format!("*{name}"); 20].join(", ");
    let text = format!(
        "a: &a {}\nb: &b [{}]\nc: &c [{}]\nd: [{}]\n",
        "x".repeat(900_000),
        twenty("a"),
        twenty("b"),
        ["*c"; 8].join(", ")
    );
    assert_eq!(problems_of(FileKind::Tropfile, &text).len(), 4);
}

#[test]
fn a_long_value_is_not_shown_at_its_length() {
    let long = "x".repeat(900_000);
    for text in [
        format!("output_format: {long}"),
        format!("project: {long}"),
        format!("ports: {{min: {long}}}"),
        format!("excluded_ports: [{long}]"),
        format!("disable_autoinit: {long}"),
        format!("? {long}\n: 1\n"),
        format!("reservations: {{services: {{web: {{env: {long}-}}}}}}"),
    ] {
        let problems = merged([file(FileKind::Tropfile, &text)]).unwrap_err().problems;
        assert!(problems[0].message.len() < 300, "{}", problems[0].message.len());
    }
}

#[test]
fn an_alias_does_not_hold_itself() {
    let recursive = "this stands for something that it is itself a part of";
    check_refused("project: &a [*a]\n", recursive);
    check_refused("ports: &a {min: *a}\n", recursive);
    check_refused("a: &a {<<: *a}\n", recursive);
}

#[test]
fn nothing_is_nested_deeply() {
    for bracket in ["[", "{", "[{"] {
        check_refused(&bracket.repeat(20_000), TOO_MUCH);
        check_refused(&format!("ports: {}", bracket.repeat(20_000)), TOO_MUCH);
    }
    check_refused(&format!("excluded_ports: {}{}", "[".repeat(20_000), "]".repeat(20_000)), TOO_MUCH);
    check_refused(&repeated(400, |depth| format!("{}a:\n", " ".repeat(depth))), TOO_MUCH);
    check_refused(&"- ".repeat(20_000), TOO_MUCH);
    check_refused(&"? ".repeat(20_000), TOO_MUCH);
}

#[test]
fn a_file_holds_no_more_than_any_configuration() {
    check_refused(&repeated(100_000, |n| format!("k{n}: 1\n")), TOO_MUCH);
    check_refused(&format!("excluded_ports: [{}]", "5001,".repeat(100_000)), TOO_MUCH);
    check_refused(
        &format!("reservations:\n  services:\n{}", repeated(100_000, |n| format!("    k{n}:\n"))),
        TOO_MUCH,
    );
}

#[test]
fn one_document_is_enough() {
    let second = "a second document begins here, and a configuration is only one";
    check_refused("project: a\n---\nproject: b\n", second);
    check_refused(&"---\n".repeat(200_000), second);
    check_refused("---\nproject: a\n...\n---\nproject: b\n", second);
}

#[test]
fn what_is_long_may_be_harmless() {
    check(&" ".repeat(1 << 20), &[]);
    check(&"\n".repeat(1 << 20), &[]);
    check(&format!("#{}", "ä".repeat(1 << 19)), &[]);
    check(&format!("project: a{}", " ".repeat(1 << 20)), &[]);
    check(&format!("excluded_ports: [{}]", repeated(9_000, |n| format!("{},", n + 1))), &[]);
}

#[test]
fn a_megabyte_on_one_line_is_refused() {
    let long = "k".repeat(1 << 20);
    check_refused(&format!("project: {long}"), "this one has 1048576");
    check_refused(&format!("{long}: 1"), "mapping values are not allowed in this context");
    check_refused(&format!("? {long}\n: 1"), "is not a key that trop knows");
    check_refused(
        &format!("ports: {{min: {}}}", "1".repeat(1 << 20)),
        "is not a port (ports are 1 to 65535)",
    );
}

#[test]
fn bytes_that_no_text_has_are_refused() {
    for text in ["\0", "ports: \0 {}", "project: a\0b", "# \0\n", "project: \u{1}", "project: \"\u{1b}\""] {
        assert_eq!(problems_of(FileKind::Tropfile, text).len(), 1, "{text:?}");
    }
    check(
        "project: \"a\\0\"",
        &["1:10 <\"a\\0\"> project: a project must not hold control characters, and \"a\\0\" does"],
    );
}

#[test]
fn tags_of_the_core_schema_mean_what_they_say() {
    check("project: !!str 5", &[]);
    check("ports: {min: !!int \"7000\"}", &[]);
    check("ports: {min: !!str 7000}", &["1:20 <7000> ports.min: \"7000\" is text; a number has no quotes"]);
    check_refused("project: !foo bar", "the tag !foo means nothing here");
    check_refused("project: !!binary aGk=", "the tag !!binary means nothing here");
    check_refused("ports: !!set {min: x}", "the tag !!set means nothing here");
    check_refused("ports: {min: .nan}", "is not a port (ports are 1 to 65535)");
    check_refused("ports: {min: -.inf}", "is not a port (ports are 1 to 65535)");
}
