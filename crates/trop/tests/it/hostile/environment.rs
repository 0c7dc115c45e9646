//! Hostile variables.

use std::collections::BTreeSet;
use std::ffi::OsString;
use std::os::unix::ffi::OsStringExt;

use super::{HOSTILE, check_harmless};
use crate::commands::{OWN_CODES, commands};
use crate::groups::Project;
use crate::stage::Stage;

/// Every variable that some help names, and those that no option has.
fn variables() -> BTreeSet<String> {
    let sandbox = Stage::sandbox();
    let mut names: BTreeSet<String> = BTreeSet::new();
    for command in commands() {
        let help =
            sandbox.trop([command.words.as_slice(), &["--help".to_owned()]].concat()).run().expect(0).stdout;
        let found = help.split("[env: ").skip(1).filter_map(|rest| rest.split_once(']'));
        names.extend(found.map(|(name, _)| name.to_owned()));
    }
    assert!(20 < names.len(), "{names:?}");
    let others =
        ["TROP_LOG_MODE", "TROP_PORT_MAX_OFFSET", "TROP_EXCLUDED_PORTS", "TROP_AVOID_BROWSER_BLOCKED_PORTS"];
    let everybodys =
        ["HOME", "USERPROFILE", "SHELL", "NU_VERSION", "NO_COLOR", "EDITOR", "TMPDIR", "PATH", "TERM"];
    names.extend(others.into_iter().chain(everybodys).map(str::to_owned));
    names
}

#[track_caller]
fn check(project: &Project, name: &str, value: &OsString) {
    for command in ["autoreserve", "config show", "doctor"] {
        for errors in ["--error-format=json", "--verbose"] {
            let words: Vec<&str> = [command.split_once(' ').map_or(command, |(command, _)| command), errors]
                .into_iter()
                .chain(command.split(' ').skip(1))
                .collect();
            // Whatever it says, nothing is written but into the sandbox.
            let home = project.stage.sandbox.home();
            let ran = project.trop(&words).env("TROP_DATA_DIR", home.join("data")).env(name, value).run();
            let ran = ran.expect_one_of(&OWN_CODES);
            check_harmless(&ran, &format!("{command} {errors} {name}"));
        }
    }
}

#[test]
fn no_value_of_any_variable_acts_on_a_terminal() {
    let text = HOSTILE.concat();
    let not_unicode = OsString::from_vec([text.as_bytes(), b"\xff\x9b"].concat());
    let project = Project::new("web: {}");
    for name in variables() {
        check(&project, &name, &OsString::from(&text));
        check(&project, &name, &not_unicode);
    }
}

#[test]
fn no_name_of_a_variable_acts_on_a_terminal() {
    let project = Project::new("web: {}");
    for text in HOSTILE {
        // Near enough to TROP_TAG to be taken for a slip.
        check(&project, &format!("TROP_TA{}", text.chars().next().unwrap()), &"x".into());
    }
}
