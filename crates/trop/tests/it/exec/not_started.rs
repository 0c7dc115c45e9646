//! Commands that cannot be started, and those that are not started because there is no port for them.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};

use serde_json::Value;

use trop_testkit::Ran;

use super::{LEAVE_A_TRACE, SERVICES, directory_without_group, exec, project, was_started};
use crate::stage::Stage;

/// Requires that the command is not started, with this exit code and these words.
#[track_caller]
fn check(stage: &Stage, program: &str, code: i32, words: &[&str]) {
    let directory = stage.sandbox.root().join("project");
    let run = |more: &[&str]| {
        let run = exec(stage, &directory, more, &[program, "{port}"]);
        run.env("PATH", format!("{directory}/bin:/usr/bin:/bin")).run().expect(code)
    };
    let Ran { stdout, stderr, .. } = run(&[]);
    assert_eq!(stdout, "");
    assert!(stderr.starts_with("error: ") && stderr.contains(&format!("\"{program}\"")), "{stderr}");
    for word in words {
        assert!(stderr.contains(word), "no {word:?} in {stderr}");
    }
    let json: Value = serde_json::from_str(&run(&["--error-format=json"]).stderr).unwrap();
    let kind = if code == 127 { "command-not-found" } else { "command-not-started" };
    assert_eq!((json["code"].as_i64(), json["kind"].as_str()), (Some(i64::from(code)), Some(kind)));
    assert!(json["message"].as_str().unwrap().contains(program), "{json}");
}

#[test]
fn what_is_not_there_is_127_and_what_cannot_be_started_is_126() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let bin = stage.directory("project/bin");
    for name in ["bin/text", "text"] {
        fs::write(directory.join(name), "a text").unwrap();
    }
    fs::write(bin.join("uninterpreted"), "#!/there/is/no/such/interpreter\n").unwrap();
    fs::set_permissions(bin.join("uninterpreted"), fs::Permissions::from_mode(0o755)).unwrap();
    symlink("loop", bin.join("loop")).unwrap();

    check(&stage, "no-such-program", 127, &["there is no program", "PATH"]);
    check(&stage, "./no-such-program", 127, &["there is no program"]);
    check(&stage, "no-such-directory/program", 127, &["there is no program"]);
    check(&stage, "text/program", 127, &["there is no program"]);
    check(&stage, "", 127, &["there is no program"]);

    check(&stage, "./text", 126, &["cannot start", "permission denied", "executable"]);
    check(&stage, "text", 126, &["cannot start", "permission denied", "executable"]);
    check(&stage, "./bin", 126, &["cannot start", "is a directory"]);
    check(&stage, "uninterpreted", 126, &["cannot start", "No such file or directory", "interpreter"]);
    check(&stage, "bin/uninterpreted", 126, &["cannot start", "No such file or directory", "interpreter"]);
    check(&stage, "bin/loop", 126, &["cannot start"]);
}

#[test]
fn the_port_stays_reserved_for_the_next_try() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    exec(&stage, &directory, &[], &["no-such-program"]).run().expect(127);
    let again = stage.trop(&directory, ["reserve", "--dry-run"]).run().expect(0);
    assert!(again.stderr.contains(&format!("would keep port {}", stage.ports.first())), "{}", again.stderr);
}

#[test]
fn a_command_line_without_a_command_is_explained() {
    #[track_caller]
    fn check(stage: &Stage, arguments: &[&str]) {
        let directory = stage.directory("project");
        let refused = stage.trop(&directory, [&["exec"], arguments].concat()).run().expect(4);
        assert_eq!(refused.stdout, "");
        assert!(refused.stderr.contains("-- <COMMAND>"), "{}", refused.stderr);
        assert!(!was_started(&directory) && !stage.data_directory().exists());
    }
    let stage = Stage::new();
    check(&stage, &[]);
    check(&stage, &["--"]);
    check(&stage, &["--strict", "--"]);
    check(&stage, &LEAVE_A_TRACE);
    check(&stage, &["--tag", "web", "touch", "started"]);
}

#[test]
fn without_a_port_nothing_is_started() {
    #[track_caller]
    fn check(stage: &Stage, directory: &str, options: &[&str], variable: (&str, &str), code: i32) {
        let directory = stage.directory(directory);
        let run = exec(stage, &directory, options, &LEAVE_A_TRACE).env(variable.0, variable.1);
        let refused = run.run().expect(code);
        assert_eq!(refused.stdout, "");
        assert!(refused.stderr.starts_with("error: "), "{}", refused.stderr);
        assert!(!was_started(&directory), "{code}");
    }
    let stage = Stage::new();
    directory_without_group(&stage, "single");
    project(&stage, "group", SERVICES);
    stage.trop(stage.directory("single"), ["reserve", "--tag=web", "--project=one"]).run().expect(0);
    fs::write(stage.directory("wrong").join("trop.yaml"), "ports: 5\n").unwrap();

    let full = ("TROP_EXCLUDED_PORTS", format!("{}..{}", stage.ports.first(), stage.ports.last()));
    check(&stage, "single", &[], (full.0, &full.1), 8);
    check(&stage, "group", &[], (full.0, &full.1), 8);
    check(&stage, "group", &["--tag=web"], (full.0, &full.1), 8);
    check(&stage, "wrong", &[], ("UNUSED", ""), 7);
    check(&stage, "single", &[], ("TROP_PORT_MIN", "many"), 7);
    check(&stage, "single", &[], ("TROP_PATH", "/elsewhere"), 1);
    check(&stage, "single", &["--tag=web"], ("TROP_PROJECT", "another"), 1);
    check(&stage, "single", &[], ("TROP_DATA_DIR", "/dev/null/data"), 5);
    check(&stage, "single", &["--disable-autoinit"], ("TROP_DATA_DIR", "/no-such-data-directory"), 3);
}

#[test]
fn a_dry_run_fails_where_the_command_is_not_found() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let run = |command: &str| exec(&stage, &directory, &["--dry-run"], &[command]).run();
    assert_eq!(run("no-such-program").expect(127).stdout, "");
    assert_eq!(run(".").expect(126).stdout, "");
    fs::write(directory.join("text"), "a text").unwrap();
    symlink("nowhere", directory.join("dangling")).unwrap();
    for command in ["./text", "./dangling", "/dev/null"] {
        assert_eq!(run(command).expect(126).stdout, "");
    }
    run("true").expect(0);
    assert!(!stage.data_directory().exists());
}

/// Nothing but the object stands on standard error.
#[test]
fn warnings_become_causes_where_errors_are_json() {
    let stage = Stage::new();
    let directory = directory_without_group(&stage, "project");
    let command = ["no-such-program", "{Port}"];
    let ran = exec(&stage, &directory, &["--error-format=json"], &command).run().expect(127);
    let json: Value = serde_json::from_str(&ran.stderr).unwrap();
    let causes = json["causes"].as_array().unwrap();
    assert!(causes.iter().any(|cause| cause.as_str().unwrap().contains("{Port}")), "{json}");
}
