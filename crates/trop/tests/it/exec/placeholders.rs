//! What of the arguments is replaced. The rules have a table of their own in trop-cli; this is the whole way to the command.

use std::ffi::{OsStr, OsString};
use std::os::unix::ffi::OsStrExt;

use serde_json::Value;

use super::{SERVICES, directory_without_group, exec, project};
use crate::stage::Stage;

/// Prints each of its arguments, and a zero behind it.
const PRINT: [&str; 4] = ["sh", "-c", r#"printf '%s\0' "$@""#, "sh"];

/// Runs a command with this one argument. The argument that the command gets, and what trop says.
#[track_caller]
fn passed_on(stage: &Stage, directory: &str, options: &[&str], argument: &OsStr) -> (OsString, String) {
    let command: Vec<&OsStr> = PRINT.iter().map(OsStr::new).chain([argument]).collect();
    let directory = stage.directory(directory);
    let output = exec(stage, directory, options, &command).command.output().unwrap();
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let argument = output.stdout.strip_suffix(b"\0").unwrap();
    (OsStr::from_bytes(argument).to_owned(), String::from_utf8(output.stderr).unwrap())
}

/// Requires that the argument is passed on as that, in silence. There `<n>` stands for the port at an offset.
#[track_caller]
fn check(stage: &Stage, directory: &str, options: &[&str], argument: &str, expected: &str) {
    let ports = (0..10).map(|offset| (format!("<{offset}>"), stage.ports.port(offset).to_string()));
    let expected = ports.fold(expected.to_owned(), |text, (offset, port)| text.replace(&offset, &port));
    let (passed_on, said) = passed_on(stage, directory, options, OsStr::new(argument));
    assert_eq!((passed_on, said.as_str()), (expected.into(), ""));
}

#[test]
fn the_ports_of_a_group() {
    let stage = Stage::new();
    project(&stage, "project", SERVICES);
    let check = |argument, expected| check(&stage, "project", &[], argument, expected);
    check("{web}", "<0>");
    check("--listen=127.0.0.1:{web},{api}/{db}", "--listen=127.0.0.1:<0>,<1>/<5>");
    check("{{web}}", "{web}");
    check("${web}", "${web}");
    check("{worker}", "{worker}");
}

#[test]
fn one_port() {
    let stage = Stage::new();
    directory_without_group(&stage, "single");
    project(&stage, "group", SERVICES);
    check(&stage, "single", &[], "{port}", "<0>");
    check(&stage, "single", &[], "http://localhost:{port}/", "http://localhost:<0>/");
    check(&stage, "single", &["--tag=web"], "{port} {web}", "<1> <1>");
    check(&stage, "single", &["--env=MY_PORT"], "{port} {MY_PORT}", "<0> {MY_PORT}");
    check(&stage, "group", &["--tag=api"], "{port} {api} {web}", "<3> <3> {web}");
}

#[test]
fn everything_else_belongs_to_the_command() {
    let stage = Stage::new();
    directory_without_group(&stage, "single");
    let check = |argument, expected| check(&stage, "single", &[], argument, expected);
    check("{{port}}", "{port}");
    for argument in [
        "",
        "{}",
        "${PORT}",
        "${port}",
        "{print}",
        "{ print $1 }",
        "{{.ID}}",
        r#"{"port": 1}"#,
        "{port",
        "port}",
        "{web}",
        "a\nb\t\\ \"'$(date)`*",
        "--dry-run",
        "--",
        "é{é}",
    ] {
        check(argument, argument);
    }
}

#[test]
fn bytes_that_are_not_unicode_stay() {
    #[track_caller]
    fn check(stage: &Stage, argument: &[u8], expected: &[u8]) {
        let (passed_on, said) = passed_on(stage, "single", &[], OsStr::from_bytes(argument));
        assert_eq!((passed_on.as_bytes(), said.as_str()), (expected, ""));
    }
    let stage = Stage::new();
    directory_without_group(&stage, "single");
    check(&stage, b"\xff\xfe{print}\xc3", b"\xff\xfe{print}\xc3");
    let port = stage.ports.first();
    let expected = [b"\xff".as_slice(), port.to_string().as_bytes(), b"\xfe"].concat();
    check(&stage, b"\xff{port}\xfe", &expected);
}

#[test]
fn what_looks_like_a_port_and_is_none_is_passed_on_aloud() {
    #[track_caller]
    fn check(stage: &Stage, argument: &str, meant: &str) {
        let (passed_on, said) = passed_on(stage, "project", &[], OsStr::new(argument));
        assert_eq!(passed_on, argument);
        assert!(said.starts_with("warning: ") && said.contains(argument) && said.contains(meant), "{said}");
    }
    let stage = Stage::new();
    project(&stage, "project", SERVICES);
    check(&stage, "{port}", "several ports");
    check(&stage, "{WEB}", "{web}");
    check(&stage, "{ db }", "{db}");
}

#[test]
fn a_dry_run_warns_of_the_same() {
    let stage = Stage::new();
    let directory = project(&stage, "project", SERVICES);
    let run = exec(&stage, &directory, &["--dry-run", "--format=json"], &["echo", "{port}", "{WEB}"]).run();
    let plan: Value = serde_json::from_str(&run.expect(0).stdout).unwrap();
    let warnings: Vec<&str> = plan["warnings"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
    assert_eq!(warnings.len(), 2, "{plan}");
    assert!(warnings[0].contains("{port}") && warnings[1].contains("{WEB}"), "{plan}");
}
