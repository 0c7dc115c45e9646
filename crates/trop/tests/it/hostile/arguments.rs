//! Hostile words on the command line.

use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;
use std::os::unix::process::CommandExt;

use trop_testkit::Ran;

use super::{HOSTILE, check_harmless, check_harmless_text, error_of, spelled_out};
use crate::commands::{OWN_CODES, commands};
use crate::stage::Stage;

/// Every way to have errors written.
const ERRORS: [&str; 2] = ["--error-format=json", "--verbose"];

fn run(stage: &Stage, words: impl IntoIterator<Item = OsString>) -> Ran {
    let trop = stage.trop(stage.directory("site"), words).env("TROP_SKIP_OCCUPANCY_CHECK", "1");
    trop.env("TROP_ALLOW_UNRELATED_PATH", "1").run()
}

#[test]
fn no_value_of_any_option_acts_on_a_terminal() {
    let text = HOSTILE.concat();
    let not_unicode = OsString::from_vec([text.as_bytes(), b"\xff\x9b"].concat());
    let stage = Stage::new();
    for command in commands() {
        let words: Vec<OsString> = command.words.iter().map(OsString::from).collect();
        for option in command.options() {
            for value in [OsString::from(&text), not_unicode.clone()] {
                for errors in ERRORS {
                    let mut given = OsString::from(format!("{option}="));
                    given.push(&value);
                    let operands: Vec<OsString> =
                        command.operands(5000).0.into_iter().map(OsString::from).collect();
                    let all = [words.as_slice(), &[errors.into(), given], &operands].concat();
                    let ran = run(&stage, all).expect_one_of(&OWN_CODES);
                    let what = format!("{} {errors} {option}", command.name());
                    if ran.code == Some(0) {
                        // What was taken is answered exactly: see `lines`.
                        check_harmless_text(&ran.stderr, &what);
                    } else {
                        check_harmless(&ran, &what);
                    }
                }
            }
        }
    }
}

#[test]
fn no_word_that_is_not_understood_acts_on_a_terminal() {
    let stage = Stage::new();
    for command in commands() {
        for text in [HOSTILE.concat(), format!("--{}", HOSTILE.concat())] {
            for errors in ERRORS {
                let words = command.words.iter().cloned().chain([errors.to_owned(), text.clone()]);
                let ran = run(&stage, words.map(OsString::from)).expect_one_of(&OWN_CODES);
                check_harmless(&ran, &format!("{} {errors} {text:?}", command.name()));
            }
        }
    }
}

#[test]
fn what_was_typed_is_shown_as_it_was() {
    #[track_caller]
    fn check(stage: &Stage, words: &[&str], text: &str) {
        let shown = run(stage, words.iter().map(OsString::from)).expect(4).stderr;
        assert!(shown.contains(&spelled_out(text)), "{text:?}: {shown}");
        assert_eq!(shown.lines().filter(|line| line.starts_with("error: ")).count(), 1, "{shown}");
        let in_json = [words, &["--error-format=json"]].concat();
        let error = error_of(&run(stage, in_json.iter().map(OsString::from)).expect(4));
        assert!(error["message"].as_str().unwrap().contains(&spelled_out(text)), "{text:?}: {error}");
    }
    let stage = Stage::new();
    for text in HOSTILE.map(str::trim_end) {
        check(&stage, &[text], text);
        check(&stage, &["list", text], text);
        check(&stage, &["list", &format!("--{text}")], text.split(['=', ' ']).next().unwrap());
        check(&stage, &["list", &format!("--format={text}")], text);
        check(&stage, &["validate", "x", text], text);
    }
}

#[test]
fn a_program_with_a_hostile_name_is_called_trop() {
    for words in
        [&["--help"] as &[&str], &["reserve", "--help"], &["help", "list"], &["--version"], &["list", "x"]]
    {
        let stage = Stage::new();
        let mut trop = stage.trop(stage.directory("site"), words);
        trop.command.arg0(HOSTILE.concat());
        let ran = trop.run();
        check_harmless(&ran, &format!("{words:?}"));
        assert!(!format!("{}{}", ran.stdout, ran.stderr).contains("title"), "{ran:?}");
    }
}
