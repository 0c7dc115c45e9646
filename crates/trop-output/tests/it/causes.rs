//! What an error says of its causes.

use std::error::Error;
use std::{fmt, io};

use trop_model::message_of;
use trop_output::causes_of;

#[derive(Debug)]
struct Link {
    message: &'static str,
    source: Option<Box<dyn Error>>,
}

impl fmt::Display for Link {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.message)
    }
}

impl Error for Link {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        self.source.as_deref()
    }
}

/// An error whose chain says that, the outermost first.
fn chain(messages: &[&'static str]) -> Link {
    let (message, below) = messages.split_first().unwrap();
    let source = (!below.is_empty()).then(|| chain(below).into());
    Link { message, source }
}

#[test]
fn the_chain_is_told_without_repetition() {
    #[track_caller]
    fn check(messages: &[&'static str], expected: &[&str]) {
        assert_eq!(causes_of(&chain(messages)), expected);
    }
    check(&["cannot read x"], &[]);
    check(&["cannot read x", "no disk"], &["no disk"]);
    check(&["a", "b", "c"], &["b", "c"]);
    check(&["cannot read x: no disk", "no disk"], &[]);
    check(&["cannot read x: no disk", "no disk", "unplugged"], &["unplugged"]);
    check(&["a: b: c", "b: c", "c"], &[]);
    check(&["a", "b", "b", "a"], &["b", "a"]);
    check(&["a", ""], &[]);
    check(&["cannot read x: Denied (os error 13)", "Denied (os error 13)"], &[]);
}

#[test]
fn numbers_of_the_system_are_taken_off() {
    #[track_caller]
    fn check(message: &'static str, expected: &str) {
        assert_eq!(message_of(&chain(&[message])), expected);
        assert_eq!(causes_of(&chain(&["above", message])), [expected]);
    }
    check("Permission denied (os error 13)", "Permission denied");
    check("broken (os error -1)", "broken");
    check("plain", "plain");
    check("see (os error 13) there", "see (os error 13) there");
    check("ends (os error x)", "ends (os error x)");
    check("ends (os error 13", "ends (os error 13");
    check("twice (os error 1) (os error 2)", "twice (os error 1)");
}

#[test]
fn errors_of_the_system_read_plainly() {
    let denied = io::Error::from_raw_os_error(13);
    assert!(denied.to_string().ends_with(" (os error 13)"));
    let error = Link { message: "cannot open /srv", source: Some(denied.into()) };
    let causes = causes_of(&error);
    assert_eq!(causes.len(), 1);
    assert!(!causes[0].contains("os error"), "{causes:?}");
}
