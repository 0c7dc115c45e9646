//! What is replaced, what is warned about, and what stays.

use std::ffi::OsString;

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use trop_model::Port;

use super::Placeholders;

/// Tags get the ports from 5000 on, in this order. The only one, where there is just one, is the `port` too.
fn placeholders(tags: &[&str]) -> Placeholders {
    let port = |index: usize| Port::try_from(i64::try_from(5000 + index).unwrap()).unwrap();
    let ports: Vec<(String, Port)> =
        tags.iter().enumerate().map(|(index, tag)| ((*tag).to_owned(), port(index))).collect();
    let only = (tags.len() == 1).then(|| port(0));
    Placeholders::new(ports, only)
}

/// The filled text and the warnings.
fn fill(tags: &[&str], text: &str) -> (String, Vec<String>) {
    let mut warnings = Vec::new();
    let filled = placeholders(tags).fill(text.into(), &mut warnings);
    (filled.into_string().unwrap(), warnings)
}

/// That this comes of the text, without a warning.
#[track_caller]
fn check(tags: &[&str], text: &str, expected: &str) {
    assert_eq!(fill(tags, text), (expected.to_owned(), Vec::new()), "{text}");
}

#[test]
fn what_was_reserved_is_replaced_wherever_it_stands() {
    check(&["web", "api"], "{web}", "5000");
    check(&["web", "api"], "{api}{web}", "50015000");
    check(&["web"], "--url=http://localhost:{web}/ä?x={port}", "--url=http://localhost:5000/ä?x=5000");
    check(&["web"], "{web} {web}", "5000 5000");
    check(&["web"], "{\"a\":{web}}", "{\"a\":5000}");
    check(&["web"], "a$b{web}$", "a$b5000$");
    check(&["web"], "$ {web}", "$ 5000");
    check(&["web"], "${web}{web}", "${web}5000");
    check(&["日本"], "{日本}", "5000");
}

#[test]
fn everything_else_stays() {
    let texts = [
        "",
        "{",
        "}",
        "{}",
        "{{}}",
        "{web",
        "web}",
        "{web{",
        "{ }",
        "$",
        "{print}",
        "{print $1}",
        "{.ID}",
        "{{.ID}}",
        "{\"a\":{\"web\":1}}",
        "{web,api}",
        "{webs}",
        "{web:1}",
        "{w{x}",
        "{we\u{301}b}",
        "{1..9}",
        "BEGIN { FS = \"web\" } { print $1 }",
        "{\nweb\n}",
        "$PORT",
        "(web)",
    ];
    for text in texts {
        check(&["web", "api"], text, text);
    }
}

#[test]
fn a_dollar_protects_the_braces_behind_it() {
    for text in [
        "${PORT}",
        "${port}",
        "${web}",
        "$${web}",
        "${{web}}",
        "${{port}}",
        "${{{web}}}",
        "${Web}",
        "${ web }",
    ] {
        check(&["web"], text, text);
    }
}

#[test]
fn two_pairs_of_braces_lose_one() {
    check(&["web"], "{{web}}", "{web}");
    check(&["web"], "{{port}}", "{port}");
    check(&["web", "api"], "{{port}}", "{port}");
    check(&["web"], "{{{port}}}", "{{port}}");
    check(&["web"], "{{web}}{{web}}{web}", "{web}{web}5000");
    check(&["web"], "{{Web}}", "{{Web}}");
    check(&["web"], "{{ web }}", "{{ web }}");
}

#[test]
fn braces_without_a_partner_stay() {
    check(&["web"], "{{web}", "{5000");
    check(&["web"], "{web}}", "5000}");
    check(&["web"], "{{{web}}", "{{web}");
    check(&["web"], "{{web}}}", "{web}}");
}

#[test]
fn the_longest_name_counts() {
    check(&["a", "ab"], "{ab}{a}", "50015000");
    check(&["a", "a}b"], "{a}b}", "5001");
    check(&["a", "a}b"], "{a}c}", "5000c}");
    check(&["a", "a}"], "{a}}{a}", "50015000");
    check(&["a", "{a"], "{{a}{a}", "50015000");
    check(&["{a"], "{{{a}}", "{{a}");
    check(&["{"], "{{}", "5000");
    check(&["a{b"], "{a{b}", "5000");
    check(&["a$"], "{a$}{a$}", "50005000");
}

#[test]
fn a_tag_may_be_called_port() {
    check(&["web", "port"], "{port}", "5001");
    check(&["port"], "{port}", "5000");
}

#[test]
fn what_looks_like_a_placeholder_is_noted_once_and_stays() {
    #[track_caller]
    fn check(tags: &[&str], text: &str, expected: &[&str]) {
        let (filled, warnings) = fill(tags, text);
        assert_eq!(filled, text);
        assert_eq!(warnings, expected, "{text}");
    }

    let as_it_is = |written: &str, name: &str| {
        format!("{written} is passed on as it is; {name} would be replaced by 5000")
    };
    check(&["web"], "{Web}", &[&as_it_is("{Web}", "{web}")]);
    check(&["web"], "{ web}", &[&as_it_is("{ web}", "{web}")]);
    check(&["web"], "{web\t }", &[&as_it_is("{web\t }", "{web}")]);
    check(&["web"], "{PORT}", &[&as_it_is("{PORT}", "{port}")]);
    check(&["büro"], "{BÜRO}", &[&as_it_is("{BÜRO}", "{büro}")]);
    check(&["web"], "{{Web}", &[&as_it_is("{Web}", "{web}")]);
    check(&["web"], "{Web} {Web}", &[&as_it_is("{Web}", "{web}")]);
    check(&["web"], "{Web}{ port }", &[&as_it_is("{Web}", "{web}"), &as_it_is("{ port }", "{port}")]);
    let several =
        "{port} is passed on as it is, since there are several ports; name one by its tag, as in {web}";
    check(&["web", "api"], "{port}{port}", &[several]);
    check(&["web", "api"], "{Port}", &[&several.replace("{port}", "{Port}")]);
}

#[test]
fn what_was_noted_before_is_not_noted_again() {
    let mut warnings = Vec::new();
    for argument in ["{Web}", "{web}", "{Web}"] {
        placeholders(&["web"]).fill(argument.into(), &mut warnings);
    }
    assert_eq!(warnings.len(), 1);
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_unicode_stay_around_what_is_replaced() {
    use std::os::unix::ffi::OsStringExt;

    #[track_caller]
    fn check(argument: &[u8], expected: &[u8]) {
        let argument = OsString::from_vec(argument.to_vec());
        assert_eq!(placeholders(&["web"]).fill(argument, &mut Vec::new()).into_vec(), expected);
    }

    check(b"\xff{web}\xfe", b"\xff5000\xfe");
    check(b"{w\xffeb}", b"{w\xffeb}");
    check(b"{\xff{web}}", b"{\xff5000}");
    check(b"$\xff{web}", b"$\xff5000");
    check(b"\xf0\x9f{{web}}", b"\xf0\x9f{web}");
}

#[test]
fn an_argument_without_a_known_name_is_returned_unchanged() {
    let known = ["web", "port", "ä}b"];
    let pieces = prop_oneof![
        "[{}$ a-e]{1,4}".prop_map(String::into_bytes),
        prop::collection::vec(any::<u8>(), 1..4),
        Just(b"{{".to_vec()),
        Just("${ä}".into()),
    ];
    let arguments = prop::collection::vec(pieces, 0..20).prop_map(|pieces| argument(pieces.concat()));
    let has_no_name = move |argument: &OsString| {
        let text = argument.to_string_lossy().to_lowercase();
        !known.iter().any(|name| text.contains(name))
    };
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&arguments.prop_filter("it has a known name", has_no_name), |argument| {
            let mut warnings = Vec::new();
            let filled = placeholders(&["web", "ä}b"]).fill(argument.clone(), &mut warnings);
            prop_assert_eq!(filled, argument);
            prop_assert_eq!(warnings, Vec::<String>::new());
            Ok(())
        })
        .unwrap();
}

#[test]
fn placeholders_are_replaced_between_anything_that_is_none() {
    let between = "[^{}$]{0,8}";
    let placeholder = prop_oneof![
        Just(("{web}", "5000")),
        Just(("{a}b}", "5001")),
        Just(("{{a}b}}", "{a}b}")),
        Just(("${web}", "${web}")),
        Just(("{}", "{}")),
    ];
    let config = Config { cases: 2_000, failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
        .run(&prop::collection::vec((between, placeholder), 0..8), |parts| {
            let (mut text, mut expected) = (String::new(), String::new());
            for (between, (written, meant)) in parts {
                text.push_str(&format!("{between}{written}"));
                expected.push_str(&format!("{between}{meant}"));
            }
            prop_assert_eq!(fill(&["web", "a}b"], &text), (expected, Vec::new()));
            Ok(())
        })
        .unwrap();
}

#[cfg(unix)]
fn argument(bytes: Vec<u8>) -> OsString {
    std::os::unix::ffi::OsStringExt::from_vec(bytes)
}

#[cfg(not(unix))]
fn argument(bytes: Vec<u8>) -> OsString {
    String::from_utf8_lossy(&bytes).into_owned().into()
}
