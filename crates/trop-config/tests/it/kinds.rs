//! Keys that are not known or given twice, and values of the wrong kind, at every place.

use trop_config::{Declaration, FileKind, Files, Origin, Rule, settings};

use crate::files::{check, file, problems_of};
use crate::layers::merged;

fn in_files() -> impl Iterator<Item = &'static &'static Declaration> {
    settings::ALL.iter().filter(|declaration| declaration.files != Files::None)
}

/// The file that holds this one setting.
fn written(key: &str, value: &str) -> String {
    match key.split_once('.') {
        Some((section, last)) => format!("{section}:\n  {last}: {value}\n"),
        None => format!("{key}: {value}\n"),
    }
}

/// A value of a kind that the rule never takes.
fn wrong_kind(rule: Rule) -> &'static str {
    match rule {
        Rule::Ports | Rule::Group => "word",
        _ => "[word]",
    }
}

#[test]
fn every_setting_refuses_another_kind_of_value() {
    for Declaration { key, rule, .. } in in_files() {
        let problems = problems_of(FileKind::Tropfile, &written(key, wrong_kind(*rule)));
        assert_eq!(problems.len(), 1, "{key}: {problems:?}");
        assert!(problems[0].contains(&format!("> {key}: ")), "{problems:?}");
    }
}

#[test]
fn a_setting_that_no_file_holds_is_not_a_key() {
    let not_in_files = settings::ALL.iter().filter(|declaration| declaration.files == Files::None);
    for Declaration { key, .. } in not_in_files {
        check(&format!("{key}: a\n"), &[&format!("1:1 <{key}> {key} is not a key that trop knows")]);
    }
}

#[test]
fn a_key_without_a_value_says_nothing() {
    for kind in FileKind::ALL {
        for declaration in in_files().filter(|declaration| declaration.rule != Rule::Group) {
            for null in ["", "~", "null"] {
                let layer = file(kind, &written(declaration.key, null));
                let resolved = merged([layer]).unwrap().resolved();
                let mut origins = resolved.iter().flat_map(|resolved| &resolved.origins);
                assert!(origins.all(|origin| *origin == Origin::Default), "{} in {kind:?}", declaration.key);
            }
        }
    }
    check("ports:\ncleanup: ~\noccupancy_check: null\nreservations:\n", &[]);
}

#[test]
fn reservations_without_a_value_clear_those_of_lower_files() {
    let tropfile = || file(FileKind::Tropfile, "reservations: {services: {web: }}");
    for null in ["", "~", "null"] {
        let local = file(FileKind::Local, &format!("reservations: {null}"));
        let effective = merged([local, tropfile()]).unwrap();
        assert_eq!(effective.get(&settings::RESERVATIONS), None);
        let origin = effective.origin(&settings::RESERVATIONS);
        assert!(matches!(&origin, Origin::File(_)), "{origin}");
        assert_eq!(origin.to_string(), "/srv/trop.local.yaml:1");
    }
    let silent = merged([file(FileKind::Local, ""), tropfile()]).unwrap();
    assert!(silent.get(&settings::RESERVATIONS).is_some());
}

#[test]
fn a_setting_of_one_project_does_not_stand_in_the_users_file() {
    for Declaration { key, files, .. } in in_files() {
        let value = if *key == "reservations" { "{services: {web: }}" } else { "a" };
        let problems = problems_of(FileKind::User, &written(key, value));
        let stands = "belongs to one project: it can stand only in trop.yaml and trop.local.yaml";
        let expected = format!("1:1 <{key}> {key} {stands}");
        assert_eq!(problems.contains(&expected), *files == Files::Tropfiles, "{problems:?}");
    }
}

#[test]
fn a_file_may_say_nothing() {
    for nothing in ["", "\n", " ", "# c", "# c\n\n", "---\n", "---\n...\n", "{}", "~", "null\n", "\u{feff}"] {
        check(nothing, &[]);
    }
}

#[test]
fn a_file_is_made_of_keys_and_values() {
    let message = "a configuration is made of keys and values, as in \"output_format: json\"";
    check("[]", &[&format!("1:1 <[> {message}")]);
    check("- project: a\n", &[&format!("1:1 <> {message}")]);
    check("\n5001\n", &[&format!("2:1 <5001> {message}")]);
    check("true", &[&format!("1:1 <true> {message}")]);
    check("project", &[&format!("1:1 <project> {message}")]);
    for section in ["ports", "cleanup", "occupancy_check"] {
        let column = section.len() + 3;
        let problem = format!("{section}: keys of its own are expected here");
        check(&format!("{section}: 5"), &[&format!("1:{column} <5> {problem}")]);
        check(&format!("{section}: [5]"), &[&format!("1:{column} <[> {problem}")]);
    }
}

#[test]
fn a_key_given_twice_is_a_problem_on_every_level() {
    check("project: a\nproject: a\n", &["2:1 <project> and 1:1 <project> project is given twice"]);
    check("ports: {min: 1}\nports: {max: 2}\n", &["2:1 <ports> and 1:1 <ports> ports is given twice"]);
    check("ports: {min: 1, min: 2}", &["1:17 <min> and 1:9 <min> ports.min is given twice"]);
    check(
        "excluded_ports: [{start: 1, start: 2, end: 3}]",
        &["1:29 <start> and 1:19 <start> excluded_ports.start is given twice"],
    );
    check(
        "reservations: {base: 1, base: 2, services: {web: }}",
        &["1:25 <base> and 1:16 <base> reservations.base is given twice"],
    );
    check(
        "reservations: {services: {web: , web: }}",
        &["1:34 <web> and 1:27 <web> reservations.services.web is given twice"],
    );
    check(
        "reservations: {services: {web: {offset: 1, offset: 1}}}",
        &["1:44 <offset> and 1:33 <offset> reservations.services.web.offset is given twice"],
    );
    check(
        "mox: 1\nmox: 1\n",
        &["1:1 <mox> mox is not a key that trop knows", "2:1 <mox> and 1:1 <mox> mox is given twice"],
    );
}

#[test]
fn a_key_given_twice_beside_a_number_is_a_problem_too() {
    check(
        "reservations:\n  services:\n    1: {offset: 1, env: A}\n    1: {offset: 2, env: B}\n",
        &["4:5 <1> and 3:5 <1> reservations.services.1 is given twice"],
    );
    check(
        "reservations:\n  services:\n    1: {env: A}\n    web: {offset: 2}\n    web: {offset: 3}\n",
        &["5:5 <web> and 4:5 <web> reservations.services.web is given twice"],
    );
}

#[test]
fn a_key_is_a_word() {
    let message = "a key is a word, and not a list or a mapping";
    check("? [a]\n: 1\n", &[&format!("1:3 <[> {message}")]);
    check("ports:\n  ? {a: b}\n  : 1\n", &[&format!("2:5 <{{> {message}")]);
    for word in ["1", "true", "~", ".nan"] {
        check(&format!("{word}: 1\n"), &[&format!("1:1 <{word}> {word} is not a key that trop knows")]);
    }
}
