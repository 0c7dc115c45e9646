//! What has to hold for any bytes whatever. The law panics when it is broken, and says how.
//!
//! The tests try it on `fuzz/corpus`, the programs in `fuzz/` on what coverage leads to.

use std::collections::BTreeMap;
use std::ffi::OsString;
use std::fs;
use std::path::Path;

use trop_config::settings;
use trop_model::Timestamp;
use trop_output::ErrorFormat;
use trop_output::laws::code_of_error;

use crate::global::likely_error_format;
use crate::{Ending, Host, run};

/// What is there before the first command.
const FILES: [(&str, &str); 3] = [
    ("project/trop.yaml", "project: shop\nexcluded_ports: [5001]\nreservations:\n  services:\n    web: {}\n"),
    ("project/other.yaml", "excluded_ports: [5001, 5002] # two\nprojct: shop\n"),
    ("home/.trop/config.yaml", "ports: {min: 5000, max: 5100}\n"),
];

/// More commands than that tell nothing new.
const MOST_LINES: usize = 4;

/// Command lines, one to a line, with blanks between their arguments; a line such as `TROP_TAG=web` sets a variable for those below.
///
/// They are run one after another, each as a whole, in a project below `root`, which is an empty directory. A line that could lead out of
/// it is left out.
///
/// # Panics
/// When the law is broken.
pub fn command_lines(bytes: &[u8], root: &Path) {
    let Ok(input) = std::str::from_utf8(bytes) else { return };
    for (name, text) in FILES {
        let file = root.join(name);
        fs::create_dir_all(file.parent().unwrap_or(root)).expect("a directory can be made");
        fs::write(file, text).expect("a file can be written");
    }
    let home = OsString::from(root.join("home"));
    let mut variables = BTreeMap::from([("HOME".to_owned(), home)]);
    for line in input.lines().filter(|line| stays_inside(line)).take(MOST_LINES) {
        match line.split_once('=') {
            Some((name, value)) if is_variable(name) => {
                variables.insert(name.to_owned(), value.into());
            }
            _ => require_good_ending(line, &variables, &root.join("project")),
        }
    }
}

/// No path in it begins at the root or leads upwards. What stands between the dots of a range is no path.
fn stays_inside(line: &str) -> bool {
    let is_inner = |at: usize| line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '.');
    let stays = line.match_indices('/').all(|(at, _)| is_inner(at));
    let is_end = |part: &str| part.ends_with(|end: char| end.is_ascii_digit());
    stays && line.match_indices("..").all(|(at, _)| is_end(&line[..at]))
}

fn is_variable(name: &str) -> bool {
    settings::ALL.iter().any(|declaration| declaration.variables.contains(&name))
}

/// Whatever is asked, the code is one of the table, and what is told fits to it: at most one error, in words or as one JSON object.
fn require_good_ending(line: &str, variables: &BTreeMap<String, OsString>, directory: &Path) {
    let words = std::iter::once("trop").chain(line.split_ascii_whitespace());
    let arguments: Vec<OsString> = words.clone().map(OsString::from).collect();
    let (mut stdout, mut stderr) = (Vec::new(), Vec::new());
    let host = Host {
        variables: variables.clone(),
        working_directory: &|| Ok(directory.to_owned()),
        now: Timestamp::EPOCH,
        stdout: &mut stdout,
        stderr: &mut stderr,
        stdout_is_terminal: &|| false,
        stderr_is_terminal: &|| false,
    };
    let error_format = likely_error_format(&arguments, &host);
    let code = match run(arguments, host) {
        Ending::Exit(code) => code,
        Ending::Become(_) => 0,
    };
    let told = String::from_utf8(stderr).unwrap_or_else(|error| panic!("{line:?} tells no text: {error}"));
    let told = if line.contains("always") { without_colours(&told) } else { told };
    assert!(code <= 8 || code == 126 || code == 127, "{line:?} ends with {code}");
    let harmful = told.chars().find(|letter| *letter != '\n' && letter.is_control());
    assert_eq!(harmful, None, "{line:?} tells {told:?}");
    assert!(told.is_empty() || told.ends_with('\n'), "{line:?} tells {told:?}");
    let errors = told.lines().filter(|line| line.starts_with("error: ")).count();
    match (error_format, code) {
        (_, 0) => assert_eq!(errors, 0, "{line:?} ends well and tells {told:?}"),
        // A question that is answered with no is no error.
        (_, 1) if told.lines().all(|line| line.starts_with("note: ") || line.starts_with("warning: ")) => {}
        (ErrorFormat::Json, _) => {
            assert_eq!(code_of_error(&told), Some(code.into()), "{line:?} tells {told:?}")
        }
        (ErrorFormat::Human, _) => assert_eq!(errors, 1, "{line:?} ends with {code} and tells {told:?}"),
    }
    let has_an_answer =
        |word: &str| word.contains("json") || matches!(word, "--help" | "-h" | "--version" | "-V");
    let is_answered = words.clone().any(has_an_answer);
    if words.take_while(|word| *word != "--").any(|word| word == "--dry-run") && !is_answered {
        assert_eq!(String::from_utf8_lossy(&stdout), "", "{line:?} answers");
    }
}

/// The text without its colours, each of which begins like this and ends with an `m`.
fn without_colours(text: &str) -> String {
    let mut parts = text.split("\u{1b}[");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |text, part| text + part.split_once('m').map_or(part, |(_, rest)| rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn command_lines_of_the_corpus() {
        trop_testkit::replay("command_lines", |bytes| {
            let root = tempfile::tempdir().unwrap();
            command_lines(bytes, root.path());
        });
    }

    #[test]
    fn what_could_lead_out_is_left_out() {
        for line in ["reserve --path a/b", "exclude 5001..5002", "init --data-dir=x", "reserve --path ./a"] {
            assert!(stays_inside(line), "{line}");
        }
        for line in ["init --data-dir /x", "init --data-dir=/x", "a ../b", "a b/../../c", "/"] {
            assert!(!stays_inside(line), "{line}");
        }
    }
}
