//! Files, links and directories with hostile names, and what stands in their place that should not.

use std::fs;
use std::os::unix::fs::symlink;

use camino::Utf8Path;

use super::{HOSTILE, check_harmless_text, error_of};
use crate::commands::OWN_CODES;
use crate::groups::Project;

/// Every way to have errors written.
const ERRORS: [&str; 2] = ["--error-format=json", "--verbose"];

/// Lets something be made of a hostile name in a project, and runs these commands with it as their last word.
#[track_caller]
fn check(make: impl Fn(&Utf8Path), commands: &[&str]) {
    for name in [HOSTILE[..12].concat(), HOSTILE[12..].concat()] {
        for errors in ERRORS {
            for command in commands {
                let project = Project::new("web: {}");
                let path = project.directory.join(&name);
                make(&path);
                let (words, last) = command.rsplit_once(' ').unwrap_or((command, ""));
                let last = format!("{last}{path}");
                let words: Vec<&str> = words.split(' ').chain([last.as_str(), errors]).collect();
                let ran = project.trop(&words).env("TROP_SKIP_OCCUPANCY_CHECK", "1").run();
                let ran = ran.expect_one_of(&OWN_CODES);
                // A path that is an answer is exact: see `lines`.
                if !command.starts_with("show") {
                    check_harmless_text(&ran.stdout, &format!("{command} {name:?}"));
                }
                check_harmless_text(&ran.stderr, &format!("{command} {name:?}"));
                if errors == "--error-format=json" && ran.code > Some(1) {
                    assert!(error_of(&ran)["code"].is_number());
                }
            }
        }
    }
}

const OF_FILES: [&str; 5] = [
    "validate ",
    "compact-exclusions ",
    "reserve-group ",
    "autoreserve --write=",
    "autoreserve --dry-run --write=",
];

const OF_DIRECTORIES: [&str; 8] = [
    "reserve --data-dir=",
    "reserve --dry-run --data-dir=",
    "list --data-dir=",
    "init --overwrite --data-dir=",
    "doctor --data-dir=",
    "reserve --path=",
    "exclude 5900 --global --data-dir=",
    "migrate --from=/nowhere --to=",
];

#[test]
fn what_is_missing() {
    check(|_| {}, &OF_FILES);
    check(|_| {}, &OF_DIRECTORIES);
}

#[test]
fn directories() {
    check(|path| fs::create_dir(path).unwrap(), &OF_FILES);
    check(|path| fs::create_dir(path).unwrap(), &OF_DIRECTORIES);
}

#[test]
fn files() {
    let text = HOSTILE.concat();
    check(|path| fs::write(path, &text).unwrap(), &OF_FILES);
    check(|path| fs::write(path, &text).unwrap(), &OF_DIRECTORIES);
}

#[test]
fn links_to_nowhere_and_to_themselves() {
    for target in ["nowhere/\u{1b}[2J", "\n"] {
        check(|path| symlink(target, path).unwrap(), &OF_FILES);
        check(|path| symlink(target, path).unwrap(), &OF_DIRECTORIES);
    }
    check(|path| symlink(path, path).unwrap(), &OF_FILES);
    check(|path| symlink(path, path).unwrap(), &OF_DIRECTORIES);
}
