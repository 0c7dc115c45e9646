//! Exit codes of wrong command lines and variables, and what is said about them.

use trop_testkit::{Ran, Sandbox};

use crate::stage::Stage;

/// Runs trop and checks its exit code, that stdout is empty, that stderr says each of these, and that nothing was made.
#[track_caller]
fn check(variables: &[(&str, &str)], arguments: &[&str], code: i32, said: &[&str]) -> Ran {
    let sandbox = Stage::sandbox();
    let trop = sandbox.trop(arguments);
    let trop = variables.iter().fold(trop, |trop, (name, value)| trop.env(name, value));
    let ran = trop.run().expect(code);
    assert_eq!(ran.stdout, "");
    for text in said {
        assert!(ran.stderr.contains(text), "{text:?} is not in {}", ran.stderr);
    }
    assert_eq!(made(&sandbox), [] as [String; 0]);
    ran
}

fn made(sandbox: &Sandbox) -> Vec<String> {
    let entries = std::fs::read_dir(sandbox.home()).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn a_wrong_command_line_is_code_4() {
    for (arguments, said) in [
        (&[] as &[&str], "a command is missing"),
        (&["reserv"], "'reserve'"),
        (&["reserve", "--prot", "5000"], "'--port'"),
        (&["reserve", "extra"], "extra"),
        (&["reserve", "--port", "70000"], "\"70000\" is not a port (ports are 1 to 65535)"),
        (&["reserve", "--port", "0"], "\"0\" is not a port"),
        (&["reserve", "--port", "5000", "--port", "5001"], "--port"),
        (&["reserve", "--strict-port"], "--port <PORT>"),
        (&["reserve", "--tag", " "], "a tag must not be empty"),
        (&["reserve", "--tag", "a\nb"], "control characters"),
        (&["reserve", "--path", ""], "the path is empty"),
        (&["reserve", "--path", "~nobody/x"], "another user's home"),
        (&["reserve", "--min", "6000", "--max", "5000"], "6000 (--min), is above the highest, 5000 (--max)"),
        (&["reserve", "--max", "4000"], "5000 (built in)"),
        (&["reserve", "--min", "0"], "--min: \"0\" is not a port"),
        (&["reserve", "--format", "yaml"], "yaml"),
        (
            &["reserve", "--busy-timeout", "2147483648"],
            "--busy-timeout: \"2147483648\" is not a whole number",
        ),
        (&["reserve", "--busy-timeout", "-1"], "-1"),
        (&["reserve", "--quiet", "--verbose"], "--quiet"),
        (&["reserve", "--color", "sometimes"], "sometimes"),
        (&["release", "--tag", "a", "--untagged-only"], "--untagged-only"),
        (&["list", "--format", "xml"], "xml"),
        (&["list", "--filter-tag", ""], "a tag must not be empty"),
        (&["list", "--dry-run"], "--dry-run"),
        (&["list-projects", "--format", "table"], "table"),
        (&["port-info"], "PORT"),
        (&["port-info", "0"], "is not a port"),
        (&["port-info", "70000"], "is not a port"),
        (&["port-info", "5000..5001"], "is not a port"),
        (&["port-info", "5000", "--format", "csv"], "csv"),
        (&["init", "--disable-autoinit"], "--disable-autoinit"),
        (&["--disable-autoinit", "init"], "--disable-autoinit"),
        (&["show-path", "--tag", "web"], "--tag"),
        (&["expire", "--days", "0"], "--days: \"0\" is not a whole number from 1"),
        (&["autoclean", "--days", "-1"], "-1"),
        (&["prune", "--days", "3"], "--days"),
        (&["expire", "--force"], "--force"),
    ] {
        check(&[], arguments, 4, &["error: ", said]);
    }
}

#[cfg(target_os = "linux")]
#[test]
fn an_argument_that_is_not_unicode_is_code_4() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Stage::sandbox();
    for flag in ["--path", "--tag", "--min", "--data-dir"] {
        let ran = sandbox
            .trop([OsStr::new("reserve"), OsStr::new(flag), OsStr::from_bytes(b"5\xff")])
            .run()
            .expect(4);
        assert_eq!(ran.stdout, "");
    }
    assert_eq!(made(&sandbox), [] as [String; 0]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_refused_argument_is_not_taken_for_a_missing_one() {
    use std::ffi::OsStr;
    use std::os::unix::ffi::OsStrExt;
    let sandbox = Stage::sandbox();
    for flag in ["--path", "--data-dir"] {
        let arguments = [OsStr::new("reserve"), OsStr::new(flag), OsStr::from_bytes(b"\xff")];
        let ran = sandbox.trop(arguments).env("HOME", "").run().expect(4);
        assert!(ran.stderr.starts_with(&format!("error: {flag}: ")), "{}", ran.stderr);
    }
}

#[test]
fn the_flag_says_how_a_wrong_command_line_is_reported_and_the_variable_else() {
    let sandbox = Stage::sandbox();
    let is_json = |arguments: &[&str]| {
        let ran = sandbox.trop(arguments).env("TROP_ERROR_FORMAT", "json").run().expect(4);
        ran.stderr.starts_with('{')
    };
    assert!(is_json(&["--bogus"]));
    assert!(!is_json(&["--error-format", "human", "--bogus"]));
    assert!(!is_json(&["reserve", "--port", "0", "--error-format=human"]));
    assert!(is_json(&["reserve", "--", "--error-format=human"]));
}

#[test]
fn a_data_directory_that_cannot_be_made_is_code_5() {
    check(&[], &["reserve", "--data-dir", "/proc/no/place"], 5, &["error: ", "/proc/no/place"]);
}

#[test]
fn a_wrong_variable_is_code_7_and_is_named() {
    for (name, value, said) in [
        ("TROP_PORT_MIN", "70000", "\"70000\" is not a port"),
        ("TROP_PORT_MAX", "4000", "is above the highest, 4000 (TROP_PORT_MAX)"),
        ("TROP_SKIP_TCP", "maybe", "neither true, 1, yes, on nor false, 0, no, off"),
        ("TROP_EXCLUDED_PORTS", "5009..5005", "ends before it begins"),
        ("TROP_BUSY_TIMEOUT", "soon", "is not a whole number from 0 to 2147483"),
        ("TROP_EXPIRE_AFTER_DAYS", "0", "is not a whole number"),
        ("TROP_TAG", "a\tb", "control characters"),
        ("TROP_PATH", "~nobody", "another user's home"),
        ("TROP_DATA_DIR", "relative/dir", "is relative"),
        ("TROP_LOG_MODE", "loud", "is not one of quiet, normal, verbose"),
        ("TROP_ERROR_FORMAT", "xml", "is not one of human, json"),
    ] {
        check(&[(name, value)], &["reserve"], 7, &["error: ", name, said]);
    }
}

#[test]
fn an_empty_variable_counts_as_unset() {
    let sandbox = Stage::sandbox();
    let names = [
        "TROP_PORT_MIN",
        "TROP_PATH",
        "TROP_TAG",
        "TROP_DATA_DIR",
        "TROP_LOG_MODE",
        "TROP_ERROR_FORMAT",
        "TROP_SKIP_TCP",
    ];
    let trop = names.iter().fold(sandbox.trop(["reserve"]), |trop, name| trop.env(name, ""));
    let ran = trop.env("TROP_SKIP_OCCUPANCY_CHECK", "1").run().expect(0);
    assert_eq!((ran.stdout.as_str(), ran.stderr.as_str()), ("5000\n", ""));
}

#[test]
fn show_commands_take_no_notice_of_settings() {
    let sandbox = Stage::sandbox();
    for command in ["show-path", "show-data-dir"] {
        sandbox.trop([command]).env("TROP_PORT_MIN", "nonsense").run().expect(0);
    }
}

#[test]
fn errors_can_be_json() {
    for (variables, flags) in
        [(&[] as &[_], &["--error-format", "json"] as &[&str]), (&[("TROP_ERROR_FORMAT", "json")], &[])]
    {
        for (arguments, code, kind) in [
            (&["reserve", "--port", "x"] as &[&str], 4, "usage"),
            (&["reserve", "--min", "x"], 4, "usage"),
            (&["reserve", "--path", "/elsewhere"], 1, "unrelated-path"),
        ] {
            let ran = check(variables, &[arguments, flags].concat(), code, &[]);
            let line = ran.stderr.lines().last().unwrap();
            let error: serde_json::Value = serde_json::from_str(line).unwrap();
            assert_eq!((error["code"].as_i64(), error["kind"].as_str()), (Some(i64::from(code)), Some(kind)));
            for (field, is_right) in [
                ("message", error["message"].is_string()),
                ("help", error["help"].is_string()),
                ("causes", error["causes"].is_array()),
                ("problems", error["problems"].is_array()),
            ] {
                assert!(is_right, "{field}: {line}");
            }
        }
    }
}

#[test]
fn every_problem_is_reported_at_once() {
    let ran =
        check(&[("TROP_SKIP_TCP", "x"), ("TROP_PORT_MIN", "y")], &["reserve", "--error-format=json"], 7, &[]);
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(error["problems"].as_array().map(Vec::len), Some(2));
}

#[test]
fn help_and_version_work_before_and_behind_the_command() {
    let sandbox = Stage::sandbox();
    let version = format!("trop {}\n", env!("CARGO_PKG_VERSION"));
    for arguments in [&["--version"] as &[&str], &["-V"], &["reserve", "--version"], &["--version", "list"]] {
        assert_eq!(sandbox.trop(arguments).run().expect(0).stdout, version);
    }
    for arguments in [&["reserve", "--help"] as &[&str], &["reserve", "-h"], &["help", "reserve"]] {
        let help = sandbox.trop(arguments).run().expect(0).stdout;
        assert!(help.starts_with("Print the port of a directory"), "{help}");
        assert!(help.contains("--strict-port") && help.contains("--data-dir"), "{help}");
    }
}

#[test]
fn help_is_a_snapshot_for_every_command() {
    let sandbox = Stage::sandbox();
    let overview = sandbox.trop(["--help"]).run().expect(0).stdout;
    trop_testkit::snapshot!("cli/help", overview);
    let commands = overview.lines().skip_while(|line| *line != "Commands:").skip(1);
    let commands = commands.map_while(|line| line.split_whitespace().next());
    for command in commands.filter(|command| *command != "help") {
        let help = sandbox.trop([command, "--help"]).run().expect(0).stdout;
        let name = format!("cli/help-{command}");
        trop_testkit::snapshot!(&name, help);
    }
}

#[test]
fn plain_is_a_format_of_whatever_changes_something() {
    let sandbox = Stage::sandbox();
    for (command, expected) in [("init", ""), ("reserve", "5000\n"), ("release", ""), ("prune", "")] {
        let trop = sandbox.trop([command, "--format", "plain"]).env("TROP_SKIP_OCCUPANCY_CHECK", "1");
        assert_eq!(trop.run().expect(0).stdout, expected, "{command}");
    }
}

#[test]
fn a_wrong_flag_is_wrong_for_every_command() {
    for command in
        ["reserve", "release", "list", "list-projects", "init", "show-path", "show-data-dir", "expire"]
    {
        check(
            &[],
            &[command, "--busy-timeout", "soon"],
            4,
            &["--busy-timeout: \"soon\" is not a whole number"],
        );
    }
}

#[test]
fn flags_and_variables_are_reported_together() {
    let ran = check(&[("TROP_SKIP_TCP", "x")], &["reserve", "--min", "y", "--error-format=json"], 4, &[]);
    let error: serde_json::Value = serde_json::from_str(&ran.stderr).unwrap();
    assert_eq!(error["problems"].as_array().map(Vec::len), Some(2));
}

#[test]
fn nothing_stands_beside_an_error_that_is_json() {
    let sandbox = Stage::sandbox();
    let trop = |arguments: &[&str]| {
        sandbox.trop(arguments).env("TROP_SKIP_OCCUPANCY_CHECK", "1").env("TROP_ERROR_FORMAT", "json")
    };
    let warned = trop(&["reserve", "--path", "missing"]).run().expect(0).stderr;
    assert!(warned.starts_with("warning: ") && warned.lines().count() == 1, "{warned}");
    let failed =
        trop(&["reserve", "--path", "missing-too", "--min=5000", "--max=5000", "--disable-autoclean"]);
    let error: serde_json::Value = serde_json::from_str(&failed.run().expect(8).stderr).unwrap();
    assert!(error["causes"][0].as_str().unwrap().ends_with("missing-too does not exist"), "{error}");
}
